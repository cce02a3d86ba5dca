import type { AttributionSummary } from '../../sim/analysis/attribution-summary.ts'
import { wilson } from '../../sim/analysis/intervals.ts'
import type { ActorSummary, CountrySummary, Range, Summary } from '../../sim/analysis/summary.ts'
import { type ScenarioDocument, tierNames } from '../../sim/scenario/schema.ts'
import { type Section, unbroken } from '../document.ts'
import { causeName } from '../explain/cause-words.ts'
import { change, changes, changeWords, count, levels, listed, number, sentence, shareWords } from '../words.ts'

/** A sentence with how far what it tells is from nothing, on a scale from 0 to 1. */
interface Finding {
  readonly about: string
  readonly size: number
  readonly text: string
}

/** What the runs say in at most eight sentences: changes from the largest to the smallest, then what limits them. */
export function findingsSection(summary: Summary, document: ScenarioDocument, causes?: AttributionSummary): Section {
  const found = [
    betweenGroups(summary),
    furthestState(summary),
    leadership(summary),
    vitality(summary),
    membership(summary),
  ].flatMap(finding => finding ?? [])
  const items = [
    ...found.sort((a, b) => b.size - a.size),
    { about: 'What would change this', text: causeSentence(document, causes) },
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
        line: 'Numbers in brackets hold the central 90 % of runs, or the 95 % interval of a share. A range with both signs says that runs disagree about the direction.',
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
  const index = summary.indices.find(({ index }) => index === 'lead_RU')
  if (index === undefined) return undefined
  return {
    size: Math.abs(moved(index)),
    about: 'Leadership',
    text: `Russia’s share in the CIS and CIS Plus moves by ${changeWords(index)}, from ${number(index.start)} to ${number(index.median)} in the median${agreement(index)}.`,
  }
}

function vitality(summary: Summary): Finding | undefined {
  const index = summary.indices.find(({ index }) => index === 'v')
  if (index === undefined) return undefined
  return {
    size: Math.abs(moved(index)),
    about: 'Vitality',
    text: `That of CIS Plus, from 0 for dead to 1 for thriving, moves by ${changeWords(index)}, from ${number(index.start)} to ${number(index.median)} in the median${agreement(index)}.`,
  }
}

function membership({ actors, fans, quarters, runs, failed }: Summary): Finding | undefined {
  const kept = ({ tiers }: CountrySummary) => {
    const { start, end } = tiers[0]!
    return end[tierNames.indexOf(start as (typeof tierNames)[number])]!
  }
  const core = actors.filter(actor => actor.core).sort((a, b) => kept(a) - kept(b))
  if (core.length === 0) return undefined
  const done = runs - failed.length
  const last = quarters.length - 1
  const { ext } = fans
  const least = core
    .slice(0, 2)
    .map(actor => `${actor.name} in ${shareWords(wilson(Math.round(kept(actor) * done), done))}`)
  return {
    size: 1 - kept(core[0]!),
    about: 'Membership',
    text: `Of the core, ${listed(least)} of runs keep their tier in the CIS least often. A median of ${number(ext.q50[last]!, 0)} outsiders (${levels(ext.q05[last]!, ext.q95[last]!, 0)}) take part in CIS Plus at the end, ${number(ext.q50[0]!, 0)} at the start.`,
  }
}

/** What would change the result, as far as the report knows it. */
function causeSentence(document: ScenarioDocument, causes?: AttributionSummary): string {
  const core = causes?.actors.find(({ id }) => id === 'core')
  const ask = 'which inputs the shares hang on is what “multivector analyse” tells'
  if (causes === undefined || core === undefined) return `Causes are told when all runs are there; ${ask}.`
  const words = (parts: (typeof core)['OP']['parts']) => {
    const [one, two] = [...parts].sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))
    return listed(
      [one!, two!].map(
        ({ cause, mean, low, high }) => `${causeName(cause, document)} (${change(mean)}; ${changes(low, high)})`,
      ),
    )
  }
  return `Over ${count(causes.runs)} runs computed again, practice in the core moves most through ${words(core.OP.parts)}, institutions through ${words(core.ID.parts)}; ${ask}.`
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
