import { exitCode, UserError } from '../core/errors.ts'
import type { Place } from './tree.ts'

/** Something wrong with a scenario, where it is, what was expected and what to do. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** Stable name of the kind of problem, kebab-case. */
  readonly code: string
  readonly message: string
  readonly help?: string
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** The part of the line that is shown, and where the carets stand under it. */
  readonly excerpt: { readonly text: string; readonly from: number; readonly length: number }
}

/** A scenario that cannot be used. The message lists the first problems. */
export class ScenarioError extends UserError {
  override readonly name = 'ScenarioError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(exitCode.badData, formatProblems(problems))
    this.problems = problems
  }
}

const shown = 20
const excerptWidth = 120

/** The first problems with their lines, then how many were left out and where they are. */
export function formatProblems(problems: readonly Problem[], limit: number = shown): string {
  const blocks = problems.slice(0, limit).map(formatProblem)
  if (problems.length > limit)
    blocks.push(`and ${problems.length - limit} more; \`check --all\` lists all ${problems.length}`)
  return blocks.join('\n')
}

export function formatProblem({ severity, code, message, help, file, line, column, excerpt }: Problem): string {
  const gutter = String(line).padStart(4)
  const pad = excerpt.text.slice(0, excerpt.from).replace(/[^\t]/g, ' ')
  const lines = [
    `${file}:${line}:${column}: ${severity}[${code}]: ${message}`,
    `${gutter} | ${excerpt.text}`.trimEnd(),
    `${' '.repeat(gutter.length)} | ${pad}${'^'.repeat(excerpt.length)}`,
  ]
  if (help !== undefined) lines.push(`  help: ${help}`)
  return lines.join('\n')
}

/** Characters that would move the cursor, hide text or turn its direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g
const visible = (text: string) => text.replace(unprintable, '?').replace(/\p{Surrogate}/gu, '?')

/** A value as it is quoted in a message: short, on one line, harmless to a terminal. */
export function quoted(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'a map'
  if (typeof value !== 'string') return String(value)
  const short = value.length > 60 ? `${value.slice(0, 57)}…` : value
  return visible(JSON.stringify(short))
}

/** Collects problems of one scenario; knows the texts of its files. */
export class ProblemList {
  readonly problems: Problem[] = []
  private readonly places = new Set<string>()
  private readonly texts: Map<string, { text: string; lines: number[] }>

  /** @param known - a list whose texts this one shares, for problems that are judged apart and then taken over */
  constructor(known?: ProblemList) {
    this.texts = known?.texts ?? new Map()
  }

  /** Takes over the problems of another list that neither this one nor `but` has. */
  take(other: ProblemList, but?: ProblemList): void {
    const mark = (p: Problem) => `${p.file}\0${p.line}\0${p.column}\0${p.code}\0${p.message}`
    const seen = new Set([...this.problems, ...(but?.problems ?? [])].map(mark))
    this.problems.push(...other.problems.filter(problem => !seen.has(mark(problem))))
  }

  addText(file: string, text: string): void {
    const lines = [0]
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.push(end + 1)
    this.texts.set(file, { text, lines })
  }

  error(place: Place, code: string, message: string, help?: string): void {
    this.add('error', place, code, message, help)
  }

  warning(place: Place, code: string, message: string, help?: string): void {
    this.add('warning', place, code, message, help)
  }

  /**
   * Whether a place stands in a file that extends, at once or through others, the file of another place. Files are added
   * as they are followed, so what extends comes before what is extended.
   */
  overrides(place: Place, other: Place): boolean {
    const order = [...this.texts.keys()]
    return order.indexOf(place.file) < order.indexOf(other.file)
  }

  /** Whether an error already points exactly here, so that a second one would only repeat it. */
  has(place: Place): boolean {
    return this.places.has(`${place.file}\0${place.start}`)
  }

  /** Whether so many problems are known that nobody will read the help of one more. */
  get crowded(): boolean {
    return this.problems.length >= 200
  }

  get failed(): boolean {
    return this.problems.some(p => p.severity === 'error')
  }

  /** Errors before warnings, each in the order of files and lines. */
  sorted(): Problem[] {
    const order = [...this.texts.keys()]
    const rank = (p: Problem) => (p.severity === 'error' ? 0 : 1)
    return [...this.problems].sort(
      (a, b) =>
        rank(a) - rank(b) ||
        order.indexOf(a.file) - order.indexOf(b.file) ||
        a.line - b.line ||
        a.column - b.column ||
        (a.code < b.code ? -1 : 1),
    )
  }

  /** The line a place begins in, from 1. */
  lineOf({ file, start }: Place): number {
    const lines = this.texts.get(file)?.lines ?? [0]
    let low = 0
    let high = lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (lines[middle]! <= start) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  private add(severity: Problem['severity'], place: Place, code: string, message: string, help?: string): void {
    const { text, lines } = this.texts.get(place.file) ?? { text: '', lines: [0] }
    const low = this.lineOf(place) - 1
    const start = lines[low]!
    const end = lines[low + 1] ?? text.length + 1
    const offset = place.start - start
    const from = Math.max(0, Math.min(offset - 60, end - start - excerptWidth))
    const whole = text.slice(start, end - 1).replace(/\r$/, '')
    const excerpt = whole.slice(from, from + excerptWidth)
    const length = Math.max(1, Math.min(place.end, start + whole.length) - place.start)
    if (severity === 'error') this.places.add(`${place.file}\0${place.start}`)
    this.problems.push({
      severity,
      code,
      message: visible(message),
      ...(help === undefined ? {} : { help: visible(help) }),
      file: place.file,
      line: low + 1,
      column: offset + 1,
      excerpt: {
        text: visible(excerpt),
        from: offset - from,
        length: Math.max(1, Math.min(length, excerptWidth - (offset - from))),
      },
    })
  }
}
