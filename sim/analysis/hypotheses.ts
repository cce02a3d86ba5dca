import type { ScenarioDocument } from '../scenario/schema.ts'
import { type Hypothesis, type HypothesisFindings, type Verdict, verdictOf } from './hypothesis.ts'
import { dualityHypotheses, dualityLimits } from './hypothesis-duality.ts'
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
  readonly worlds: Hypothesis['worlds']
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
    return { id, statement, falsified, worlds, verdict, holds: verdict === 'held', ...found }
  })
}

/** A table for people: held, not held or undecided, as it is, and the numbers it was decided by. */
export function formatHypotheses(results: readonly HypothesisResult[]): string {
  const lines = results.flatMap(({ id, statement, verdict, detail }) => [
    `${id.padEnd(4)} ${verdict.padEnd(10)}${statement}`,
    ...Object.entries(detail).map(([name, figure]) => `${' '.repeat(15)}${name}: ${formatFigure(figure)}`),
  ])
  const count = (verdict: Verdict) => `${results.filter(result => result.verdict === verdict).length} ${verdict}`
  const total = `Of ${results.length}: ${(['held', 'not held', 'undecided'] as const).map(count).join(', ')}`
  return [...lines, total, '', ...legend(results)].join('\n')
}

/** What is compared, what the figures are, and what decides. */
function legend(results: readonly HypothesisResult[]): string[] {
  const limits = results.flatMap(({ id, conditions }) => {
    const other = new Set(conditions.map(({ limit }) => limit).filter(limit => limit !== 0))
    return [...other].map(limit => `${limit} for ${id}`)
  })
  return [
    'Worlds: the scenario unsampled, with some parameters changed or without CIS Plus, on the same draws; for H1 and H7 every documented range sampled.',
    'Figures: a mean difference between two worlds, or a mean, median, share, ratio or rank correlation in one; ± half of its 95 % interval (exact where there is none).',
    `Held: all that decides lies beyond its limit with its whole interval; not held: one lies wholly on the other side. Limits: ${['0', ...limits].join(', ')}.`,
    `H1 counts runs whose gap grows by ${dualityLimits.gapGrows} or more while alignment falls by ${dualityLimits.alignmentFalls} at most. --json has every world and limit.`,
  ]
}
