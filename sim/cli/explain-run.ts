import { byTick, momentSentences, outcomeName } from '../../reports/explain/moment-words.ts'
import { number } from '../../reports/words.ts'
import { proveRun, type Reruns, requireRun, rerunsOf } from '../analysis/reruns.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { quarterAfter } from '../core/quarter.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Result } from '../model/simulate.ts'
import { createTimeline, type Moment } from '../model/timeline.ts'
import type { Batch } from '../store/batch.ts'
import { engineVersion, modelVersion } from '../version.ts'
import { printJson, printOut } from './print.ts'

/** A stored run, computed again and shown to be the stored one. */
export interface Replay {
  readonly batch: Batch
  readonly run: number
  readonly reruns: Reruns
  /** Numbers that were compared bit for bit. */
  readonly compared: number
  readonly moments: readonly Moment[]
  readonly result: Result
}

/** @throws UserError when a batch was made by another version: its runs cannot be computed again */
export function requireVersion({ directory, manifest: { engine, model } }: Batch): void {
  if (engine === engineVersion && model === modelVersion) return
  throw new UserError(
    exitCode.mismatch,
    `${directory}: made by engine ${engine} with model ${model}, and this is engine ${engineVersion} with model ${modelVersion}; ` +
      `explain it with multivector ${engine}, or run the scenario again into another directory`,
  )
}

/** Computes a stored run again. @throws UserError when that is not possible, or gives another run */
export async function replay(batch: Batch, run: number): Promise<Replay> {
  requireVersion(batch)
  requireRun(batch, run)
  const reruns = rerunsOf(batch)
  const timeline = createTimeline(reruns.simulator.model)
  const result = reruns.simulate(run, timeline.onlooker)
  const { columns } = await proveRun(batch, reruns, run, result)
  return { batch, run, reruns, compared: columns, moments: timeline.moments(result), result }
}

/** Says that what follows is the stored run. */
export function proofSentence({ batch, run, compared }: Replay): string {
  return `Run ${run} of ${batch.manifest.scenario.id}, computed again: all ${compared} stored numbers are the same, bit for bit.`
}

/** Prints what happened in a run, and how it was judged. */
export function explainRun(replayed: Replay, { json, quiet }: { json: boolean; quiet: boolean }): void {
  const { batch, run, compared, moments, result, reruns } = replayed
  const { document } = batch.scenario
  const scores = Object.fromEntries(outcomes.map((outcome, n) => [outcome, result.scores[n]!]))
  const label = outcomes[result.outcome]!
  if (json) {
    const { uncertainties, actors } = reruns.scenario
    printJson({
      batch: batch.manifest.batch,
      run,
      same: true,
      compared,
      inputs: Object.fromEntries(uncertainties.map(({ name }, n) => [name, reruns.sampler.values[n]!])),
      moments: moments.map(moment => ({ quarter: quarterAfter(document.start, moment.tick), ...moment })),
      outcome: label,
      scores,
      margin: result.margin,
      ambiguous: result.margin < document.thresholds.ambiguous,
      actorOutcomes: Object.fromEntries(actors.map((id, i) => [id, actorOutcomes[result.actorOutcome[i]!]!])),
    })
    return
  }
  if (!quiet) printOut(`${proofSentence(replayed)}\n`)
  for (const [tick, list] of byTick(moments)) {
    const [first, ...rest] = momentSentences(list, document)
    printOut(`${quarterAfter(document.start, tick)}  ${first}`)
    for (const sentence of rest) printOut(`        ${sentence}`)
  }
  const ranked = outcomes.map((outcome, n) => ({ outcome, score: result.scores[n]! })).sort((a, b) => b.score - a.score)
  printOut(`\nOutcome ${outcomeName(label)}, ${number(result.margin, 2)} ahead of the next`)
  printOut(`Scores  ${ranked.map(({ outcome, score }) => `${outcomeName(outcome)} ${number(score, 2)}`).join(' · ')}`)
}
