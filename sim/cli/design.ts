import type { Argv, CommandModule } from 'yargs'
import { counted } from '../core/counted.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { createDesign, type Design, type DesignInput } from '../design/design.ts'
import { designNames } from '../design/plan.ts'
import { compileScenario } from '../scenario/compile.ts'
import { readInputSpace } from '../scenario/input-space.ts'
import { suggest } from '../scenario/suggestion.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { io, ioError, writeDurably } from '../store/durable.ts'
import { readPlainFile } from '../store/plain-file.ts'
import { count, seedText } from './options.ts'
import { printErr, printJson } from './print.ts'

const methods = designNames.filter(name => name !== 'points')

interface DesignArguments {
  scenario: string
  method: (typeof methods)[number]
  runs: number
  seed: string
  inputs?: string | undefined
  out?: string | undefined
  json: boolean
  quiet: boolean
}

export const designCommand: CommandModule<object, DesignArguments> = {
  command: 'design <scenario>',
  describe: 'write the points of a design as CSV, for a model here or elsewhere',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', {
        type: 'string',
        demandOption: true,
        describe: 'scenario file, or a file with `inputs: { name: [low, high] }` (YAML)',
      })
      .option('method', { choices: methods, default: 'latin-hypercube', describe: 'how points are spread' })
      .option('runs', { type: 'string', coerce: count('runs', 1, 1e8), default: '1000', describe: 'rows, at most' })
      .option('seed', {
        type: 'string',
        coerce: seedText,
        default: '20251010',
        describe: 'decimal integer below 2^53, or any text',
      })
      .option('inputs', { type: 'string', describe: 'names to vary, separated by commas [all]' })
      .option('out', { type: 'string', describe: 'CSV file [stdout]' })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'print one JSON document about the design on stdout',
      })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example(
        '$0 design inputs.yaml --method saltelli --runs 5000 --out points.csv',
        'points for Sobol’ indices',
      ) as unknown as Argv<DesignArguments>,
  handler: async args => {
    const { method, seed } = args
    if (args.json && args.out === undefined)
      throw new UserError(exitCode.usage, '--json: expected --out too, since the points go to stdout without it')
    const inputs = chosen(await inputsOf(args.scenario), args.inputs)
    const { block, fill } = createDesign(inputs, { design: method, runs: args.runs, seed })
    // Whole blocks only: a part of one says nothing about any input.
    const rows = block > 1 ? Math.floor(args.runs / block) * block : args.runs
    const { json, quiet, out } = args
    const pieces = table(inputs, rows, fill)
    if (out === undefined) for (const piece of pieces) process.stdout.write(piece)
    else await io(out, () => writeDurably(out, pieces))
    if (json)
      printJson({ method, seed, rows, block, blocks: rows / block, inputs: inputs.map(({ name }) => name), out })
    else if (!quiet)
      printErr(
        `${counted(rows, 'point')} of ${counted(inputs.length, 'input')}, ${method}, seed ${seed}${blockNote(block, rows)}`,
      )
  },
}

function blockNote(block: number, rows: number): string {
  return block > 1 ? `: ${rows / block} blocks of ${block}; keep the order of rows for \`analyse --design\`` : ''
}

/** The points as CSV, a megabyte at a time. */
function* table(inputs: readonly DesignInput[], rows: number, fill: Design['fill']): Generator<string> {
  let text = `${inputs.map(({ name }) => name).join(',')}\n`
  const values = new Float64Array(inputs.length)
  for (let row = 0; row < rows; row++) {
    fill(row, values)
    text += `${values.join(',')}\n`
    if (text.length < 1 << 20) continue
    yield text
    text = ''
  }
  yield text
}

/** What a scenario or a plain table of inputs samples. */
async function inputsOf(path: string): Promise<readonly DesignInput[]> {
  const bytes = await readPlainFile(path, 1 << 20).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(exitCode.noInput, `${path}: no such file`)
    throw error instanceof UserError ? error : ioError(path, error)
  })
  const text = bytes.toString('utf8')
  const space = readInputSpace(path, text)
  if (space) return space
  const { uncertainties } = compileScenario((await loadScenarioFile(path)).document)
  if (uncertainties.length === 0)
    throw new UserError(exitCode.badData, `${path}: expected uncertainties or levers with a range, got none to vary`)
  return uncertainties
}

function chosen(inputs: readonly DesignInput[], names: string | undefined): readonly DesignInput[] {
  if (names === undefined) return inputs
  return names.split(',').map(name => {
    const input = inputs.find(candidate => candidate.name === name)
    if (input) return input
    const help = suggest(
      name,
      inputs.map(candidate => candidate.name),
      'inputs',
    )
    throw new UserError(
      exitCode.usage,
      `--inputs: expected an input with a range, got ${JSON.stringify(name)}; ${help}`,
    )
  })
}
