import type { Range } from '../sim/analysis/summary.ts'
import type { ChartCountry, ChartData } from './charts/chart-data.ts'
import { type Choice, dataAt } from './charts/choice.ts'
import { quarterUntil } from './charts/time.ts'
import type { WaterfallData } from './charts/waterfall.ts'
import { lookOf } from './theme.ts'
import { change, changeWords, levelWords, listed, percent, ranked, sentence, shareWords } from './words.ts'

/** A median that moves by less counts as held. */
const still = 0.005

/** What is chosen, as a sentence with its numbers: read aloud when it changes. */
export function chosenSentence(whole: ChartData, choice: Choice): string {
  const data = dataAt(whole, choice.tick)
  const when = choice.tick === undefined ? 'at the end' : `in ${quarterUntil(whole.years[choice.tick]!)}`
  const actor = data.actors.find(({ id }) => id === choice.actor)
  if (actor !== undefined) {
    const { name, gap, institutional, operational } = actor
    const share =
      choice.outcome === undefined
        ? ranked(actor.outcomes)[0]
        : actor.outcomes.find(({ outcome }) => outcome === choice.outcome)
    const end = share ? ` It ends in ${lookOf(share.outcome).name} in ${shareWords(share)} of runs.` : ''
    return `${name} ${when}: gap ${changeWords(gap)} since the start, institutional alignment ${levelWords(institutional, 2)}, operational ${levelWords(operational, 2)}.${end}`
  }
  if (choice.outcome !== undefined) {
    const shares = data.actors
      .map(({ name, outcomes }) => ({ name, share: outcomes.find(({ outcome }) => outcome === choice.outcome)!.share }))
      .sort((a, b) => b.share - a.share)
    const most = shares.slice(0, 3).map(({ name, share }) => `${name} (${percent(share)})`)
    return `${sentence(lookOf(choice.outcome).name)} is most frequent in ${listed(most)} of runs.`
  }
  const moves = data.actors.map(({ gap }) => gap.median - gap.start)
  const wider = moves.filter(move => move >= still).length
  const narrower = moves.filter(move => move <= -still).length
  return `All states ${when}: the median gap is wider than at the start in ${wider} and narrower in ${narrower} of ${moves.length}.`
}

/** What follows a choice beside a chart. */
interface Following {
  /** What the chart shows, read aloud in place of it. */
  readonly alternative: string
  /** The finding above it. */
  readonly title: string
  /** What to mind when reading it, where that is something else. */
  readonly caveat?: string
}

/** What a chart shows after a choice, by its name; nothing where the choice leaves what it shows. */
export function followingWords(whole: ChartData, choice: Choice): Readonly<Record<string, Following>> {
  const { outcome, tick } = choice
  const data = dataAt(whole, tick)
  const when = tick === undefined ? 'at the end' : `in ${quarterUntil(whole.years[tick]!)}`
  const gaps = (actors: readonly ChartCountry[]) => listed(actors.map(({ name, gap }) => `${name} ${changeWords(gap)}`))
  const core = data.actors.filter(actor => actor.core)
  const map =
    outcome !== undefined
      ? outcomeMapWords(data.actors, outcome)
      : tick !== undefined && {
          alternative: `Map of the median change of the gap ${when}, with 90 % of runs: ${gaps(data.actors)}.`,
          title: `${sentence(when)} ${lowered(mapTitle(data.actors))}`,
        }
  return {
    ...(map && { 'gap-map': map }),
    ...(tick !== undefined && {
      'duality-plane': {
        alternative: `Scatter plot of the core states ${when}. Median change of the gap, with 90 % of runs: ${gaps(core)}.`,
        title: `${sentence(when)}, ${lowered(planeTitle(core))}`,
      },
    }),
  }
}

/** The map of the share of runs in an outcome. */
function outcomeMapWords(actors: readonly ChartCountry[], outcome: string): Following {
  const shares = actors
    .map(({ name, core, outcomes }) => ({ name, core, ...outcomes.find(one => one.outcome === outcome)! }))
    .sort((a, b) => b.share - a.share)
  const { name } = lookOf(outcome)
  // What outsiders end in says mostly that they joined.
  const core = shares.filter(one => one.core)
  const shown = core.length > 0 ? core : shares
  const [most, least] = [shown[0]!, shown.at(-1)!]
  return {
    alternative: `Map of the share of runs that end in ${name}: ${listed(shares.map(one => `${one.name} ${shareWords(one)}`))}.`,
    title: `${sentence(name)} is most frequent${core.length > 0 ? ', of the core states,' : ''} in ${most.name} (${percent(most.share)} of runs) and least in ${least.name} (${percent(least.share)})`,
    caveat:
      'A state is judged by its own change at the end. Outside the core institutional alignment begins at almost nothing, so taking part in CIS Plus alone can decide the outcome there.',
  }
}

/** Where the median gap widens and narrows. */
export function mapTitle(actors: readonly { readonly gap: Range }[]): string {
  const moves = actors.map(({ gap }) => gap.median - gap.start)
  const wider = moves.filter(move => move >= still).length
  const narrower = moves.filter(move => move <= -still).length
  return `The gap widens in ${wider} states, narrows in ${narrower} and holds in ${moves.length - wider - narrower}`
}

/** Where practice leaves Russia, and institutions fall, in the median. */
export function planeTitle(core: readonly { readonly institutional: Range; readonly operational: Range }[]): string {
  const fallen = (read: (actor: (typeof core)[number]) => Range) =>
    core.filter(actor => read(actor).median < read(actor).start - still).length
  return `In the median, practice leaves Russia in ${fallen(({ operational }) => operational)} of ${core.length} core states, and institutions fall in ${fallen(({ institutional }) => institutional)}`
}

/** As in the middle of a sentence. */
function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** The heading of the section about one state. */
export function depthTitle(name: string): string {
  return `One state in depth: ${name}`
}

/** What the charts of one state show, by the name of the chart. */
export function inDepthWords(actor: ChartCountry, causes?: WaterfallData): Readonly<Record<string, string>> {
  const { name, institutional, operational, gap, outcomes, tiers } = actor
  const tierWords = tiers.map(({ institution, start, end }, n) => {
    const shares = ['none', 'observer', 'partner', 'member'].map((tier, place) => `${tier} ${percent(end[place]!)}`)
    return `${['CIS', 'CIS Plus'][n] ?? institution}: ${start} at the start; at the end ${listed(shares)} of runs`
  })
  const parts = causes?.panels.map(({ title, bars }) => {
    const said = bars.flatMap(({ label, part }) => (part ? [`${label} ${change(part.mean)}`] : []))
    return `${title}: ${listed(said)}.`
  })
  return {
    'actor-paths': `Fans of ${name}. Median and 90 % of runs at the end: institutional alignment ${levelWords(institutional)}, operational alignment ${levelWords(operational)}, gap ${changeWords(gap)} since the start.`,
    'actor-ends': `Bars of ${name}: ${listed(ranked(outcomes).map(share => `${lookOf(share.outcome).name} ${shareWords(share)}`))} of runs.`,
    'actor-tiers': `Tiers of ${name}. ${tierWords.join('. ')}.`,
    waterfall: parts === undefined ? `No causes are told for ${name}.` : `Causes for ${name}. ${parts.join(' ')}`,
  }
}
