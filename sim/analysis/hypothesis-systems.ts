import { above, below, type Hypothesis, hypothesis } from './hypothesis.ts'
import { meanOf, pairedDifference } from './hypothesis-figures.ts'
import type { HypothesisRuns } from './hypothesis-runs.ts'

/** Statements about corridors, sanctions, money, the price of entry and outsiders. */

const lowShift = { settlement_shift: -0.4 }
const entry = { few: 0.03, many: 0.3 }

/** Economic, political and security effect of national-currency settlement at one strength of linkage. */
function settlementEffects(low: HypothesisRuns, high: HypothesisRuns) {
  const effect = (name: 'RS_economic' | 'RS_political' | 'RS_security') =>
    pairedDifference(low.final(name), high.final(name))
  return { economic: effect('RS_economic'), political: effect('RS_political'), security: effect('RS_security') }
}

/** The effect on a share less, and more, a quarter of the economic effect, run by run. */
function withinQuarter(low: HypothesisRuns, high: HypothesisRuns, name: 'RS_political' | 'RS_security') {
  const [own, ownLow] = [high.final(name), low.final(name)]
  const [trade, tradeLow] = [high.final('RS_economic'), low.final('RS_economic')]
  return [-0.25, 0.25].map(part =>
    meanOf(own.map((value, run) => value - ownLow[run]! + part * (trade[run]! - tradeLow[run]!))),
  ) as [ReturnType<typeof meanOf>, ReturnType<typeof meanOf>]
}

const outsiders = (v_ext: number) => ({
  few: { parameters: { h_entry: entry.few, v_ext } },
  many: { parameters: { h_entry: entry.many, v_ext } },
})

export const systemHypotheses: readonly Hypothesis[] = [
  hypothesis({
    id: 'T5',
    statement: 'Corridors past Russia cost it transport and trade first and political alignment later.',
    falsified: 'transport or trade does not fall, or politics falls no later than they do',
    worlds: {
      idle: { parameters: { corr_middle: 0, corr_cku: 0 } },
      growing: { parameters: { corr_middle: 0.06, corr_cku: 0.06 } },
    },
    test: ({ idle, growing }) => {
      const end = idle.ticks
      const early = Math.round(end * 0.4)
      const fall = (name: 'RS_transport' | 'RS_economic' | 'RS_political', tick: number) =>
        pairedDifference(idle.at(name, tick), growing.at(name, tick))
      const falls = {
        transport: fall('RS_transport', end),
        economic: fall('RS_economic', end),
        political: fall('RS_political', end),
      }
      const transportEarly = { value: fall('RS_transport', early).value / falls.transport.value }
      const economicEarly = { value: fall('RS_economic', early).value / falls.economic.value }
      const politicalEarly = { value: fall('RS_political', early).value / falls.political.value }
      const earlier = { value: politicalEarly.value - Math.min(transportEarly.value, economicEarly.value) }
      return {
        conditions: [
          below('transport', falls.transport),
          below('economic', falls.economic),
          below('part of the fall that is early: political less the others', earlier),
        ],
        detail: {
          ...falls,
          'transport early': transportEarly,
          'economic early': economicEarly,
          'political early': politicalEarly,
        },
      }
    },
  }),
  hypothesis({
    id: 'T6',
    statement: 'Secondary sanctions cost Russia trade, and less where trade is settled in national currencies.',
    falsified: 'trade does not fall, or falls no less where much is settled in national currencies',
    worlds: {
      high: {},
      highSanctioned: { parameters: { sanctions: 1 } },
      low: { parameters: lowShift },
      lowSanctioned: { parameters: { sanctions: 1, ...lowShift } },
    },
    test: ({ high, highSanctioned, low, lowSanctioned }) => {
      const trade = (runs: HypothesisRuns) => runs.final('RS_economic')
      const settled = pairedDifference(trade(high), trade(highSanctioned))
      const unsettled = pairedDifference(trade(low), trade(lowSanctioned))
      const spared = pairedDifference(
        trade(lowSanctioned).map((value, run) => value - trade(low)[run]!),
        trade(highSanctioned).map((value, run) => value - trade(high)[run]!),
      )
      return {
        conditions: [
          below('much settled', settled),
          below('little settled', unsettled),
          above('spared by settlement', spared),
        ],
        detail: { 'much settled': settled, 'little settled': unsettled },
      }
    },
  }),
  hypothesis({
    id: 'H4',
    statement:
      'National-currency settlement ties the economy; politics and security follow by less than a quarter while linkage is small.',
    falsified: 'politics or security follows by a quarter of the economic effect or more while linkage is at most 0.3',
    worlds: {
      low0: { parameters: { link: 0, ...lowShift } },
      high0: { parameters: { link: 0 } },
      low3: { parameters: { link: 0.3, ...lowShift } },
      high3: { parameters: { link: 0.3 } },
      low8: { parameters: { link: 0.8, ...lowShift } },
      high8: { parameters: { link: 0.8 } },
    },
    test: ({ low0, high0, low3, high3, low8, high8 }) => {
      const byLink = {
        0: settlementEffects(low0, high0),
        0.3: settlementEffects(low3, high3),
        0.8: settlementEffects(low8, high8),
      }
      const conditions = (
        [
          [0, low0, high0],
          [0.3, low3, high3],
        ] as const
      ).flatMap(([link, low, high]) => [
        above(`economic at linkage ${link}`, byLink[link].economic),
        ...(['RS_political', 'RS_security'] as const).flatMap(name => {
          const domain = name.slice(3)
          const [more, less] = withinQuarter(low, high, name)
          return [
            below(`${domain} less a quarter of economic at linkage ${link}`, more),
            above(`${domain} and a quarter of economic at linkage ${link}`, less),
          ]
        }),
      ])
      const detail = Object.entries(byLink).flatMap(([link, effects]) =>
        Object.entries(effects).map(([domain, figure]) => [`${domain} at linkage ${link}`, figure] as const),
      )
      return { conditions, detail: Object.fromEntries(detail) }
    },
  }),
  hypothesis({
    id: 'H5',
    statement: 'A free entrance ticket widens CIS Plus and thins it: more externals, less depth times vitality.',
    falsified: 'outsiders do not become more, or depth times vitality does not fall',
    worlds: { dear: { parameters: { ticket: 0.5 } }, free: { parameters: { ticket: 0 } } },
    test: ({ dear, free }) => {
      const substance = (runs: HypothesisRuns) => runs.final('v').map((value, run) => value * runs.depth[run]!)
      const external = pairedDifference(dear.final('ext'), free.final('ext'))
      const vitality = pairedDifference(dear.final('v'), free.final('v'))
      const depth = pairedDifference(substance(dear), substance(free))
      return {
        conditions: [above('external', external), below('depth × vitality', depth)],
        detail: { external, vitality, 'depth × vitality': depth },
      }
    },
  }),
  hypothesis({
    id: 'H6a',
    statement: 'More externals lower Russia’s share of leadership and its concentration.',
    falsified: 'leadership or its concentration does not fall',
    worlds: outsiders(0.1),
    test: ({ few, many }) => {
      const lead = pairedDifference(few.final('lead_RU'), many.final('lead_RU'))
      const concentration = pairedDifference(few.final('LHHI'), many.final('LHHI'))
      const external = pairedDifference(few.final('ext'), many.final('ext'))
      return {
        conditions: [above('external', external), below('lead', lead), below('concentration', concentration)],
        detail: { lead, concentration, external },
      }
    },
  }),
  ...[
    { id: 'H6b', v_ext: 0.1, case_: 'when outsiders are an asset' },
    { id: 'H6c', v_ext: -0.1, case_: 'even when their variety costs more than they bring' },
  ].map(({ id, v_ext, case_ }) =>
    hypothesis({
      id,
      statement: `More externals make CIS Plus livelier ${case_}.`,
      falsified: 'vitality does not rise',
      worlds: outsiders(v_ext),
      test: ({ few, many }) => {
        const vitality = pairedDifference(few.final('v'), many.final('v'))
        return { conditions: [above('vitality', vitality)], detail: { vitality } }
      },
    }),
  ),
]
