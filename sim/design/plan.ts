/** How the points of a batch are spread over the uncertainties and levers. */
export const designNames = [
  'monte-carlo',
  'latin-hypercube',
  'sobol',
  'saltelli',
  'morris',
  'factorial',
  'oat',
  'points',
] as const
export type DesignName = (typeof designNames)[number]

/** Points somebody wrote down: one row of values a point, in the order of `inputs`. */
export interface PointList {
  readonly inputs: readonly string[]
  readonly rows: readonly (readonly number[])[]
}

/** What a batch is made of: with the scenario and the model it decides every number. */
export interface Plan {
  readonly design: DesignName
  readonly runs: number
  /** Seed as the user wrote it. */
  readonly seed: string
  /** Runs in a part; only sizes the files, results do not depend on it. */
  readonly chunkRuns: number
  /** Runs at each point, one after the other, each in a random world of its own; 1 unless given. */
  readonly replications?: number
  /** The points of the design `points`. */
  readonly points?: PointList
  /** Values of some inputs, set by set: the whole design is run with each, in the same random worlds. */
  readonly policies?: readonly Readonly<Record<string, number>>[]
}

/** What decides the points of a plan. */
export type PointPlan = Pick<Plan, 'design' | 'runs' | 'seed' | 'replications' | 'points' | 'policies'>

/** Runs are hashed in blocks of this many, so that the digest does not depend on the size of parts. */
export const blockRuns = 100

/** Parts big enough to be worth a file and a task, small enough that a stop loses little and workers end together. */
export function chunkRunsFor(runs: number): number {
  const target = runs / 40
  const blocks = Math.min(20, Math.max(2, Math.ceil(target / blockRuns)))
  return blocks * blockRuns
}

/** Number of chunks of a plan. */
export function chunkCount({ runs, chunkRuns }: Plan): number {
  return Math.ceil(runs / chunkRuns)
}

/** First run of a chunk and the one after its last. */
export function chunkRange(
  { runs, chunkRuns }: Pick<Plan, 'runs' | 'chunkRuns'>,
  chunk: number,
): [first: number, end: number] {
  return [chunk * chunkRuns, Math.min(runs, (chunk + 1) * chunkRuns)]
}
