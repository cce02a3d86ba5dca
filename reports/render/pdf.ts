import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { exitCode, UserError } from '../../sim/core/errors.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'chrome.exe']
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Longest time that a page may take, in milliseconds. */
const timeoutMs = 120_000

/**
 * The browser that prints: what CHROMIUM names, or one of that family on the PATH.
 *
 * @throws UserError (69) where there is none
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const { CHROMIUM, PATH = '' } = environment
  const folders = PATH.split(delimiter).filter(folder => folder !== '')
  const places = CHROMIUM ? [CHROMIUM] : [...folders.flatMap(folder => names.map(name => join(folder, name))), ...usual]
  const found = places.find(isProgram)
  if (found !== undefined) return found
  throw new UserError(
    exitCode.unavailable,
    CHROMIUM
      ? `CHROMIUM: expected the path of a browser, got ${JSON.stringify(CHROMIUM)}`
      : 'PDF needs Chromium, which is not on the PATH; install it (Debian: apt-get install chromium), set CHROMIUM to the path of Chromium or Chrome, or print the HTML report from any browser',
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Prints a page from the disk as PDF, in a browser of its own that has no network and keeps nothing.
 *
 * @throws UserError (69) where the browser fails
 */
export async function printPdf(page: string, pdf: string): Promise<void> {
  const program = findChromium()
  const profile = await mkdtemp(join(tmpdir(), 'multivector-print-'))
  const flags = [
    '--headless',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    // Chromium cannot build its sandbox for root, as in most containers. The page is our own, with a strict policy.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`,
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    '--virtual-time-budget=20000',
    `--print-to-pdf=${pdf}`,
    pathToFileURL(page).href,
  ]
  try {
    const { code, said } = await run(program, flags)
    const size = await stat(pdf).then(
      found => found.size,
      () => 0,
    )
    if (code === 0 && size > 0) return
    throw new UserError(
      exitCode.unavailable,
      `${program}: expected a PDF, got ${code === null ? `none in ${timeoutMs / 1000} s` : `exit code ${code}`}${said}; print the HTML report from a browser instead`,
    )
  } finally {
    // What the browser leaves in the folder for temporary files is no reason to lose the PDF.
    await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
  }
}

function run(program: string, flags: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    let words = ''
    child.stderr.on('data', piece => {
      words = (words + piece).slice(-2000)
    })
    child.on('error', error => reject(new UserError(exitCode.unavailable, `${program}: ${error.message}`)))
    child.on('close', code => {
      const last = words.trim().split('\n').at(-1) ?? ''
      resolve({ code, said: last === '' ? '' : ` (${last.slice(0, 200)})` })
    })
  })
}
