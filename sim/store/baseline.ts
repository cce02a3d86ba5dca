import { exitCode, UserError } from '../core/errors.ts'
import type { Plan } from '../design/plan.ts'
import { io, writeDurably } from './durable.ts'
import { readPlainFile } from './plain-file.ts'
import { baselineShape, firstWrong } from './record-schema.ts'
import { sealed, unsealed } from './seal.ts'

/**
 * What is kept of a batch to compare later ones with: small enough to commit, the same bytes whenever the same batch is
 * recorded, and without a clock.
 */
export interface Baseline {
  readonly baseline: 1
  readonly scenario: { readonly id: string; readonly title: string; readonly sha256: string }
  readonly plan: Pick<Plan, 'design' | 'runs' | 'seed'>
  readonly engine: string
  readonly model: string
  readonly batch: string
  readonly digest: string
  /** Runs that reached the horizon, and those that did not. */
  readonly runs: number
  readonly failed: number
  /** For each share how many of the runs count. */
  readonly counts: Readonly<Record<string, number>>
  /** For each index its mean over the runs and the variance of single runs. */
  readonly means: Readonly<Record<string, readonly [mean: number, variance: number]>>
}

/** A recorded baseline is some 10 kB. */
const mostBytes = 1 << 20

/** Writes a baseline, one quantity a line, so that a changed one reads well in a diff. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  // Line ends do not occur inside the texts of JSON, so that only lists of numbers are drawn together.
  const text = sealed(baseline, 1).replace(/\[\n\s+([^\s\]]+)\n\s+([^\s\]]+)\n\s+\]/g, '[$1 $2]')
  await io(path, () => writeDurably(path, `${text}\n`))
}

/** Reads a baseline. A seal shows damage and no bad will, so what it holds is checked too. @throws UserError for a file that is none, is damaged, or is of another format */
export async function readBaseline(path: string): Promise<Baseline> {
  const text = await readText(path)
  const refuse = (what: string) =>
    new UserError(exitCode.badData, `${path}: ${what}; multivector baseline records it again`)
  let value: unknown
  try {
    value = unsealed(text)
  } catch (error) {
    throw refuse(`expected a baseline, but it ${(error as Error).message}`)
  }
  const format = Reflect.get(value as object, 'baseline')
  if (format !== undefined && format !== 1)
    throw new UserError(exitCode.mismatch, `${path}: expected baseline format 1, got ${String(format)}`)
  const { data, error } = baselineShape.safeParse(value)
  if (!data) throw refuse(firstWrong(error))
  return data
}

function readText(path: string): Promise<string> {
  return io(path, async () => {
    const bytes = await readPlainFile(path, mostBytes).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new UserError(exitCode.noInput, `${path}: no such file`)
      if (!(error instanceof UserError)) throw error
      throw new UserError(exitCode.badData, `${path}: expected a baseline, a file of at most 1 MiB`)
    })
    return bytes.toString('utf8')
  })
}
