import type { Batch } from './batch.ts'
import { hashBlocks, type PartRecord } from './part.ts'
import { decodeRows } from './rows.ts'
import { addEncodedCounts, histogram } from './tallies.ts'

/**
 * What is wrong with a part beyond its checksums, as a phrase; undefined when rows, the hashes of their blocks and the
 * counts belong together. Costs reading every number of the part.
 */
export function partProblem(
  { layout, tallies }: Pick<Batch, 'layout' | 'tallies'>,
  { first, end, blocks, failed }: Pick<PartRecord, 'first' | 'end' | 'blocks' | 'failed'>,
  rows: Uint8Array,
  counts: Uint8Array,
): string | undefined {
  const { width } = layout
  let numbers: Float64Array
  const totals = new Float64Array(tallies.cells)
  try {
    numbers = decodeRows(rows, layout, end - first)
  } catch (error) {
    return `rows cannot be read: ${(error as Error).message}`
  }
  try {
    addEncodedCounts(totals, counts, end - first)
  } catch (error) {
    return (error as Error).message
  }
  if (hashBlocks(numbers, numbers.length / width, width).join() !== blocks.join())
    return 'rows do not match the hashes of their blocks'
  const runs = Array.from({ length: numbers.length / width }, (_, n) => numbers[n * width])
  if (runs.length !== end - first || runs.some((run, n) => run !== first + n))
    return `expected runs ${first} to ${end - 1}, each once`
  const [sound, lost] = histogram(totals, tallies.tables.get('failed')!, 0)
  if (lost !== failed.length || sound !== end - first - failed.length)
    return `expected counts of ${end - first} runs, ${failed.length} of them failed, got ${sound} and ${lost}`
  return undefined
}
