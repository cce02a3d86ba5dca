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
      // A step between levels that have one value, of a discrete input, moves nothing: its effect stays 0.
      if (n === 'none') continue
      if (n === 'several' || seen.has(n)) throw noTrajectory(row)
      seen.add(n)
      const { values } = inputs[n]!
      const change = (values[row]! - values[row - 1]!) / ranges[n]!
      effects[n]![t] = (outcome.values[row]! - outcome.values[row - 1]!) / change
    }
  }
  const draw = drawsOf(seed, 'morris')
  const all = Int32Array.from({ length: trajectories }, (_, t) => t)
  const picks = Array.from({ length: bootstraps }, () => all.map(() => draw(trajectories)))
  const found = inputs.map(({ name }, n) => {
    const replicates = [0, 1, 2].map(() => new Float64Array(bootstraps))
    picks.forEach((pick, repeat) => {
      moments(effects[n]!, pick).forEach((value, measure) => {
        replicates[measure]![repeat] = value
      })
    })
    return { name, estimates: moments(effects[n]!, all).map((value, m) => percentileInterval(value, replicates[m]!)) }
  })
  const measure = (m: number) => Object.fromEntries(found.map(({ name, estimates }) => [name, estimates[m]!]))
  return {
    method: 'morris',
    outcome: outcome.name,
    rows,
    trajectories,
    mu: measure(0),
    muStar: measure(1),
    sigma: measure(2),
  }
}

/** The one input that differs from the row before. */
function moved(inputs: readonly InputColumn[], row: number): number | 'none' | 'several' {
  let found: number | undefined
  for (let n = 0; n < inputs.length; n++) {
    const { values } = inputs[n]!
    if (sameValue(values[row]!, values[row - 1]!)) continue
    if (found !== undefined) return 'several'
    found = n
  }
  return found ?? 'none'
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

/** μ, μ* and σ of some effects, by their places; σ about the first effect, which loses no digits where all are alike. */
function moments(effects: Float64Array, places: Int32Array): [mu: number, muStar: number, sigma: number] {
  const n = places.length
  const origin = effects[0]!
  let [sum, sizes, squares] = [0, 0, 0]
  for (let k = 0; k < n; k++) {
    const effect = effects[places[k]!]!
    sum += effect - origin
    sizes += Math.abs(effect)
    squares += (effect - origin) * (effect - origin)
  }
  return [origin + sum / n, sizes / n, Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1))]
}
