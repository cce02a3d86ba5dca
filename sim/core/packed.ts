type Column = Float64Array | Int32Array | Uint8Array

/** Far more than an engine needs: what it works on lies in one or two pieces of this size, in bytes. */
const pieceBytes = 1 << 18

let piece = new ArrayBuffer(0)
let used = 0

/**
 * A copy of a column, in memory directly behind the one packed last. Columns that work together are packed one after the
 * other: wherever else the allocator of a thread puts them, a run takes about a twentieth longer. Do not post one to
 * another thread: all of its piece goes with it.
 *
 * @param column - any length
 */
export function packed<C extends Column>(column: C): C {
  const bytes = Math.ceil(column.byteLength / 8) * 8
  if (used + bytes > piece.byteLength) {
    piece = new ArrayBuffer(Math.max(pieceBytes, bytes))
    used = 0
  }
  const Kind = column.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => C
  const copy = new Kind(piece, used, column.length)
  copy.set(column)
  used += bytes
  return copy
}

/** A packed column of zeros, [length]. */
export function packedFloats(length: number): Float64Array {
  return packed(new Float64Array(length))
}
