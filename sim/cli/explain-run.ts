import { join } from 'node:path'
import { byTick, momentSentences, outcomeName } from '../../reports/explain/moment-words.ts'
import { renderRun } from '../../reports/explain/run-page.ts'
import { withoutOuterTier } from '../../reports/outer-tier-words.ts'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { number } from '../../reports/words.ts'
import { summariseAttribution } from '../analysis/attribution-summary.ts'
import { proveRun, type Reruns, requireRun, rerunsOf } from '../analysis/reruns.ts'
import { tellStory } from '../analysis/storyline-story.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { quarterAfter } from '../core/quarter.ts'
import { indexNames } from '../model/indices.ts'
import { actorOutcomes, outcomes } from '../model/outcomes.ts'
import type { Result } from '../model/simulate.ts'
import { createTimeline, type Moment } from '../model/timeline.ts'
import { hasOuterTier } from '../scenario/outer-tier.ts'
import type { Batch } from '../store/batch.ts'
import { io, writeDurably } from '../store/durable.ts'
import { reportFolder } from '../store/inside.ts'
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

/** Prints what happened in a run, and how it was judged; with `page` it is also written as a page. */
export async function explainRun(
  replayed: Replay,
  { json, quiet, page }: { json: boolean; quiet: boolean; page: boolean },
): Promise<void> {
  const { batch, run, compared, moments, result, reruns } = replayed
  const { document } = batch.scenario
  const scores = Object.fromEntries(outcomes.map((outcome, n) => [outcome, result.scores[n]!]))
  const label = outcomes[result.outcome]!
  const { uncertainties, actors } = reruns.scenario
  const inputs = Object.fromEntries(uncertainties.map(({ name }, n) => [name, reruns.sampler.values[n]!]))
  const path = (n: number) =>
    Array.from({ length: reruns.simulator.ticks + 1 }, (_, tick) => result.indices[tick * indexNames.length + n]!)
  const written = page ? await writeRunPage(replayed, inputs, scores) : undefined
  if (json) {
    printJson({
      batch: batch.manifest.batch,
      run,
      same: true,
      compared,
      inputs,
      indices: Object.fromEntries(indexNames.map((name, n) => [name, path(n)])),
      moments: moments.map(moment => ({ quarter: quarterAfter(document.start, moment.tick), ...moment })),
      outcome: label,
      scores,
      margin: result.margin,
      ambiguous: result.margin < document.thresholds.ambiguous,
      page: written ?? null,
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
  if (!hasOuterTier(document)) printOut(`\n${withoutOuterTier}`)
  if (written) printOut(`Page    ${written}`)
}

/** Writes a run as a page into the batch. @returns the path of the file */
async function writeRunPage(
  replayed: Replay,
  inputs: Record<string, number>,
  scores: Record<string, number>,
): Promise<string> {
  const { batch, run } = replayed
  const path = join(await reportFolder(batch.directory), `run-${run}.html`)
  const told = {
    story: tellStory(batch, run, 'medoid', 0),
    attribution: summariseAttribution(batch, [run]),
    inputs,
    scores,
    proof: proofSentence(replayed),
  }
  const text = renderRun(batch, told, await loadPageAssets())
  await io(path, () => writeDurably(path, text))
  return path
}
