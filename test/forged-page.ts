/**
 * The rows of a part whose first column says in 20 bytes that one number follows a thousand million times, as a
 * dictionary may: whoever reads what it says fills as many places, and ends with the process.
 */
export function forgedPage(rows: Uint8Array): Buffer {
  const count = 1e9
  const numbers = [1, ...varint(2 * count), 0]
  const size = varint(2 * numbers.length)
  // Thrift: a data page with its sizes, and the number, encoding and levels of its values.
  const header = [
    0x15,
    0,
    0x15,
    ...size,
    0x15,
    ...size,
    0x2c,
    0x15,
    ...varint(2 * count),
    0x15,
    16,
    0x15,
    6,
    0x15,
    6,
    0,
    0,
  ]
  const forged = Buffer.from(rows)
  forged.set([...header, ...numbers], 4)
  return forged
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))]
}
