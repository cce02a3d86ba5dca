import type { DesignName } from '../design/plan.ts'
import type { Batch } from '../store/batch.ts'
import { sampleRuns } from './run-sample.ts'
import { type DeltaMeasures, deltaMeasures } from './sensitivity/delta.ts'
import { type RankCorrelations, rankCorrelations, ranks } from './sensitivity/rank.ts'
import type { Table } from './table.ts'

/** What a batch says of its inputs without a design of its own. */
export interface Drivers {
  readonly rows: number
  readonly inputs: number
  /** Of the strongest inputs only; none where the outcome does not vary. */
  readonly gap: DeltaMeasures | undefined
  readonly outcome: DeltaMeasures | undefined
  /** Which way inputs move the gap. */
  readonly direction: RankCorrelations | undefined
}

/** Designs whose runs are points of their own, so that any of them are a fair sample. */
const fair: readonly DesignName[] = ['monte-carlo', 'latin-hypercube', 'sobol']
const leastRows = 200
const sampledRows = 10_000
const strongest = 12

/**
 * Borgonovo's δ of the sampled inputs for the gap and for the outcome, over at most some 10,000 runs, so that it costs
 * a report about a second. Undefined where the design is none of single points, nothing is sampled, or there are
 * too few runs.
 */
export async function driversOf(batch: Batch): Promise<Drivers | undefined> {
  const { manifest, scenario } = batch
  const names = scenario.uncertainties.map(({ name }) => name)
  if (!fair.includes(manifest.plan.design) || names.length === 0) return undefined
  const columns = [...names.map(name => `input_${name}`), 'gap', 'outcome']
  // Runs of one point are no points of their own: the first of each stands for it.
  const replications = manifest.plan.replications ?? 1
  const sample = await sampleRuns(batch, columns, sampledRows * replications)
  const column = (name: string) => sample.columns.get(name)!.filter((_, row) => sample.run[row]! % replications === 0)
  const values = new Map(columns.map(name => [name, column(name)]))
  const rows = values.get('gap')!.length
  if (rows < leastRows) return undefined
  const inputs = names.map(name => {
    const column = values.get(`input_${name}`)!
    return { name, values: column, ranks: ranks(column) }
  })
  const table = (name: string): Table => ({ rows, inputs, outcome: { name, values: values.get(name)! } })
  const varies = (name: string) => values.get(name)!.some((value, _, all) => value !== all[0])
  const delta = (name: string) => (varies(name) ? deltaMeasures(table(name), manifest.plan.seed, strongest) : undefined)
  return {
    rows,
    inputs: names.length,
    gap: delta('gap'),
    outcome: delta('outcome'),
    direction: varies('gap') ? rankCorrelations(table('gap')) : undefined,
  }
}
