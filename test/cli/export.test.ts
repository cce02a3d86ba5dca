import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTable } from '../../sim/analysis/csv.ts'
import { csvRow } from '../../sim/analysis/csv-text.ts'
import { single } from '../../sim/cli/export-csv.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import { rowLayout } from '../../sim/store/columns.ts'
import { readColumns, storedChunks } from '../../sim/store/parts.ts'
import { hostile } from '../reports/reported.ts'
import { shippedDocument, shippedScenario } from '../world.ts'
import { multivector } from './command.ts'

const runs = 450
let folder: string
let stored: Record<string, number>[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-export-'))
  const document = hostile(await shippedDocument('cis-plus-2030'))
  const request = { id: 'hostile', document, directory: join(folder, 'batch'), executor: serialExecutor(), runs }
  const { batch } = await runBatch(request)
  stored = []
  for (const chunk of await storedChunks(batch))
    stored.push(
      ...(await readColumns(
        batch,
        chunk,
        batch.layout.columns.map(({ name }) => name),
      )),
    )
  for (const format of ['csv', 'parquet']) {
    const { code, stderr } = await multivector(['export', 'batch', '--format', format, '--out', format], folder)
    expect([code, stderr]).toEqual([0, ''])
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const text = (name: string) => readFile(join(folder, name), 'utf8')

describe('a row of CSV', () => {
  test('keeps numbers as numbers and makes texts harmless that a spreadsheet would compute', () => {
    expect(csvRow([-0.5, 1e-9, 0, Number.NaN, undefined, ''])).toBe('-0.5,1e-9,0,,,\r\n')
    for (const start of ['=', '+', '-', '@', '\t=', '\r=', ' =', '＝', '\u202e=', '\u0000@'])
      expect(csvRow([`${start}cmd|'/c calc'!A1`]), JSON.stringify(start)).toMatch(/^"?'/)
    expect(csvRow(['a,b', 'say "x"', ' a', 'one\r\ntwo'])).toBe('"a,b","say ""x"""," a",one two\r\n')
  })
})

describe('the command export', () => {
  test('writes one row a run as CSV, each number as it is stored, codes by name', async () => {
    const csv = await text('csv/runs.csv')
    const lines = csv.split('\r\n')
    const names = lines[0]!.split(',')
    expect(lines).toHaveLength(runs + 2)
    expect(names).toEqual(Object.keys(stored[0]!))
    const categorical = names.filter(name => name === 'status' || name.endsWith('outcome'))
    const { inputs } = readTable('runs.csv', csv, { categorical })
    for (const { name, values, categories } of inputs) {
      const expected = stored.map(row => row[name]!)
      if (categories) expect(new Set(categories).size, name).toBe(new Set(expected).size)
      else
        expect([...values].map(name.endsWith('_ID') || name.endsWith('_OP') ? Math.fround : Number), name).toEqual(
          expected,
        )
    }
    const outcome = inputs.find(({ name }) => name === 'outcome')!
    expect(outcome.categories).toContain('status_quo')
  })

  test('writes all runs into one Parquet file, equal to the parts, that carries its dictionary', async () => {
    const bytes = await readFile(join(folder, 'parquet/runs.parquet'))
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    expect(await parquetReadObjects({ file })).toEqual(stored)
    const [about] = parquetMetadata(file).key_value_metadata!
    const { columns } = JSON.parse(about!.value!) as { columns: { name: string }[] }
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(stored[0]!))
  })

  test('writes the findings with full precision, a cell for every column, and no formula', async () => {
    const tables = (await readdir(join(folder, 'csv'))).filter(name => name.endsWith('.csv'))
    expect(tables).toHaveLength(9)
    for (const name of tables) {
      const csv = await text(`csv/${name}`)
      const texts = csv.slice(0, csv.indexOf('\r\n')).split(',')
      const { rows } = readTable(name, csv, { categorical: texts })
      expect(rows, name).toBeGreaterThan(4)
      expect(csv, name).not.toMatch(/(^|[,\n])"?[=+@]|[\u202e\u2066]/)
    }
    const { inputs } = readTable('outcomes.csv', await text('csv/outcomes.csv'), { categorical: ['outcome'] })
    const share = inputs.find(({ name }) => name === 'share')!.values
    expect(share.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
  })

  test('says of every column of every file what it means, in what unit and range', async () => {
    const { files } = JSON.parse(await text('csv/columns.json')) as {
      files: Record<string, { name: string; unit: string; meaning: string; range?: [number | null, number | null] }[]>
    }
    const markdown = await text('csv/columns.md')
    for (const name of (await readdir(join(folder, 'csv'))).filter(file => file.endsWith('.csv'))) {
      const header = (await text(`csv/${name}`)).split('\r\n')[0]!.split(',')
      const described = files[name.replace('.csv', '')]!
      expect(
        described.map(column => column.name),
        name,
      ).toEqual(header)
      for (const column of described) {
        expect(column.unit.length, column.name).toBeGreaterThan(2)
        expect(column.meaning.length, column.name).toBeGreaterThan(4)
        expect(markdown).toContain(`| \`${column.name}\` |`)
      }
    }
    for (const { name, range } of files.runs!) {
      const values = stored.map(row => row[name]!)
      const [low, high] = range!
      expect(Math.min(...values), name).toBeGreaterThanOrEqual(low ?? Number.NEGATIVE_INFINITY)
      expect(Math.max(...values), name).toBeLessThanOrEqual(high ?? Number.POSITIVE_INFINITY)
    }
  })

  test('begins with a byte order mark when asked, and writes into the batch where no folder is named', async () => {
    const { code, stdout } = await multivector(['export', 'batch', '--bom', '--json'], folder)
    expect(code).toBe(0)
    const { files, ...counts } = JSON.parse(stdout) as { files: string[]; runs: number }
    expect(counts).toEqual({ runs, planned: runs, columns: Object.keys(stored[0]!).length })
    expect(files[0]).toBe(join(folder, 'batch/report/tables/runs.csv'))
    expect((await readFile(files[0]!)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  })

  test('exports what is there of an unfinished batch and says with exit code 1 what is missing', async () => {
    await rm(join(folder, 'batch/parts/000001'), { recursive: true })
    const { code, stderr } = await multivector(['export', 'batch', '--out', 'part'], folder)
    expect([code, stderr]).toEqual([1, '250 of 450 runs are stored; the others are missing\n'])
    expect((await text('part/runs.csv')).split('\r\n')).toHaveLength(252)
  })
})

describe('a number of 32 bits', () => {
  test('is written with the fewest digits that give it back', () => {
    expect(single(Math.fround(0.3))).toBe(0.3)
    for (let n = 1; n < 2000; n++) {
      const value = Math.fround(Math.sin(n) * 10 ** ((n % 9) - 6))
      expect(Math.fround(single(value))).toBe(value)
    }
  })
})

describe('the dictionary', () => {
  test('has a name once only, in every shipped world', async () => {
    for (const id of ['cis-plus-2030', 'baseline']) {
      const names = rowLayout(await shippedScenario(id)).columns.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
  })
})
