import { exitCode, UserError } from '../../core/errors.ts'
import { bootstraps, drawsOf, type Estimate, percentileInterval } from '../resampling.ts'
import type { InputColumn, Table } from '../table.ts'
import { sameValue } from './rows.ts'

/** Elementary effects, in units of the outcome for the whole range of an input. */
export interface ElementaryEffects {
  readonly method: 'morris'
  readonly outcome: string
  readonly rows: number
  readonly trajectories: number
  /** Mean effect: direction. */
  readonly mu: Readonly<Record<string, Estimate>>
  /** Mean absolute effect: importance. */
  readonly muStar: Readonly<Record<string, Estimate>>
  /** Standard deviation of the effect: curvature and interactions. */
  readonly sigma: Readonly<Record<string, Estimate>>
}

/**
 * Morris's elementary effects from trajectories in which each step moves one input:
 *
 *     EE_i = Δy / (Δx_i / range of x_i),   μ_i = mean EE_i,   μ*_i = mean |EE_i|,   σ_i = sd EE_i
 *
 * The range is the one the design uses. Intervals are percentiles of 1,000 bootstraps over trajectories. Cost
 * O(rows × 1000).
 *
 * @throws UserError where the rows are no trajectories
 * @see Morris (1991), Technometrics 33(2); Campolongo, Cariboni & Saltelli (2007) for μ*
 */
export function elementaryEffects(table: Table, seed: string): ElementaryEffects {
  const { inputs, outcome, rows } = table
  const d = inputs.length
  const trajectories = Math.floor(rows / (d + 1))
  if (trajectories < 2)
    throw new UserError(
      exitCode.badData,
      `morris: expected at least ${2 * (d + 1)} rows, two trajectories for ${d} inputs, got ${rows}; make a larger design with \`design --method morris\``,
    )
  const effects = inputs.map(() => new Float64Array(trajectories))
  const ranges = inputs.map(({ values }) => extent(values))
  for (let t = 0; t < trajectories; t++) {
    const seen = new Set<number>()
    for (let step = 1; step <= d; step++) {
      const row = t * (d + 1) + step
      const n = moved(inputs, row)
      if (n === undefined || seen.has(n)) throw noTrajectory(row)
      seen.add(n)
      const { values } = inputs[n]!
      const change = (values[row]! - values[row - 1]!) / ranges[n]!
      effects[n]![t] = (outcome.values[row]! - outcome.values[row - 1]!) / change
    }
  }
  const draw = drawsOf(seed, 'morris')
  const picks = Array.from({ length: bootstraps }, () =>
    Int32Array.from({ length: trajectories }, () => draw(trajectories)),
  )
  const estimate = (measure: (effect: Float64Array) => number) => {
    const sample = new Float64Array(trajectories)
    return Object.fromEntries(
      inputs.map(({ name }, n) => {
        const own = effects[n]!
        const replicates = Float64Array.from(picks, pick => {
          for (let t = 0; t < trajectories; t++) sample[t] = own[pick[t]!]!
          return measure(sample)
        })
        return [name, percentileInterval(measure(own), replicates)]
      }),
    )
  }
  return {
    method: 'morris',
    outcome: outcome.name,
    rows,
    trajectories,
    mu: estimate(mean),
    muStar: estimate(effect => mean(effect.map(Math.abs))),
    sigma: estimate(deviation),
  }
}

/** The one input that differs from the row before; undefined where there is none or more than one. */
function moved(inputs: readonly InputColumn[], row: number): number | undefined {
  let found: number | undefined
  for (let n = 0; n < inputs.length; n++) {
    const { values } = inputs[n]!
    if (sameValue(values[row]!, values[row - 1]!)) continue
    if (found !== undefined) return undefined
    found = n
  }
  return found
}

function noTrajectory(row: number): UserError {
  return new UserError(
    exitCode.badData,
    `morris: expected each row of a trajectory to move one input not yet moved, got another in row ${row + 1}; ` +
      'name all inputs of the design, keep its order of rows, and give the file it wrote with --design; for other tables take --method delta',
  )
}

function extent(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return high - low
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

function deviation(values: Float64Array): number {
  const centre = mean(values)
  let squares = 0
  for (const value of values) squares += (value - centre) * (value - centre)
  return Math.sqrt(squares / (values.length - 1))
}
