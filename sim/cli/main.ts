#!/usr/bin/env node
import { exitCode } from '../core/errors.ts'
import { fail } from './failure.ts'
import { masked, printErr } from './print.ts'

// A reader that closes the pipe early, such as head, is no error, nor is a terminal that is gone: the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || (error.code === 'EIO' && stream.isTTY)) return
    process.exitCode = exitCode.io
    if (stream === process.stdout) printErr(`stdout: ${error.message}`)
  })
}
/** Asked of the words themselves, since also those that no command takes get their answer in JSON. */
const json = process.argv.slice(2).some(word => word === '--json' || word === '--json=true')
process.on('uncaughtException', error => {
  fail(error, json)
  process.exit()
})

// A password on the command line is what other users of the machine see of it: from here on they see the name only.
if (process.argv.some(word => masked(word) !== word)) process.title = 'multivector'

try {
  // Loaded here, since that can fail as well: yargs asks for the working folder, which may be gone.
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine(process.argv.slice(2))
} catch (error) {
  fail(error, json)
}
