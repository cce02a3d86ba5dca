/** A system of the subject, and where a scenario lets it act. Every name must exist; a test follows them. */
export interface SystemEntry {
  readonly system: string
  readonly acts: string
  /** Figures and dates of the two texts, each with its key in the table `sources` of the baseline. */
  readonly facts?: string
  readonly institutions?: readonly string[]
  readonly corridors?: readonly string[]
  readonly parameters?: readonly string[]
  /** Events of the main scenario. */
  readonly events?: readonly string[]
}

export const systems: readonly SystemEntry[] = [
  {
    system: 'CIS',
    acts: 'first institution: judged in institutional alignment, decides at summits who rises and falls',
    facts: 'trade of Russia with the CIS: $112bn in 2024 (MAMEDOV2025)',
    institutions: ['CIS'],
    parameters: ['h_exit', 'summit_quarter'],
    events: ['ashgabat_summit'],
  },
  {
    system: 'CIS Plus',
    acts: 'second institution: its vitality answers delivery, obligation, outsiders and threat',
    facts: 'approved in October 2025, proposed by the president of Kazakhstan (MAMEDOV2025)',
    institutions: ['CISPLUS'],
    parameters: ['ticket', 'v_cred', 'v_ticket', 'v_ext', 'buffer', 'h_entry'],
    events: ['free_ticket', 'partner_gains', 'sco_joins'],
  },
  {
    system: 'EAEU',
    acts: 'economic club and tie; trade deals lift partners to its lowest tier; Armenia may choose otherwise',
    institutions: ['EAEU'],
    parameters: ['b_club'],
    events: ['eaeu_mongolia', 'eaeu_emirates', 'eaeu_indonesia', 'eaeu_india', 'armenia_economic_choice'],
  },
  {
    system: 'CSTO and military cooperation',
    acts: 'security club; shocks raise demand for it; the concept to 2030 lowers the rate of shocks',
    institutions: ['CSTO'],
    parameters: ['insecurity_rate', 'b_ins'],
    events: ['military_concept', 'armenia_leaves_csto'],
  },
  {
    system: 'SCO',
    acts: 'institution that serves China and Russia; may enter CIS Plus as a body',
    facts:
      '10 members since Belarus in 2024, 14 dialogue partners; Mongolia and Afghanistan are called observers; Cambodia, Sri Lanka, Armenia and Azerbaijan applied for a higher status (IZVESTIA2025)',
    institutions: ['SCO'],
    events: ['sco_joins', 'sco_applicants'],
  },
  {
    system: 'BRICS',
    acts: 'institution that serves China, the South and Russia; may link markets with the SCO',
    facts: 'Egypt, Ethiopia, Iran and the Emirates joined in January 2024, Indonesia in 2025 (IZVESTIA2025)',
    institutions: ['BRICS'],
    events: ['brics_partners', 'brics_sco_market'],
  },
  {
    system: 'Organization of Turkic States',
    acts: 'institution that serves Türkiye and autonomy',
    institutions: ['OTS'],
    parameters: ['growth_turkiye'],
    events: ['turkic_integration'],
  },
  {
    system: 'Greater Eurasian Partnership and charter',
    acts: 'raises what is declared, and vitality hardly: words that may stay words',
    parameters: ['declared', 'rhetoric_penalty'],
    events: ['eurasian_charter'],
  },
  {
    system: 'INSTC',
    acts: 'corridor that serves Russia and the South',
    corridors: ['instc'],
    parameters: ['corr_instc', 'disruption'],
    events: ['instc_rail', 'caspian_low_water'],
  },
  {
    system: 'Middle Corridor',
    acts: 'corridor that serves China, the West and Türkiye, and passes Russia by',
    corridors: ['middle'],
    parameters: ['corr_middle', 'disruption'],
    events: ['middle_ports', 'caspian_low_water'],
  },
  {
    system: 'National-currency settlement',
    acts: 'lowers the exposure of trade with Russia to sanctions; touches no other domain',
    facts: '96 % of the trade of Russia with the CIS (MAMEDOV2025)',
    parameters: ['settlement_shift', 'settle_mitigation'],
    events: ['settlement_platform'],
  },
  {
    system: 'Russian language',
    acts: 'cultural alignment drifts with generations; soft power slows that for a while',
    parameters: ['gen_drift', 'kappa_cultural'],
    events: ['language_conference'],
  },
  {
    system: 'Projects of Kazakhstan',
    acts: 'national projects grow with support; they strengthen autonomy and, when supported, the tie to Russia',
    facts: 'trade with Russia about $28bn; a border of 7,500 km (MAMEDOV2025)',
    parameters: ['support', 'project_rate', 'b_proj', 'v_proj', 'need_weight'],
    events: ['creative_union', 'digital_logistics'],
  },
  {
    system: 'War in Ukraine and talks',
    acts: 'state of war, ceasefire or settlement moves Russian capacity and sanctions pressure',
    parameters: ['war_to_cease', 'cease_to_war', 'cease_to_settle', 'cap_settle', 'sanc_settle'],
    events: ['settlement_talks'],
  },
  {
    system: 'Sanctions, tariffs and de-dollarisation',
    acts: 'pressure on third states lowers their economic and transport tie to Russia',
    parameters: ['sanctions', 'b_sanc'],
    events: ['secondary_sanctions', 'us_tariffs', 'de_dollarisation'],
  },
  {
    system: 'Narratives and disinformation',
    acts: 'small changes of credibility and of the orientation of leaders',
    parameters: ['leader_sd', 'cred_learn'],
    events: ['narratives'],
  },
  {
    system: 'Gains of partners',
    acts: 'appetite for a higher tier, and what membership decisions weigh: vitality, alignment, price, company',
    parameters: ['m_v', 'm_align', 'm_ticket', 'm_peer', 'm_threat'],
    events: ['partner_gains'],
  },
]
