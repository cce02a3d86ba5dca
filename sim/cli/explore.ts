import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import type { StartScenario } from '../../reports/explorer-file.ts'
import { loadScenarioFile } from '../scenario-files.ts'
import { io, writeDurably } from '../store/durable.ts'
import { printErr, printJson, printOut } from './print.ts'

interface ExploreArguments {
  scenario?: string | undefined
  out: string
  open: boolean
  json: boolean
  quiet: boolean
}

export const exploreCommand: CommandModule<object, ExploreArguments> = {
  command: 'explore [scenario]',
  describe: 'the interactive page: move levers and see what changes; one file, works offline',
  builder: (yargs: Argv) =>
    yargs
      .positional('scenario', { type: 'string', describe: 'scenario file to open it with [the main scenario]' })
      .option('out', { type: 'string', default: 'explorer.html', describe: 'file to write' })
      .option('open', { type: 'boolean', default: true, describe: 'open it in the browser; --no-open does not' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON document on stdout' })
      .option('quiet', { type: 'boolean', default: false, describe: 'print no notes' })
      .example('$0 explore', 'explore the main scenario')
      .example(
        '$0 explore my.yaml --no-open --out my.html',
        'write a page that opens with my.yaml',
      ) as unknown as Argv<ExploreArguments>,
  handler: async ({ scenario, out, open, json, quiet }) => {
    const start = scenario === undefined ? undefined : await startScenario(scenario)
    // Loaded here, so that other commands do not wait for it.
    const { explorerFile } = await import('../../reports/explorer-file.ts')
    const page = await explorerFile(start)
    const path = resolve(out)
    await io(dirname(path), () => writeDurably(path, page))
    if (json) printJson({ page: path, bytes: Buffer.byteLength(page), scenario: scenario ?? null })
    else printOut(path)
    if (open && !opened(path) && !quiet) printErr('no display to open it on; open the file in a browser')
  },
}

/** The texts of a scenario and of what it extends, by their paths below the folder that all of them lie in. */
async function startScenario(path: string): Promise<StartScenario> {
  const files = (await loadScenarioFile(path)).files.map(file => resolve(file))
  let folder = dirname(files[0]!)
  while (!files.every(file => file.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder)
  const texts = await Promise.all(
    files.map(async file => [relative(folder, file).replaceAll(sep, '/'), await readFile(file, 'utf8')] as const),
  )
  return { name: texts.at(-1)![0], files: Object.fromEntries(texts) }
}

/** Opens a file with what the system has for it. @returns whether there was anything to open it with */
function opened(path: string): boolean {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false
  const [command, ...words] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  const child = spawn(command!, [...words, path], { stdio: 'ignore', detached: true })
  child.on('error', () => printErr(`${command}: cannot be started; open the file in a browser`))
  child.unref()
  return true
}
