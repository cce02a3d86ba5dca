import { createReadStream } from 'node:fs'
import type { Argv, CommandModule } from 'yargs'
import type { AnalysisDocument } from '../analysis/analysis-document.ts'
import { tableReader } from '../analysis/csv.ts'
import { parseThreshold } from '../analysis/discovery/cases.ts'
import { withDesign } from '../analysis/sensitivity/rows.ts'
import { needRows, type Table, type TableRequest } from '../analysis/table.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { ioError } from '../store/durable.ts'
import { reportFolder } from '../store/inside.ts'
import { isDirectory } from '../store/plain-file.ts'
import { type Analysis, analyses, type Method } from './analysis-method.ts'
import { analysisText } from './analysis-text.ts'
import { batchTable, openForAnalysis, replicatedTable } from './batch-table.ts'
import { count, seedText } from './options.ts'
import {
  pageCommand,
  pageOption,
  pagePath,
  quantityWords,
  scenarioContext,
  tableContext,
  writePage,
} from './page-file.ts'
import { printErr, printJson, printOut } from './print.ts'

interface AnalyseArguments {
  table: string
  method: Method
  inputs?: string | undefined
  outcome?: string | undefined
  categorical?: string | undefined
  threshold?: string | undefined
  design?: string | undefined
  boxes: number
  density?: string | undefined
  seed: string
  page?: string | undefined
  json: boolean
  quiet: boolean
}

export const analyseCommand: CommandModule<object, AnalyseArguments> = {
  command: 'analyse <table>',
  aliases: ['analyze'],
  describe: 'find what drives an outcome, and under which conditions it appears, in a batch or any CSV table',
  builder: (yargs: Argv) =>
    yargs
      .positional('table', { type: 'string', demandOption: true, describe: 'CSV table, or batch directory' })
      .option('method', {
        choices: Object.keys(analyses) as Method[],
        demandOption: true,
        describe:
          'prim, cart: conditions; sobol, morris, delta, rank: sensitivity; variance: chance or ignorance, of a batch with replications',
      })
      .option('inputs', {
        type: 'string',
        describe: 'columns or parameters, separated by commas [all but the outcome]',
      })
      .option('outcome', {
        type: 'string',
        describe: 'column; of a batch an index, class=<outcome>, <actor>_class=<outcome> or <actor>_gap',
      })
      .option('categorical', { type: 'string', describe: 'inputs whose cells are texts, separated by commas' })
      .option('threshold', {
        type: 'string',
        describe: 'cases of interest for prim and cart: a number they reach, or with >, >=, <, <= before it',
      })
      .option('design', { type: 'string', describe: 'CSV that `design` wrote, for sobol and morris on a table' })
      .option('density', {
        type: 'string',
        describe: 'share of cases a box of prim should reach, such as 0.8 [pure and large at once]',
      })
      .option('boxes', {
        type: 'string',
        coerce: count('boxes', 1, 20),
        default: '3',
        describe: 'boxes of prim, at most',
      })
      .option('seed', { type: 'string', coerce: seedText, default: '1', describe: 'of resampling and held-out rows' })
      .option('page', pageOption)
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 analyse table.csv --inputs a,b --outcome y --method prim --threshold 0.5', 'conditions of y ≥ 0.5')
      .example(
        '$0 analyse batches/study --outcome class=duality --method delta',
        'which inputs matter for duality',
      ) as unknown as Argv<AnalyseArguments>,
  handler: async args => {
    const result = await analyse(args)
    const page = args.page === undefined ? undefined : await writeAnalysisPage(result, args, args.page)
    if (args.json) printJson(result)
    else printOut(analysisText(result))
    if (page !== undefined) (args.json ? printErr : printOut)(`Page    ${page}`)
  },
}

/** Writes the page of an analysis, of a batch into its report. @returns its path */
async function writeAnalysisPage(result: AnalysisDocument, args: AnalyseArguments, asked: string): Promise<string> {
  const { analysisReport } = await import('../../reports/analysis/analysis-report.ts')
  const { outcome, method } = result
  const command = pageCommand()
  const seed = { term: 'Seed of resampling and held-out rows', line: args.seed }
  if (!(await isDirectory(args.table))) {
    const rows = { term: 'Table', line: args.table }
    const context = tableContext(args.table, { outcome, command, provenance: [rows, seed] })
    return writePage(analysisReport(result, context), pagePath(asked, ['analysis', outcome, method]))
  }
  const { manifest, scenario } = await openForAnalysis(args.table)
  const { document } = scenario
  const { design, runs, seed: drawn } = manifest.plan
  const provenance = [
    { term: 'Batch', line: [{ code: manifest.batch }] },
    { term: 'Scenario SHA-256', line: [{ code: manifest.scenario.sha256 }] },
    { term: 'Design, runs, seed', line: `${design}, ${runs}, ${drawn}` },
    seed,
  ]
  const context = scenarioContext(document, { outcome: quantityWords(outcome, document), command, provenance })
  const folder = asked === '' ? await reportFolder(args.table) : undefined
  return writePage(analysisReport(result, context), pagePath(asked, ['analysis', outcome, method], folder))
}

async function analyse(args: AnalyseArguments): Promise<AnalysisDocument> {
  const { method, inputs, threshold, boxes, density, seed } = args
  const { table, replications } = await rowsOf(args)
  const { rows, run }: Analysis = analyses[method]
  if (rows !== 'points') needRows(method, table.rows, 2)
  return run(table, {
    seed,
    replications,
    named: inputs !== undefined,
    threshold: threshold === undefined ? undefined : parseThreshold(threshold),
    boxes,
    density: shareOf(density),
  })
}

/** A share as it is written. @throws UserError for anything but a number above 0, at most 1 */
function shareOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const share = Number(text)
  if (share > 0 && share <= 1) return share
  throw new UserError(exitCode.usage, `--density: expected a share above 0, at most 1, got ${JSON.stringify(text)}`)
}

const list = (text: string | undefined) => text?.split(',').map(name => name.trim())

/** The rows a call asks for: of a batch directory, or of a CSV file with the design that made it. */
async function rowsOf(args: AnalyseArguments): Promise<{ table: Table; replications: number }> {
  const { table: path, method, outcome, design } = args
  const { rows } = analyses[method]
  const request: TableRequest = { inputs: list(args.inputs), outcome, categorical: list(args.categorical) }
  const alone = (table: Table) => ({ table, replications: 1 })
  if (await isDirectory(path))
    return rows === 'points'
      ? replicatedTable(path, { inputs: [], outcome })
      : alone(await batchTable(path, request, rows === 'design'))
  if (rows === 'points')
    throw new UserError(exitCode.usage, `--method ${method}: expected a batch with replications, got ${path}`)
  if (outcome === undefined) throw new UserError(exitCode.usage, '--outcome: expected the column to explain, got none')
  if (design === undefined || rows !== 'design') return alone(await readTableFile(path, request))
  const points = await readTableFile(design, { inputs: request.inputs })
  const names = points.inputs.map(({ name }) => name)
  // A table may hold the outcome alone.
  return alone(withDesign(await readTableFile(path, { inputs: names, ifPresent: true, outcome }), points))
}

/** The columns asked for, of a file that is read piece by piece. */
async function readTableFile(path: string, request: TableRequest): Promise<Table> {
  const reader = tableReader(path, request)
  try {
    for await (const piece of createReadStream(path, 'utf8')) reader.push(piece as string)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UserError(exitCode.noInput, `${path}: no such file`)
    throw ioError(path, error as NodeJS.ErrnoException)
  }
  return reader.end()
}
