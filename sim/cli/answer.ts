import { caveatsOf } from '../../reports/caveats.ts'
import { shadowNote } from '../../reports/outer-tier-words.ts'
import { answerSentence, changeWords, interval, levelWords, number, percent, ranked } from '../../reports/words.ts'
import type { Share } from '../analysis/intervals.ts'
import type { Summary } from '../analysis/summary.ts'

const spaced = (text: string) => text.replaceAll('_', ' ')

/** The answer of a batch for a terminal: a sentence, shares, medians, one line an actor, the digest. */
export function answerText(summary: Summary): string {
  const { ambiguous, outerTier } = summary
  const index = (name: string) => summary.indices.find(entry => entry.index === name)!
  const lines = [answerSentence(summary), '', ...caveatsOf(summary).flatMap(caveat => [caveat, ''])]
  lines.push('Share of runs by outcome, 95 % interval (conditional on the scenario and its ranges; no forecast)')
  const row = (name: string, { share, lower, upper }: Share, note = '') => {
    const shown = `  ${name.padEnd(14)} ${percent(share, 1).padStart(7)}  ${interval({ lower, upper }).padEnd(12)}${note}`
    lines.push(shown.trimEnd())
  }
  for (const share of ranked(summary.outcomes)) row(spaced(share.outcome), share, shadowNote(share.outcome, outerTier))
  row('ambiguous', ambiguous, 'two best outcomes score nearly alike')
  lines.push('')
  lines.push('Median and 90 % of runs, mean of the last four quarters')
  lines.push(`  gap, change              ${changeWords(index('gap'))}`)
  const level = (name: string) => `${levelWords(index(name))}, ${number(index(name).start)} at the start`
  if (outerTier) lines.push(`  vitality of CIS Plus     ${level('v')}`)
  lines.push(`  Russia's leadership      ${level('lead_RU')}`)
  lines.push('')
  lines.push('Core actors and groups, each judged by its own changes at the last quarter')
  lines.push(`${''.padEnd(24)}change of the gap, median (90 % of runs)   duality   most frequent outcome`)
  const people = [...summary.groups, ...summary.actors.filter(actor => actor.core)]
  for (const { name, gap, outcomes } of people) {
    const duality = outcomes.find(entry => entry.outcome === 'duality')!
    const top = ranked(outcomes)[0]!
    lines.push(
      `  ${name.slice(0, 21).padEnd(22)}${changeWords(gap).padEnd(43)}${percent(duality.share, 1).padStart(7)}   ${spaced(top.outcome)} ${percent(top.share, 1)}`,
    )
  }
  lines.push('')
  lines.push(`Failed  ${summary.failed.length} of ${summary.runs} runs${failures(summary)}`)
  lines.push(`Digest  ${summary.digest}`)
  return lines.join('\n')
}

function failures({ failed, id }: Summary): string {
  const first = failed[0]
  if (!first) return ''
  const { run, variable, of, tick } = first
  return `; the first: run ${run}, ${variable}${of ? ` of ${of}` : ''} not finite at tick ${tick} (multivector trace <batch of ${id}> --run ${run})`
}

/** The documented JSON of `run` and `report`. */
export function resultDocument(
  summary: Summary,
  { seconds, out, reports }: { seconds: number; out: string; reports: readonly string[] },
): object {
  const shares = (list: Summary['outcomes']) =>
    Object.fromEntries(list.map(({ outcome, count, share, lower, upper }) => [outcome, { count, share, lower, upper }]))
  const { scenarioHash, batch, digest, engine, model, plan, failed, complete, ambiguous } = summary
  return {
    scenario: summary.id,
    scenarioHash,
    batch,
    digest,
    engine,
    model,
    design: plan.design,
    seed: plan.seed,
    planned: plan.runs,
    runs: summary.runs,
    complete,
    outerTier: summary.outerTier,
    failed: failed.length,
    failures: failed,
    outcomes: shares(summary.outcomes),
    ambiguous,
    indices: Object.fromEntries(summary.indices.map(({ index, ...range }) => [index, range])),
    groups: Object.fromEntries(
      summary.groups.map(({ id, gap, outcomes }) => [id, { gap, outcomes: shares(outcomes) }]),
    ),
    actors: Object.fromEntries(
      summary.actors.map(({ id, institutional, operational, gap, outcomes }) => [
        id,
        { institutional, operational, gap, outcomes: shares(outcomes) },
      ]),
    ),
    seconds,
    out,
    report: reports[0] ?? null,
    reports,
  }
}
