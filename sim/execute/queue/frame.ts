import { chunkRange } from '../../design/plan.ts'
import { type Part, sha256 } from '../../store/part.ts'
import { partHeader, Refusal, type Task } from './message.ts'

/** A part as one piece of bytes: the length of the header, the header as JSON, rows, tallies. */
export function encodeFrame(part: Part, { batch, job }: Pick<Task, 'batch' | 'job'>): Uint8Array {
  const { rows, tallies, chunk, first, end, blocks, failed } = part
  const bytes = { rows: rows.length, tallies: tallies.length }
  const hashes = { rows: sha256(rows), tallies: sha256(tallies) }
  const header = Buffer.from(
    JSON.stringify({ format: 1, batch, job, chunk, first, end, blocks, failed, bytes, sha256: hashes }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  return Buffer.concat([length, header, rows, tallies])
}

/**
 * Reads a part back and checks that it is the one asked for and every byte is what was sent. Whether its numbers belong
 * together is another question: see `partProblem`.
 *
 * @throws Refusal that says what is wrong
 */
export function decodeFrame(frame: Uint8Array, { batch, job, plan, chunk }: Omit<Task, 'format'>): Part {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  const length = bytes.length >= 4 ? bytes.readUInt32LE(0) : Number.POSITIVE_INFINITY
  if (4 + length > bytes.length) throw new Refusal('it is cut short')
  let written: unknown
  try {
    written = JSON.parse(bytes.subarray(4, 4 + length).toString('utf8'))
  } catch {
    throw new Refusal('its header is not JSON')
  }
  const { data: header, error } = partHeader.safeParse(written)
  if (!header) throw new Refusal(`its header is wrong at ${error.issues[0]!.path.join('.') || 'the top'}`)
  if (header.batch !== batch || header.job !== job) throw new Refusal('it belongs to another batch')
  const [first, end] = chunkRange(plan, chunk)
  if (header.chunk !== chunk || header.first !== first || header.end !== end) throw new Refusal('it holds other runs')
  const from = 4 + length
  if (from + header.bytes.rows + header.bytes.tallies !== bytes.length) throw new Refusal('it has another length')
  const rows = new Uint8Array(bytes.subarray(from, from + header.bytes.rows))
  const tallies = new Uint8Array(bytes.subarray(from + header.bytes.rows))
  if (sha256(rows) !== header.sha256.rows || sha256(tallies) !== header.sha256.tallies)
    throw new Refusal('it does not match its checksums')
  return { chunk, first, end, rows, tallies, blocks: header.blocks, failed: header.failed }
}
