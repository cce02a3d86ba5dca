import type { ScenarioDocument } from '../scenario/schema.ts'
import { type Hypothesis, type HypothesisFindings, type Verdict, verdictOf } from './hypothesis.ts'
import { dualityHypotheses } from './hypothesis-duality.ts'
import { formatFigure } from './hypothesis-figures.ts'
import { postureHypotheses } from './hypothesis-posture.ts'
import { type HypothesisRuns, type HypothesisWorld, runWorld } from './hypothesis-runs.ts'
import { systemHypotheses } from './hypothesis-systems.ts'

/**
 * What the model says about each hypothesis: statements with a direction, decided by paired runs. The sign of most rows
 * follows from the sign of one coefficient, so a row that holds is a check of the model and no evidence about the world;
 * T3c, T5, H2e and H7 are compound effects.
 */
export const hypotheses: readonly Hypothesis[] = [...postureHypotheses, ...systemHypotheses, ...dualityHypotheses].sort(
  (a, b) => order(a.id) - order(b.id),
)

function order(id: string): number {
  return (id.startsWith('T') ? 0 : 100) + Number(id[1]) * 10 + (id.charCodeAt(2) || 0) / 1000
}

export interface HypothesisResult extends HypothesisFindings {
  readonly id: string
  readonly statement: string
  readonly falsified: string
  readonly verdict: Verdict
  /** Whether the verdict is that it held. */
  readonly holds: boolean
}

export interface HypothesisOptions {
  /** Paired runs of each world; 500 unless given. */
  readonly pairs?: number
  /** Points of the ensemble over the documented ranges; 2,000 unless given. */
  readonly points?: number
  /** A decimal integer below 2^53, or any text. */
  readonly seed: string
}

/**
 * Runs and decides every hypothesis on a scenario. Where a row changes nothing the scenario's own values hold, without
 * sampling. Cost about 45 worlds × `pairs` runs and `points` runs more.
 *
 * @throws RangeError when a run leaves the finite numbers
 */
export function testHypotheses(document: ScenarioDocument, options: HypothesisOptions): HypothesisResult[] {
  const { pairs = 500, points = 2000, seed } = options
  const done = new Map<string, HypothesisRuns>()
  const run = (world: HypothesisWorld): HypothesisRuns => {
    const key = JSON.stringify(world)
    const runs = done.get(key) ?? runWorld(document, world, world.ensemble ? points : pairs, seed)
    // Worlds that keep every actor are large and wanted once.
    if (!world.actors) done.set(key, runs)
    return runs
  }
  return hypotheses.map(({ id, statement, falsified, worlds, test }) => {
    const found = test(Object.fromEntries(Object.entries(worlds).map(([name, world]) => [name, run(world)])))
    const verdict = verdictOf(found.conditions)
    return { id, statement, falsified, verdict, holds: verdict === 'held', ...found }
  })
}

/** A table for people: held, not held or undecided, as it is, and the numbers it was decided by. */
export function formatHypotheses(results: readonly HypothesisResult[]): string {
  const lines = results.flatMap(({ id, statement, verdict, detail }) => [
    `${id.padEnd(4)} ${verdict.padEnd(10)}${statement}`,
    ...Object.entries(detail).map(([name, figure]) => `${' '.repeat(15)}${name}: ${formatFigure(figure)}`),
  ])
  const count = (verdict: Verdict) => `${results.filter(result => result.verdict === verdict).length} ${verdict}`
  return [...lines, `Of ${results.length}: ${(['held', 'not held', 'undecided'] as const).map(count).join(', ')}`].join(
    '\n',
  )
}
