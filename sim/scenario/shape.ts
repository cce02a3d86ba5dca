import { type ProblemList, quoted } from './problem.ts'
import { type ScenarioDocument, scenarioSchema } from './schema.ts'
import { expectation, inner, keysOf, schemaAt } from './schema-walk.ts'
import { closest, suggest } from './suggestion.ts'
import { keyPlace, type MapTree, nearest, type Path, plain } from './tree.ts'
import type { z } from './zod.ts'

type Issue = z.core.$ZodIssue

/** The document with its defaults, or undefined with a problem for each place that has the wrong shape. */
export function shape(tree: MapTree, problems: ProblemList): ScenarioDocument | undefined {
  return shapeAs(scenarioSchema, 'scenario', tree, problems)
}

/** As `shape`, for any kind of file; `kind` names it in messages. */
export function shapeAs<T extends z.ZodType>(
  schema: T,
  kind: string,
  tree: MapTree,
  problems: ProblemList,
): z.output<T> | undefined {
  const written = plain(tree)
  const result = schema.safeParse(written)
  if (result.success) return result.data
  const report = new Report(schema, kind, tree, written, problems)
  for (const issue of result.error.issues) report.issue(issue, [], schema, [])
  report.missing()
  return undefined
}

class Report {
  private readonly schema: z.ZodType
  private readonly kind: string
  private readonly tree: MapTree
  private readonly written: unknown
  private readonly problems: ProblemList
  /** Keys that are not there, by the map they are missing from. */
  private readonly absent = new Map<string, { path: Path; keys: string[] }>()
  /** Likely meanings of unknown keys, so that they are not reported as missing too. */
  private readonly meant = new Set<string>()

  constructor(schema: z.ZodType, kind: string, tree: MapTree, written: unknown, problems: ProblemList) {
    this.schema = schema
    this.kind = kind
    this.tree = tree
    this.written = written
    this.problems = problems
  }

  /** @param schema - the schema at `prefix`, below which the issue lies */
  issue(issue: Issue, prefix: Path, schema: z.ZodType, schemaPrefix: Path): void {
    const path: Path = [...prefix, ...(issue.path as (string | number)[])]
    const value = valueAt(this.written, path)
    const below = path.slice(schemaPrefix.length)
    const expected = schemaAt(schema, below, valueAt(this.written, schemaPrefix))
    if (issue.code === 'unrecognized_keys') this.unknown(issue.keys, path, expected)
    else if (issue.code === 'invalid_key') this.badKey(issue, path)
    else if (value === undefined && path.length > 0) this.absence(path)
    else if (issue.code === 'invalid_union') this.union(issue, path, value, expected)
    else {
      const place = nearest(this.tree, path)
      if (!this.problems.has(place)) this.problems.error(place, ...describe(issue, this.field(path), value, expected))
    }
  }

  /** One problem for all keys that one map lacks. */
  missing(): void {
    for (const { path, keys } of this.absent.values()) {
      const names = keys.filter(key => !this.meant.has(JSON.stringify([...path, key])))
      if (names.length === 0) continue
      const list = names.map(key => `\`${key}\``).join(', ')
      const place =
        path.length === 0 ? { ...this.tree.place, end: this.tree.place.start + 1 } : keyPlace(this.tree, path)
      const last = path.at(-1)
      const item = `item ${Number(last) + 1} of ${quoted(path.at(-2))}`
      const inside = last === undefined ? `the ${this.kind}` : typeof last === 'number' ? item : quoted(last)
      this.problems.error(
        place,
        'missing-key',
        `expected ${names.length > 1 ? 'the keys' : 'the key'} ${list} in ${inside}, got none`,
      )
    }
  }

  private absence(path: Path): void {
    const parent = path.slice(0, -1)
    const key = JSON.stringify(parent)
    const entry = this.absent.get(key) ?? { path: parent, keys: [] }
    entry.keys.push(String(path.at(-1)))
    this.absent.set(key, entry)
  }

  private unknown(keys: readonly string[], path: Path, schema: z.ZodType | undefined): void {
    const known = keysOf(schema)
    for (const key of keys) {
      const likely = this.problems.crowded ? undefined : closest(key, known)
      if (likely !== undefined) this.meant.add(JSON.stringify([...path, likely]))
      const help = this.problems.crowded ? undefined : suggest(key, known, 'keys')
      this.problems.error(
        keyPlace(this.tree, [...path, key]),
        'unknown-key',
        `expected a known key, got ${quoted(key)}`,
        help,
      )
    }
  }

  private badKey(issue: Extract<Issue, { code: 'invalid_key' }>, path: Path): void {
    const key = String(path.at(-1))
    const [first] = issue.issues
    const place = keyPlace(this.tree, path)
    if (first?.code === 'invalid_value') {
      const words = first.values.map(String)
      const help = suggest(key, words, 'keys')
      this.problems.error(place, 'unknown-key', `expected one of ${words.join(', ')}, got ${quoted(key)}`, help)
    } else this.problems.error(place, 'id-form', `${first?.message ?? 'expected an id'}, got ${quoted(key)}`)
  }

  /** Of several allowed forms, the nearest is taken as meant and its problems are reported. */
  private union(
    issue: Extract<Issue, { code: 'invalid_union' }>,
    path: Path,
    value: unknown,
    schema: z.ZodType | undefined,
  ): void {
    const scores = issue.errors.map(issues => score(issues, value))
    const best = scores.indexOf(Math.min(...scores))
    const form = this.forms(path)?.[best]
    if (form && scores[best]! < otherForm) {
      for (const nested of issue.errors[best]!) this.issue(nested, path, form, path)
      return
    }
    const place = nearest(this.tree, path)
    const field = this.field(path)
    const words = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : undefined
    if (words) this.problems.error(place, ...choice(field, words, value))
    else {
      const message = `expected ${expectation(schema)}, got ${quoted(value)}`
      this.problems.error(place, `${field}-type`, message, typeHelp(value, schema))
    }
  }

  /** The forms allowed at a path, where there are several. */
  private forms(path: Path): z.ZodType[] | undefined {
    const parent = schemaAt(this.schema, path.slice(0, -1), this.written)
    const last = path.at(-1)
    if (parent === undefined || last === undefined) return undefined
    const here = inner(memberOf(parent, last) ?? parent)
    return 'options' in here && Array.isArray(here.options) ? here.options.map(o => inner(o as z.ZodType)) : undefined
  }

  /** The last key on a path that the schema itself names; ids that people choose are not part of a stable code. */
  private field(path: Path): string {
    const names = path.filter((step, i) => {
      if (typeof step !== 'string' || step === 'value') return false
      const parent = schemaAt(this.schema, path.slice(0, i), this.written)
      return parent !== undefined && 'shape' in parent
    })
    return String(names.at(-1) ?? this.kind)
  }
}

type Wording = [code: string, message: string, help?: string | undefined]

function describe(issue: Issue, field: string, value: unknown, schema: z.ZodType | undefined): Wording {
  const expected = expectation(schema)
  const got = quoted(value)
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const percent = typeof value === 'number' && value > 1 && value <= 100 && expected === 'a number from 0 to 1'
    const help = percent ? `write ${Number((value / 100).toPrecision(12))} for ${value} %` : undefined
    return [`${field}-range`, `expected ${expected}, got ${got}`, help]
  }
  if (issue.code === 'invalid_value') return choice(field, issue.values.map(String), value)
  if (issue.code === 'invalid_format' || issue.code === 'custom') {
    return [`${field}-form`, `${issue.message}, got ${got}`, quarterHelp(value, issue.message)]
  }
  return [`${field}-type`, `expected ${expected}, got ${got}`, typeHelp(value, schema)]
}

function choice(field: string, words: readonly string[], value: unknown): Wording {
  const help = typeof value === 'string' ? suggest(value, words, 'words') : undefined
  return [`${field}-choice`, `expected one of ${words.join(', ')}, got ${quoted(value)}`, help]
}

const otherForm = 1000

/** How far a value is from one of several forms: another kind of value, foreign keys, missing keys, other issues. */
function score(issues: readonly Issue[], value: unknown): number {
  const absent = issues.filter(i => i.path.length === 1 && valueAt(value, i.path as Path) === undefined)
  let sum = 0
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      const meant = issue.keys.filter(
        key =>
          closest(
            key,
            absent.map(i => String(i.path[0])),
          ) !== undefined,
      )
      sum += 2 * issue.keys.length - 2 * meant.length
    } else if (issue.path.length === 0 && ['invalid_type', 'invalid_value'].includes(issue.code)) sum += otherForm
    else sum += 1
  }
  return sum
}

function memberOf(schema: z.ZodType, key: string | number): z.ZodType | undefined {
  if ('shape' in schema) return (schema.shape as Record<string, z.ZodType>)[String(key)]
  if ('valueType' in schema) return schema.valueType as z.ZodType
  return 'element' in schema ? (schema.element as z.ZodType) : undefined
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value
  for (const step of path) here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined
  return here
}

function typeHelp(value: unknown, schema: z.ZodType | undefined): string | undefined {
  const wantsNumber = expectation(schema).includes('number')
  if (typeof value === 'string' && wantsNumber) {
    if (/^[-+]?\d+,\d+$/.test(value)) return `write ${value.replace(',', '.')}`
    const percent = /^([-+]?\d+(?:\.\d+)?) ?%$/.exec(value)
    if (percent) return `write ${Number((Number(percent[1]) / 100).toPrecision(12))}`
    if (value.trim() !== '' && Number.isFinite(Number(value))) return `leave the quotes out: ${value.trim()}`
  }
  if (
    typeof value !== 'string' &&
    value !== null &&
    typeof value !== 'object' &&
    expectation(schema).includes('text')
  ) {
    return `put it in quotes: '${String(value)}'`
  }
  return undefined
}

function quarterHelp(value: unknown, message: string): string | undefined {
  if (typeof value !== 'string' || !message.includes('quarter')) return undefined
  const month = /^(\d{4})-(\d{2})(?:-\d{2})?$/.exec(value)
  if (month && Number(month[2]) >= 1 && Number(month[2]) <= 12) {
    return `write ${month[1]}Q${Math.ceil(Number(month[2]) / 3)}`
  }
  const quarter = /^(\d{4})\s*[qQ]\s*(\d+)$/.exec(value)
  if (!quarter) return undefined
  const n = Number(quarter[2])
  return n >= 1 && n <= 4 ? `write ${quarter[1]}Q${n}` : 'a year has the quarters Q1 (January to March) to Q4'
}
