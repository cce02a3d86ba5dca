import { type Share, wilson } from '../../../sim/analysis/intervals.ts'
import { actorOutcomes, outcomes } from '../../../sim/model/outcomes.ts'
import { compileScenario, type Scenario } from '../../../sim/scenario/compile.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import { type Block, type Columns, columnsOf, failedRun, tierInstitutions } from './block.ts'

/** Share of runs with an outcome, and its 95 % Wilson interval; NaN without runs. */
export interface OutcomeShare extends Share {
  readonly outcome: string
}

/** Quantiles of a column over runs. */
export interface Quantiles {
  readonly q05: number
  readonly q25: number
  readonly q50: number
  readonly q75: number
  readonly q95: number
}

/**
 * Runs of a scenario with one seed, growing from run 0 on. Run r of two ensembles with one seed has the same random
 * world and the same draws of every parameter both sample, so they are compared run by run. Summaries are over the
 * first `runs` runs, without those that failed.
 */
export interface Ensemble {
  readonly document: ScenarioDocument
  readonly seed: string
  readonly scenario: Scenario
  readonly columns: Columns
  /** Runs that are there, all of 0 … runs − 1. */
  readonly runs: number
  /** Values of a column by run; NaN where the run failed. */
  column(column: number, runs: number): Float32Array
  /** Index in `outcomes` by run; 255 where it failed. */
  outcomeOf(run: number): number
  /** Index in `actorOutcomes`; meaningless where the run failed. */
  actorOutcomeOf(actor: number, run: number): number
  failed(runs: number): number
  outcomeShares(runs: number): OutcomeShare[]
  actorShares(actor: number, runs: number): OutcomeShare[]
  /** Share of runs whose two best outcomes score nearly alike. */
  ambiguous(runs: number): Share
  /** Share of runs in each tier (none … member) of the first (0) or second (1) institution at the end, [4]. */
  tierShares(actor: number, institution: number, runs: number): number[]
  quantiles(column: number, runs: number): Quantiles
  /** Quantiles of the difference of two columns, such as the gap of an actor. */
  differenceQuantiles(column: number, other: number, runs: number): Quantiles
}

/** An ensemble under way. */
export interface GrowingEnsemble extends Ensemble {
  readonly key: string
  readonly capacity: number
  /** Runs that somebody computes or has computed. */
  asked: number
  /** Blocks that are on their way. */
  readonly underway: Set<Promise<void>>
  add(block: Block): void
}

/** Runs there is room for at first. */
const firstRoom = 250

/** @param capacity - most runs it may hold */
export function createEnsemble(
  key: string,
  document: ScenarioDocument,
  seed: string,
  capacity: number,
): GrowingEnsemble {
  const scenario = compileScenario(document)
  const { S, D } = scenario.sizes
  const horizon = scenario.parameters[scenario.parameterIndex.get('horizon')!]!
  const columns = columnsOf(horizon, S, D)
  let room = Math.min(capacity, firstRoom)
  let numbers = new Float32Array(columns.width * room)
  let outcome = new Uint8Array(room)
  let ambiguousRuns = new Uint8Array(room)
  let actorOutcome = new Uint8Array(S * room)
  let tier = new Uint8Array(S * tierInstitutions * room)
  const early = new Map<number, Block>()
  const known = new Map<string, Quantiles>()
  let runs = 0

  const place = (target: Float32Array | Uint8Array, values: Float32Array | Uint8Array, rows: number, block: Block) => {
    for (let row = 0; row < rows; row++)
      target.set(values.subarray(row * block.count, (row + 1) * block.count), row * room + block.first)
  }

  /** Twice the room, or all of it: most ensembles of a slider under way stay small. */
  function enlarge(least: number): void {
    const next = Math.min(capacity, Math.max(least, 2 * room))
    const kept = { first: 0, count: room }
    const before = { ...kept, numbers, outcome, ambiguous: ambiguousRuns, actorOutcome, tier }
    try {
      numbers = new Float32Array(columns.width * next)
    } catch {
      throw new Error(`There is too little memory for more than ${runs} runs, so these are all.`)
    }
    outcome = new Uint8Array(next)
    ambiguousRuns = new Uint8Array(next)
    actorOutcome = new Uint8Array(S * next)
    tier = new Uint8Array(S * tierInstitutions * next)
    room = next
    write(before)
  }

  function write(block: Block): void {
    place(numbers, block.numbers, columns.width, block)
    place(outcome, block.outcome, 1, block)
    place(ambiguousRuns, block.ambiguous, 1, block)
    place(actorOutcome, block.actorOutcome, S, block)
    place(tier, block.tier, S * tierInstitutions, block)
  }

  function add(block: Block): void {
    early.set(block.first, block)
    for (let next = early.get(runs); next; next = early.get(runs)) {
      early.delete(runs)
      if (runs + next.count > room) enlarge(runs + next.count)
      write(next)
      runs += next.count
    }
  }

  const failed = (n: number) => {
    let count = 0
    for (let run = 0; run < n; run++) if (outcome[run] === failedRun) count++
    return count
  }
  const shares = (names: readonly string[], n: number, read: (run: number) => number): OutcomeShare[] => {
    const counts = new Array<number>(names.length).fill(0)
    let done = 0
    for (let run = 0; run < n; run++) {
      if (outcome[run] === failedRun) continue
      counts[read(run)]!++
      done++
    }
    return names.map((name, k) => ({ outcome: name, ...wilson(counts[k]!, done) }))
  }
  const remembered = (name: string, values: () => Float32Array): Quantiles => {
    const before = known.get(name)
    if (before) return before
    const quantiles = quantilesOf(values())
    if (known.size > 4000) known.clear()
    known.set(name, quantiles)
    return quantiles
  }
  const column = (at: number, n: number) => numbers.subarray(at * room, at * room + n)

  return {
    key,
    document,
    seed,
    scenario,
    columns,
    capacity,
    asked: 0,
    underway: new Set(),
    get runs() {
      return runs
    },
    add,
    column,
    failed,
    outcomeOf: run => outcome[run]!,
    actorOutcomeOf: (actor, run) => actorOutcome[actor * room + run]!,
    outcomeShares: n => shares(outcomes, n, run => outcome[run]!),
    actorShares: (actor, n) => shares(actorOutcomes, n, run => actorOutcome[actor * room + run]!),
    ambiguous: n => {
      let count = 0
      for (let run = 0; run < n; run++) count += ambiguousRuns[run]!
      return wilson(count, n - failed(n))
    },
    tierShares: (actor, institution, n) => {
      const row = (actor * tierInstitutions + institution) * room
      return shares(['none', 'observer', 'partner', 'member'], n, run => tier[row + run]!).map(({ share }) => share)
    },
    quantiles: (at, n) => remembered(`${at} ${n}`, () => column(at, n).slice()),
    differenceQuantiles: (a, b, n) =>
      remembered(`${a}-${b} ${n}`, () => {
        const left = column(a, n)
        const right = column(b, n)
        return left.map((value, run) => value - right[run]!)
      }),
  }
}

/** Quantiles, linear between runs; NaN without any. Sorts what it is given; typed arrays sort NaN to the end. */
export function quantilesOf(values: Float32Array): Quantiles {
  values.sort()
  let n = values.length
  while (n > 0 && Number.isNaN(values[n - 1])) n--
  const at = (q: number) => {
    const place = q * (n - 1)
    const below = Math.floor(place)
    const low = values[below] ?? Number.NaN
    return low + (place - below) * ((values[Math.min(below + 1, n - 1)] ?? low) - low)
  }
  return { q05: at(0.05), q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95) }
}
