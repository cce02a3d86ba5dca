import { exitCode, UserError } from '../../core/errors.ts'
import { bootstraps, drawsOf, type Estimate, percentileInterval } from '../resampling.ts'
import { needVariation, type Table } from '../table.ts'
import { sameValue } from './rows.ts'

/** Sobol' indices: shares of the variance of the outcome. */
export interface SobolIndices {
  readonly method: 'sobol'
  readonly outcome: string
  readonly rows: number
  /** Blocks of the Saltelli design that were used. */
  readonly blocks: number
  readonly mean: number
  readonly variance: number
  /** Share explained by an input alone. */
  readonly first: Readonly<Record<string, Estimate>>
  /** Share that would remain if all but this input were known: alone and in every interaction. */
  readonly total: Readonly<Record<string, Estimate>>
  /** 1 − Σ first: what only interactions explain, where the sum is below 1. */
  readonly interactions: number
  readonly estimators: string
}

/**
 * First-order and total Sobol' indices from the blocks A, AB₁ … AB_d, B of a Saltelli design, with f centred:
 *
 *     S_i = mean f(B) (f(AB_i) − f(A)) / V,   T_i = mean (f(A) − f(AB_i))² / 2V,   V = var of all f(A), f(B)
 *
 * Intervals are percentiles of 1,000 bootstraps over blocks. Cost O(blocks × inputs × 1000).
 *
 * @param rows - runs that make whole blocks; those that do not end one are left out
 * @throws UserError where the rows are no such design
 * @see Saltelli et al. (2010), Computer Physics Communications 181(2), table 2 (b) and (f); Jansen (1999) for the total
 */
export function sobolIndices(table: Table, seed: string): SobolIndices {
  const { stride, blocks } = saltelliLayout(table)
  needVariation(table)
  const names = table.inputs.map(({ name }) => name)
  const d = names.length
  const y = table.outcome.values
  let centre = 0
  for (let k = 0; k < blocks; k++) centre += y[k * stride]! + y[(k + 1) * stride - 1]!
  centre /= 2 * blocks
  // Of each block: products for S, squares for T, then the sum and the sum of squares of A and B.
  const width = 2 * d + 2
  const pieces = new Float64Array(blocks * width)
  for (let k = 0; k < blocks; k++) {
    const a = y[k * stride]! - centre
    const b = y[(k + 1) * stride - 1]! - centre
    for (let i = 0; i < d; i++) {
      const mixed = y[k * stride + 1 + i]! - centre
      pieces[k * width + i] = b * (mixed - a)
      pieces[k * width + d + i] = ((a - mixed) * (a - mixed)) / 2
    }
    pieces[k * width + 2 * d] = a + b
    pieces[k * width + 2 * d + 1] = a * a + b * b
  }
  const sums = new Float64Array(width)
  const indices = new Float64Array(2 * d)
  const variance = (): number => {
    const mean = sums[2 * d]! / (2 * blocks)
    return sums[2 * d + 1]! / (2 * blocks) - mean * mean
  }
  const form = () => {
    const v = variance()
    for (let n = 0; n < 2 * d; n++) indices[n] = v > 0 ? sums[n]! / blocks / v : 0
  }
  const addBlock = (k: number) => {
    const from = k * width
    for (let n = 0; n < width; n++) sums[n]! += pieces[from + n]!
  }
  for (let k = 0; k < blocks; k++) addBlock(k)
  form()
  const values = indices.slice()
  const v = variance()
  const replicates = Array.from({ length: 2 * d }, () => new Float64Array(bootstraps))
  const draw = drawsOf(seed, 'sobol')
  for (let repeat = 0; repeat < bootstraps; repeat++) {
    sums.fill(0)
    for (let k = 0; k < blocks; k++) addBlock(draw(blocks))
    form()
    for (let n = 0; n < 2 * d; n++) replicates[n]![repeat] = indices[n]!
  }
  const estimates = (from: number) =>
    Object.fromEntries(names.map((name, i) => [name, percentileInterval(values[from + i]!, replicates[from + i]!)]))
  return {
    method: 'sobol',
    outcome: table.outcome.name,
    rows: table.rows,
    blocks,
    mean: centre,
    variance: v,
    first: estimates(0),
    total: estimates(d),
    interactions: Math.min(1, Math.max(0, 1 - values.subarray(0, d).reduce((sum, value) => sum + value, 0))),
    estimators: 'first order: Saltelli 2010; total: Jansen 1999; 95 % percentile intervals over blocks',
  }
}

/**
 * Rows of a block and number of whole blocks. Blocks are A, AB₁ … AB_d, B, or with BA₁ … BA_d before B, as SALib writes
 * designs of second order; those are not used.
 */
function saltelliLayout({ inputs, rows }: Table): { stride: number; blocks: number } {
  const d = inputs.length
  const strides = [d + 2, 2 * d + 2]
  if (rows < 2 * strides[0]!)
    throw new UserError(
      exitCode.badData,
      `sobol: expected at least ${2 * strides[0]!} rows, two blocks for ${d} inputs, got ${rows}; make a larger design with \`design --method saltelli\``,
    )
  let worst = { row: 0, name: '' }
  for (const stride of strides) {
    const blocks = Math.floor(rows / stride)
    const wrong = blocks < 2 ? { row: 0, name: inputs[0]!.name } : firstBreak(inputs, blocks, stride)
    if (!wrong) return { stride, blocks }
    if (wrong.row >= worst.row) worst = wrong
  }
  throw new UserError(
    exitCode.badData,
    `sobol: expected rows in blocks A, A with one input of B, B, got another value of ${worst.name} in row ${worst.row + 1}; ` +
      'name all inputs of the design, keep its order of rows, and give the file it wrote with --design; for other tables take --method delta',
  )
}

function firstBreak(
  inputs: Table['inputs'],
  blocks: number,
  stride: number,
): { row: number; name: string } | undefined {
  for (let k = 0; k < blocks; k++) {
    const a = k * stride
    const b = a + stride - 1
    for (let i = 0; i < inputs.length; i++) {
      const row = a + 1 + i
      for (let n = 0; n < inputs.length; n++) {
        const { values, name } = inputs[n]!
        if (!sameValue(values[row]!, values[n === i ? b : a]!)) return { row, name }
      }
    }
  }
  return undefined
}
