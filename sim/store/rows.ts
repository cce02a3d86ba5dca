import { parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Layout } from './columns.ts'

/** How the numbers of a column lie in a file: little-endian, one after the other. */
const kinds = {
  int32: { type: 'INT32', Numbers: Int32Array },
  float: { type: 'FLOAT', Numbers: Float32Array },
  double: { type: 'DOUBLE', Numbers: Float64Array },
} as const

/** Columns of a Parquet file in which every number is zero. */
export function emptyColumns({ columns }: Layout, runs: number) {
  return columns.map(({ name, type: kind }) => {
    const { type, Numbers } = kinds[kind]
    return { name, data: new Numbers(runs), type, nullable: false, encoding: 'PLAIN' as const, offsetIndex: false }
  })
}

/** Rows that are turned into columns, or back, together, so that they stay in the cache meanwhile. */
const turnedRows = 32

/** Rows, [runs, width] row-major, as columns of a Parquet file. */
export function columnsOfRows(rows: Float64Array, runs: number, layout: Layout) {
  const { width } = layout
  const turned = emptyColumns(layout, runs)
  for (let first = 0; first < runs; first += turnedRows) {
    const end = Math.min(runs, first + turnedRows)
    for (let column = 0; column < width; column++) {
      const { data } = turned[column]!
      for (let r = first, n = first * width + column; r < end; r++, n += width) data[r] = rows[n]!
    }
  }
  return turned
}

/**
 * What the files of all parts with these columns and so many runs have in common: every byte but the numbers. A part
 * may come from a stranger, and a reader of Parquet does what a file says: it fills a thousand million places for twenty
 * bytes. So no part is given to one. These bytes are compared, and the numbers taken from where they must be.
 */
interface Form {
  /** Of the whole file, in bytes. */
  readonly length: number
  /** All that is around the numbers, in order. */
  readonly around: readonly { readonly at: number; readonly bytes: Uint8Array }[]
  /** Runs whose numbers lie together, the one after their last, and where the numbers of each column begin. */
  readonly groups: readonly { readonly first: number; readonly end: number; readonly at: readonly number[] }[]
}

const forms = new WeakMap<Layout, Map<number, Form>>()

function formOf(layout: Layout, runs: number): Form {
  const known = forms.get(layout) ?? new Map<number, Form>()
  forms.set(layout, known)
  const form = known.get(runs) ?? makeForm(layout, runs)
  known.set(runs, form)
  return form
}

/** The form as the writer has it. The numbers of a column are the last bytes of what a group of runs has of it. */
function makeForm(layout: Layout, runs: number): Form {
  const columnData = emptyColumns(layout, runs)
  const file = new Uint8Array(
    parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', statistics: false, createdBy: 'multivector' }),
  )
  const around: { at: number; bytes: Uint8Array }[] = []
  let behind = 0
  let first = 0
  const groups = parquetMetadata(file.buffer as ArrayBuffer).row_groups.map(({ num_rows, columns }) => {
    const group = { first, end: first + Number(num_rows) }
    const at = columns.map(({ meta_data }, column) => {
      const end = Number(meta_data!.data_page_offset + meta_data!.total_compressed_size)
      const begin = end - Number(num_rows) * kinds[layout.columns[column]!.type].Numbers.BYTES_PER_ELEMENT
      around.push({ at: behind, bytes: file.slice(behind, begin) })
      behind = end
      return begin
    })
    first = group.end
    return { ...group, at }
  })
  around.push({ at: behind, bytes: file.slice(behind) })
  return { length: file.length, around, groups }
}

/** Checks that a file is laid out as `encodeRows` does it. @throws RangeError that says where it is not */
export function checkForm(bytes: Uint8Array, layout: Layout, runs: number): Form {
  const form = formOf(layout, runs)
  if (bytes.length !== form.length) throw new RangeError(`expected ${form.length} bytes, got ${bytes.length}`)
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const { at, bytes: wanted } of form.around) {
    const end = at + wanted.length
    if (file.compare(wanted, 0, wanted.length, at, end) !== 0)
      throw new RangeError(`bytes ${at} to ${end - 1} are not those that its columns have there`)
  }
  return form
}

/** Puts every `step`th number into a file, one after the other. A loop for each kind: one for all costs five times as much. */
function putNumbers(
  file: DataView,
  place: number,
  kind: keyof typeof kinds,
  numbers: Float64Array,
  first: number,
  end: number,
  step: number,
): void {
  if (kind === 'double') for (let n = first; n < end; n += step, place += 8) file.setFloat64(place, numbers[n]!, true)
  else if (kind === 'float')
    for (let n = first; n < end; n += step, place += 4) file.setFloat32(place, numbers[n]!, true)
  else for (let n = first; n < end; n += step, place += 4) file.setInt32(place, numbers[n]!, true)
}

/** Bytes of the file of so many runs. */
export function fileBytes(layout: Layout, runs: number): number {
  return formOf(layout, runs).length
}

/** Rows, [runs, width] row-major, as an uncompressed Parquet file: what all such files share, and the numbers in it. */
export function encodeRows(rows: Float64Array, runs: number, layout: Layout): Uint8Array {
  const { columns, width } = layout
  const { length, around, groups } = formOf(layout, runs)
  const file = new Uint8Array(length)
  for (const { at, bytes } of around) file.set(bytes, at)
  const view = new DataView(file.buffer)
  for (const { first, end, at } of groups) {
    for (let from = first; from < end; from += turnedRows) {
      const to = Math.min(end, from + turnedRows)
      for (let column = 0; column < width; column++) {
        const { type } = columns[column]!
        const place = at[column]! + (from - first) * kinds[type].Numbers.BYTES_PER_ELEMENT
        putNumbers(view, place, type, rows, from * width + column, to * width, width)
      }
    }
  }
  return file
}

/** The numbers of a column, moved to where an array of its kind may begin. */
function numbersAt({ buffer, byteOffset }: Uint8Array, at: number, count: number, kind: keyof typeof kinds) {
  const { Numbers } = kinds[kind]
  const from = byteOffset + at
  return new Numbers(buffer.slice(from, from + count * Numbers.BYTES_PER_ELEMENT) as ArrayBuffer)
}

/** Reads rows back as numbers, [runs, width] row-major. @throws RangeError for a file of other rows */
export function decodeRows(bytes: Uint8Array, layout: Layout, runs: number): Float64Array {
  const { columns, width } = layout
  const rows = new Float64Array(runs * width)
  for (const { first, end, at } of checkForm(bytes, layout, runs).groups) {
    const turned = columns.map(({ type }, column) => numbersAt(bytes, at[column]!, end - first, type))
    for (let from = first; from < end; from += turnedRows) {
      const to = Math.min(end, from + turnedRows)
      for (let column = 0; column < width; column++) {
        const data = turned[column]!
        for (let r = from, n = from * width + column; r < to; r++, n += width) rows[n] = data[r - first]!
      }
    }
  }
  return rows
}

/** Rows as objects with the columns asked for. @throws RangeError for a file of other rows, or a column it has not */
export function readObjects(
  bytes: Uint8Array,
  layout: Layout,
  columns: readonly string[],
  runs: number,
): Record<string, number>[] {
  const places = columns.map(name => {
    const place = layout.columns.findIndex(column => column.name === name)
    if (place < 0) throw new RangeError(`expected a column ${name}`)
    return place
  })
  return checkForm(bytes, layout, runs).groups.flatMap(({ first, end, at }) => {
    const asked = places.map(place => numbersAt(bytes, at[place]!, end - first, layout.columns[place]!.type))
    return Array.from({ length: end - first }, (_, r) => {
      const row: Record<string, number> = {}
      for (let n = 0; n < columns.length; n++) row[columns[n]!] = asked[n]![r]!
      return row
    })
  })
}
