import { type Distribution, quantileOf } from '../core/distributions.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { fnv1a } from '../core/hash.ts'
import { philoxActor, philoxAt, uniform } from '../core/random.ts'
import { keyOfText } from '../core/seed.ts'
import { morrisTrajectories } from './morris.ts'
import { permute } from './permutation.ts'
import type { Plan, PointPlan } from './plan.ts'
import { type Sequence, sobolSequence } from './sobol.ts'
import { sobolDimensions } from './sobol-directions.ts'
import { factorialSweep, oneAtATime } from './sweep.ts'
import { tooSmall, type UniformPoints } from './uniform-points.ts'

/** Something a design varies. */
export interface DesignInput {
  readonly name: string
  readonly distribution: Distribution
}

/** The points of a batch, each a pure function of the seed and the run. */
export interface Design {
  /** Runs of one block, which belong together: a Saltelli block, a trajectory, a sweep; 1 for designs of single points. */
  readonly block: number
  /** Writes the values of a run, [inputs]. */
  fill(run: number, values: Float64Array): void
  /** Address of the random world of a run. Runs of a block share it, so that only the inputs differ between them. */
  world(run: number): number
}

/**
 * A design over any inputs. Cost O(inputs) a run, and O(inputs × log runs) for those on the Sobol' sequence.
 *
 * @throws UserError where `runs` is too small for the method, or there are too many inputs
 */
export function createDesign(inputs: readonly DesignInput[], plan: PointPlan): Design {
  return plan.policies ? eachPolicy(inputs, plan, plan.policies) : singleDesign(inputs, plan)
}

/** One design again and again: run p × n + k is point k of n, and random world k, with the values of policy p. */
function eachPolicy(
  inputs: readonly DesignInput[],
  { policies: _, ...plan }: PointPlan,
  policies: NonNullable<PointPlan['policies']>,
): Design {
  const runs = Math.ceil(plan.runs / policies.length)
  const own = singleDesign(inputs, { ...plan, runs })
  const places = new Map(inputs.map(({ name }, n) => [name, n]))
  return {
    block: 1,
    fill(run, values) {
      own.fill(run % runs, values)
      for (const [name, value] of Object.entries(policies[Math.floor(run / runs)]!)) values[places.get(name)!] = value
    },
    world: run => own.world(run % runs),
  }
}

function singleDesign(inputs: readonly DesignInput[], plan: PointPlan): Design {
  const replications = plan.replications ?? 1
  const count = Math.ceil(plan.runs / replications)
  const at = (run: number) => (replications === 1 ? run : Math.floor(run / replications))
  if (plan.design === 'points') return explicitPoints(inputs, plan, at)
  const points = uniformPoints(inputs, plan, count)
  const quantiles = inputs.map(({ distribution }) => quantileOf(distribution))
  const ends = inputs.map(({ distribution }) => (points.onLevels && isUnbounded(distribution) ? 0.005 : 0))
  return {
    block: points.block * replications,
    fill(run, values) {
      points.fill(at(run), values)
      for (let n = 0; n < quantiles.length; n++) {
        values[n] = quantiles[n]!(Math.min(1 - ends[n]!, Math.max(ends[n]!, values[n]!)))
      }
    },
    world: run => (points.block === 1 ? run : Math.floor(at(run) / points.block) * replications + (run % replications)),
  }
}

/** Whether the quantile at 0 or 1 may be infinite or hard to reach, so that levels stop at 0.005 and 0.995. */
function isUnbounded({ distribution }: Distribution): boolean {
  return distribution === 'normal' || distribution === 'lognormal' || distribution === 'pert'
}

function uniformPoints(
  inputs: readonly DesignInput[],
  { design, seed }: Pick<Plan, 'design' | 'seed'>,
  count: number,
): UniformPoints {
  const names = inputs.map(({ name }) => name)
  switch (design) {
    case 'sobol':
      checkDimensions(names.length, design)
      return { block: 1, fill: sobolSequence(names, seed) }
    case 'saltelli':
      return saltelliBlocks(names, seed, count)
    case 'morris':
      return morrisTrajectories(names, seed, count)
    case 'factorial':
      return factorialSweep(inputs, count)
    case 'oat':
      return oneAtATime(inputs, count)
    default:
      return { block: 1, fill: addressedUniforms(names, seed, design === 'latin-hypercube' ? count : undefined) }
  }
}

/**
 * The uniform behind each value has an address made of the seed, the run and the input's name, so that another input,
 * worker or order of runs moves no value. With `strata` it is put in one of so many strata, each taken once, in an order
 * that is a keyed permutation and so needs no memory.
 *
 * @see McKay, Beckman & Conover (1979), Technometrics 21(2)
 */
function addressedUniforms(names: readonly string[], seed: string, strata: number | undefined): Sequence {
  const key = keyOfText(`${seed}/design`)
  const words = new Int32Array(4)
  const shared = new Int32Array(6)
  const addresses = names.map(name => ({ address: fnv1a(name) | 0, key: keyOfText(`${seed}/strata/${name}`) }))
  return (run, u) => {
    philoxAt(shared, key, run, 0, 0)
    for (let n = 0; n < addresses.length; n++) {
      const input = addresses[n]!
      philoxActor(words, shared, input.address)
      const inside = uniform(words[0]!)
      u[n] = strata === undefined ? inside : (permute(run, strata, input.key) + inside) / strata
    }
  }
}

/**
 * Saltelli blocks of d + 2 points for d inputs: a point A, then A with input 1, 2 … d taken from B, then the point B. A and
 * B are the two halves of one point of the scrambled Sobol' sequence in 2d dimensions.
 *
 * @see Saltelli et al. (2010), Computer Physics Communications 181(2), radial sampling
 */
function saltelliBlocks(names: readonly string[], seed: string, count: number): UniformPoints {
  const d = names.length
  const block = d + 2
  checkDimensions(2 * d, 'saltelli')
  if (count < 2 * block) throw tooSmall('saltelli', count, `at least ${2 * block} (two blocks of ${d} + 2)`)
  const sequence = sobolSequence([...names.map(name => `${name}/a`), ...names.map(name => `${name}/b`)], seed)
  const both = new Float64Array(2 * d)
  let held = -1
  return {
    block,
    fill(point, u) {
      const index = Math.floor(point / block)
      if (index !== held) sequence(index, both)
      held = index
      const place = point % block
      for (let n = 0; n < d; n++) u[n] = place === d + 1 || place === n + 1 ? both[d + n]! : both[n]!
    },
  }
}

function explicitPoints(
  inputs: readonly DesignInput[],
  { points }: Pick<Plan, 'points'>,
  at: (run: number) => number,
): Design {
  if (!points || points.rows.length === 0)
    throw new UserError(exitCode.usage, 'points: expected a list of points, got none; give a CSV with --points')
  const columns = inputs.map(({ name }) => points.inputs.indexOf(name))
  const missing = inputs.find((_, n) => columns[n] === -1)
  if (missing)
    throw new UserError(
      exitCode.badData,
      `points: expected a column for every sampled parameter, got none for ${missing.name}`,
    )
  return {
    block: 1,
    fill(run, values) {
      const row = points.rows[at(run) % points.rows.length]!
      for (let n = 0; n < columns.length; n++) values[n] = row[columns[n]!]!
    },
    world: run => run,
  }
}

function checkDimensions(dimensions: number, method: string): void {
  if (dimensions <= sobolDimensions) return
  const inputs = method === 'saltelli' ? sobolDimensions / 2 : sobolDimensions
  throw new UserError(
    exitCode.usage,
    `${method}: expected at most ${inputs} inputs, got ${method === 'saltelli' ? dimensions / 2 : dimensions}; sample fewer, or take latin-hypercube`,
  )
}
