import { type Comparison, createMoments, type Moments } from '../analysis/compare.ts'
import type { Quantity } from '../analysis/quantity.ts'
import type { Plan } from '../design/plan.ts'
import type { Batch } from '../store/batch.ts'
import { batchRows } from './batch-table.ts'

type Row = Record<string, number>

/** Whether runs with one address share their draws and points. */
export function shareWorlds(a: Plan, b: Plan): boolean {
  const prefix = a.design === 'monte-carlo' || a.design === 'sobol' || a.design === 'points'
  return (
    a.seed === b.seed &&
    a.design === b.design &&
    (a.replications ?? 1) === (b.replications ?? 1) &&
    JSON.stringify(a.points) === JSON.stringify(b.points) &&
    (prefix || a.runs === b.runs)
  )
}

/**
 * Adds the runs that are done in both, by their address; holds one part of each at a time.
 *
 * @param comparisons - each with its quantities
 */
export async function addRuns(
  comparisons: readonly { readonly quantities: readonly Quantity[]; readonly add: Comparison['add'] }[],
  a: Batch,
  b: Batch,
): Promise<void> {
  const columns = comparisons.flatMap(({ quantities }) => quantities.flatMap(each => [...each.columns]))
  const sides = comparisons.map(({ quantities, add }) => ({
    quantities,
    add,
    a: new Float64Array(quantities.length),
    b: new Float64Array(quantities.length),
  }))
  const left = flat(batchRows(a, columns))
  const right = flat(batchRows(b, columns))
  let [x, y] = [await left.next(), await right.next()]
  while (!x.done && !y.done) {
    const ahead = x.value.run! - y.value.run!
    if (ahead === 0 && x.value.status === 0 && y.value.status === 0) {
      for (const side of sides) {
        for (let n = 0; n < side.quantities.length; n++) {
          side.a[n] = side.quantities[n]!.read(x.value)
          side.b[n] = side.quantities[n]!.read(y.value)
        }
        side.add(side.a, side.b)
      }
    }
    if (ahead <= 0) x = await left.next()
    if (ahead >= 0) y = await right.next()
  }
}

async function* flat(parts: AsyncGenerator<readonly Row[]>): AsyncGenerator<Row> {
  for await (const rows of parts) yield* rows
}

export interface MeasuredQuantity extends Moments {
  /** For a share: the runs that count. */
  readonly count: number
  /** Values in rising order, of those that are kept. */
  readonly sorted?: Float64Array
}

/**
 * Quantities over the finished runs of a batch, in run order.
 *
 * @param kept - names of those whose values are kept: 8 bytes a run
 */
export async function measureRuns(
  batch: Batch,
  quantities: readonly Quantity[],
  kept: ReadonlySet<string> = new Set(),
): Promise<Map<string, MeasuredQuantity>> {
  const sums = quantities.map(() => createMoments())
  const values = quantities.map(({ name }) => (kept.has(name) ? new Float64Array(batch.manifest.plan.runs) : undefined))
  let runs = 0
  for await (const rows of batchRows(batch, [...new Set(quantities.flatMap(each => [...each.columns]))])) {
    for (const row of rows) {
      if (row.status !== 0) continue
      for (let n = 0; n < quantities.length; n++) {
        const value = quantities[n]!.read(row)
        sums[n]!.add(value)
        const own = values[n]
        if (own) own[runs] = value
      }
      runs++
    }
  }
  return new Map(
    quantities.map(({ name }, n) => {
      const found = sums[n]!.moments()
      const sorted = values[n]?.subarray(0, runs).sort()
      return [name, { ...found, count: Math.round(found.mean * found.runs), ...(sorted && { sorted }) }]
    }),
  )
}
