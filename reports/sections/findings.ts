import type { AttributionSummary } from '../../sim/analysis/attribution-summary.ts'
import type { Drivers } from '../../sim/analysis/drivers.ts'
import { wilson } from '../../sim/analysis/intervals.ts'
import type { DeltaMeasures } from '../../sim/analysis/sensitivity/delta.ts'
import type { ActorSummary, CountrySummary, Range, Summary } from '../../sim/analysis/summary.ts'
import { tierNames } from '../../sim/scenario/names.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Section, unbroken } from '../document.ts'
import { causeName } from '../explain/cause-words.ts'
import { inputWords } from '../inputs.ts'
import { change, changes, changeWords, count, levels, listed, number, sentence, shareWords } from '../words.ts'

/** A sentence with how far what it tells is from nothing, on a scale from 0 to 1. */
interface Finding {
  readonly about: string
  readonly size: number
  readonly text: string
}

/** What is known beside the summary: causes inside the model, and the inputs the results depend on. */
interface Known {
  readonly causes?: AttributionSummary | undefined
  readonly drivers?: Drivers | undefined
}

/** What the runs say in at most eight sentences: changes from the largest to the smallest, then what limits them. */
export function findingsSection(summary: Summary, document: ScenarioDocument, known: Known = {}): Section {
  const found = [
    betweenGroups(summary),
    furthestState(summary),
    leadership(summary),
    vitality(summary),
    membership(summary),
  ].flatMap(finding => finding ?? [])
  const items = [
    ...found.sort((a, b) => b.size - a.size),
    { about: 'What would change this', text: changeSentence(summary, document, known) },
    { about: 'Ambiguity', text: ambiguity(summary) },
    { about: 'Conditions', text: conditions(summary, document) },
  ]
  return {
    id: 'findings',
    name: 'Findings',
    title: 'What the runs say, the largest change first',
    blocks: [
      {
        kind: 'words',
        line: 'Numbers in brackets hold the central 90 % of runs, or the 95 % interval of a share. A range with both signs says that runs disagree about the direction. Leadership and vitality are means of the last four quarters, by which runs are judged; states and groups stand at the last quarter.',
      },
      { kind: 'list', items: items.map(({ about, text }) => [{ strong: `${about}.` }, ' ', ...unbroken(text)]) },
    ],
  }
}

const moved = ({ start, median }: Range) => median - start

/** Said where the central 90 % of runs lie on one side of no change. */
function agreement({ start, low, high }: Range): string {
  return low > start || high < start ? ', and 90 % of runs agree about the direction' : ''
}

function betweenGroups({ groups }: Summary): Finding | undefined {
  const order = [...groups].sort((a, b) => moved(b.gap) - moved(a.gap))
  const [most, least] = [order[0], order.at(-1)]
  if (most === undefined || least === undefined || most === least) return undefined
  const words = ({ name, gap }: ActorSummary) => `${changeWords(gap)} in ${name}`
  const apart = moved(most.gap) - moved(least.gap)
  const change = ({ gap }: ActorSummary) => [gap.low - gap.start, gap.high - gap.start] as const
  const overlap = change(least)[1] >= change(most)[0]
  return {
    size: apart,
    about: 'Groups',
    text: `The gap between institutions and practice moves by ${words(most)} and by ${words(least)}. The medians are ${number(apart)} apart${overlap ? ', and the ranges overlap' : ''}.`,
  }
}

function furthestState({ actors }: Summary): Finding | undefined {
  const core = actors.filter(actor => actor.core)
  const [first] = [...core].sort((a, b) => Math.abs(moved(b.gap)) - Math.abs(moved(a.gap)))
  if (first === undefined) return undefined
  const { name, gap, institutional, operational } = first
  return {
    size: Math.abs(moved(gap)),
    about: 'States',
    text: `Of ${count(core.length)} core states the gap moves furthest in ${name}, by ${changeWords(gap)}: institutional alignment ${change(moved(institutional))}, operational ${change(moved(operational))} in the median${agreement(gap)}.`,
  }
}

function leadership(summary: Summary): Finding | undefined {
  const bodies = summary.outerTier ? 'the CIS and CIS Plus' : 'the CIS'
  const index = summary.indices.find(({ index }) => index === 'lead_RU')
  if (index === undefined) return undefined
  return {
    size: Math.abs(moved(index)),
    about: 'Leadership',
    text: `Russia’s share in ${bodies} moves by ${changeWords(index)}, from ${number(index.start)} to ${number(index.median)} in the median${agreement(index)}.`,
  }
}

function vitality(summary: Summary): Finding | undefined {
  const index = summary.indices.find(({ index }) => index === 'v')
  if (index === undefined || !summary.outerTier) return undefined
  return {
    size: Math.abs(moved(index)),
    about: 'Vitality',
    text: `That of CIS Plus, from 0 for dead to 1 for thriving, moves by ${changeWords(index)}, from ${number(index.start)} to ${number(index.median)} in the median${agreement(index)}.`,
  }
}

function membership({ actors, fans, quarters, runs, failed, outerTier }: Summary): Finding | undefined {
  const kept = ({ tiers }: CountrySummary) => {
    const { start, end } = tiers[0]!
    return end[tierNames.indexOf(start as (typeof tierNames)[number])]!
  }
  const core = actors.filter(actor => actor.core).sort((a, b) => kept(a) - kept(b))
  if (core.length === 0) return undefined
  const done = runs - failed.length
  const last = quarters.length - 1
  const { ext } = fans
  const least = core.slice(0, 2).map((actor, n) => {
    const share = shareWords(wilson(Math.round(kept(actor) * done), done))
    return n === 0 ? `${actor.name} keeps its tier in the CIS in ${share} of runs` : `${actor.name} does in ${share}`
  })
  const outsiders = outerTier
    ? ` A median of ${number(ext.q50[last]!, 0)} outsiders (${levels(ext.q05[last]!, ext.q95[last]!, 0)}) take part in CIS Plus at the end, ${number(ext.q50[0]!, 0)} at the start.`
    : ''
  return {
    size: 1 - kept(core[0]!),
    about: 'Membership',
    text: `${listed(least)}, the fewest of ${count(core.length)} core states.${outsiders}`,
  }
}

/** What would change the result: the inputs it depends on where they are known, and the causes inside the model. */
function changeSentence({ outerTier }: Summary, document: ScenarioDocument, { causes, drivers }: Known): string {
  return [...driverWords(drivers, outerTier, document), ...causeWords(document, causes)].join(' ')
}

function driverWords(drivers: Drivers | undefined, outerTier: boolean, document: ScenarioDocument): string[] {
  if (drivers === undefined) return ['Which inputs the shares hang on is what “multivector analyse” tells.']
  const strongest = (measures: DeltaMeasures | undefined) => {
    if (measures === undefined) return undefined
    const named = Object.entries(measures.delta)
      .filter(([, { value }]) => value >= measures.noise)
      .sort(([, a], [, b]) => b.value - a.value)
      .slice(0, 2)
      .map(
        ([name, { value, lower, upper }]) =>
          `${inputWords(name, document)} at ${number(value, 2)} (${levels(lower, upper, 2)})`,
      )
    return named.length === 0 ? 'no input that is told from noise' : listed(named)
  }
  const parts = [
    ['the gap', strongest(drivers.gap)],
    ['the outcome of a run', strongest(outerTier ? drivers.outcome : undefined)],
  ].flatMap(([what, on]) => (on === undefined ? [] : [`${what} depends most on ${on}`]))
  return parts.length === 0
    ? []
    : [`Of ${count(drivers.inputs)} sampled inputs, ${listed(parts)} (Borgonovo’s δ, from 0 to 1).`]
}

function causeWords(document: ScenarioDocument, causes: AttributionSummary | undefined): string[] {
  const core = causes?.actors.find(({ id }) => id === 'core')
  if (causes === undefined || core === undefined) return ['Causes are told when all runs are there.']
  const words = [...core.OP.parts]
    .sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))
    .slice(0, 2)
    .map(({ cause, mean, low, high }) => `${causeName(cause, document)} (${change(mean)}; ${changes(low, high)})`)
  return [`Over ${count(causes.runs)} runs computed again, practice in the core moves most through ${listed(words)}.`]
}

function ambiguity({ ambiguous }: Summary): string {
  return `In ${shareWords(ambiguous)} of runs the two best outcomes score nearly alike, so other thresholds would sort these runs elsewhere.`
}

function conditions({ runs, failed, events }: Summary, { uncertainties, levers }: ScenarioDocument): string {
  const inputs = Object.keys(uncertainties).length + Object.keys(levers).length
  const fails =
    failed.length === 0
      ? `none of ${count(runs)} runs failed`
      : `${count(failed.length)} of ${count(runs)} runs failed and ${failed.length === 1 ? 'is' : 'are'} in no number`
  return `${sentence(fails)}; every share holds for the ranges of ${count(inputs)} sampled inputs and for ${count(events.length)} events with assumed chances, and for no others.`
}
