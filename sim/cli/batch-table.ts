import { quantity } from '../analysis/quantity.ts'
import type { Table, TableRequest } from '../analysis/table.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { createDesign } from '../design/design.ts'
import { openBatch } from '../experiment.ts'
import { suggest } from '../scenario/suggestion.ts'
import type { Batch } from '../store/batch.ts'
import { readColumns, storedChunks } from '../store/parts.ts'
import { modelVersion } from '../version.ts'

/** A batch of this model version, opened for analysis. @throws UserError for a batch of another one */
export async function openForAnalysis(path: string): Promise<Batch> {
  const batch = await openBatch(path)
  if (batch.manifest.model === modelVersion) return batch
  throw new UserError(
    exitCode.mismatch,
    `${path}: expected a batch of model ${modelVersion}, got one of model ${batch.manifest.model}; run its scenario again, or use multivector ${batch.manifest.engine}`,
  )
}

/** The rows of a batch with the columns asked for, part by part, in the order of runs. */
export async function* batchRows(
  batch: Batch,
  columns: readonly string[],
): AsyncGenerator<readonly Record<string, number>[]> {
  const wanted = [...new Set(['run', 'status', ...columns])]
  for (const chunk of await storedChunks(batch)) yield readColumns(batch, chunk, wanted)
}

/**
 * Inputs and an outcome of a batch. Parts are read one after the other, so that only the columns asked for are held, each
 * once, at 8 bytes a run: 560 MB for a million runs with 69 inputs and an outcome, and half of it more for the orders PRIM
 * and CART sort by. Name the inputs that matter to hold less.
 * Inputs go by the name of the parameter, or are columns such as `event_<id>`.
 *
 * @param whole - keeps only whole blocks of the design, averaged over replications, for methods that need the design
 */
export async function batchTable(path: string, request: TableRequest, whole: boolean): Promise<Table> {
  return (await readBatch(path, request, whole ? 'averaged' : 'runs')).table
}

/** The same with the runs of each point beside each other, and how many there are. */
export async function replicatedTable(
  path: string,
  request: TableRequest,
): Promise<{ table: Table; replications: number }> {
  return readBatch(path, request, 'points')
}

async function readBatch(
  path: string,
  request: TableRequest,
  as: 'runs' | 'points' | 'averaged',
): Promise<{ table: Table; replications: number }> {
  const batch = await openForAnalysis(path)
  const { manifest, scenario, layout } = batch
  const { plan } = manifest
  const columns = layout.columns.map(({ name }) => name)
  const sampled = scenario.uncertainties.map(({ name }) => name)
  const known = [...sampled, ...columns.filter(name => name.startsWith('event_'))]
  const names = request.inputs ?? sampled
  if (request.inputs === undefined && sampled.length === 0)
    throw new UserError(
      exitCode.badData,
      `${path}: expected a batch that samples parameters, got one that samples none${known.length > 0 ? `; name events with --inputs, such as ${known[0]}` : ''}`,
    )
  const inputs = names.map(name => {
    if (sampled.includes(name)) return { name, column: `input_${name}` }
    if (columns.includes(name)) return { name, column: name }
    throw new UserError(
      exitCode.usage,
      `--inputs: expected a sampled parameter of the batch, got ${JSON.stringify(name)}; ${suggest(name, known, 'inputs')}`,
    )
  })
  const outcome = quantity(request.outcome ?? 'gap', columns)
  const values = inputs.map(() => new Float64Array(plan.runs).fill(Number.NaN))
  const y = new Float64Array(plan.runs).fill(Number.NaN)
  for await (const rows of batchRows(batch, [...inputs.map(({ column }) => column), ...outcome.columns])) {
    for (const row of rows) {
      const run = row.run!
      inputs.forEach(({ column }, n) => {
        values[n]![run] = row[column]!
      })
      if (row.status === 0) y[run] = outcome.read(row)
    }
  }
  const replications = plan.replications ?? 1
  const blocks = { runs: 1, points: replications, averaged: createDesign(scenario.uncertainties, plan).block }
  const block = blocks[as]
  const kept = wholeBlocks(y, block)
  const step = as === 'averaged' ? replications : 1
  // Rows move up in place, so that a column is held once: 8 bytes a run and column.
  const pick = (column: Float64Array) => {
    kept.forEach((run, row) => {
      column[row] = column[run]!
    })
    return averaged(column.subarray(0, kept.length), step)
  }
  const outcomeValues = pick(y)
  const table = {
    rows: outcomeValues.length,
    inputs: inputs.map(({ name }, n) => ({ name, values: pick(values[n]!) })),
    outcome: { name: outcome.name, values: outcomeValues },
  }
  return { table, replications }
}

/** Runs of blocks in which every run is stored and has not failed, in their order. */
function wholeBlocks(y: Float64Array, block: number): Uint32Array {
  const kept = new Uint32Array(y.length)
  let rows = 0
  for (let first = 0; first + block <= y.length; first += block) {
    let whole = true
    for (let run = first; run < first + block; run++) if (Number.isNaN(y[run])) whole = false
    if (whole) for (let run = first; run < first + block; run++) kept[rows++] = run
  }
  return kept.subarray(0, rows)
}

/** Means of `step` values that follow each other. */
function averaged(values: Float64Array, step: number): Float64Array {
  if (step === 1) return values
  return Float64Array.from({ length: Math.floor(values.length / step) }, (_, n) => {
    let sum = 0
    for (let k = 0; k < step; k++) sum += values[n * step + k]!
    return sum / step
  })
}
