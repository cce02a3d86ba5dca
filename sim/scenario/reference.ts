import { effectRows, eventText } from './event-reference.ts'
import { expectationForms } from './expectation.ts'
import { domainNames } from './names.ts'
import { parameterTable } from './parameter-table.ts'
import { distribution, scenarioSchema } from './schema.ts'
import { expectation, inner, keysOf, meaningOf } from './schema-walk.ts'
import { type ListedScenario, shippedRows } from './shipped-reference.ts'
import { systems } from './systems.ts'
import { z } from './zod.ts'

/** The reference of scenario files as Markdown, for `scenarios/README.md`. @param shipped - the files beside it */
export function scenarioReference(shipped: readonly ListedScenario[]): string {
  return [
    '## Every scenario\n',
    table(['File', 'Title', 'What it asks', 'Extends'], shippedRows(shipped)),
    '\n',
    '## Every key\n',
    '`<id>` stands for a name you choose: a letter, then letters, digits, `_` or `-`, at most 40. A _figure_ is a map',
    'with `value`, `source`, `grade` and, if known, `year` and `note`. Keys without a default must be given.\n',
    table(['Key', 'Type', 'Default', 'Meaning'], rows(scenarioSchema, '')),
    '\n### Figures\n',
    table(['Key', 'Type', 'Default', 'Meaning'], figureRows()),
    '\n## Distributions\n',
    'A parameter under `uncertainties` or `levers` has one of these. Values must lie inside the bounds of the parameter.\n',
    table(['Distribution', 'Keys', 'Meaning'], distributionRows()),
    '\n## Events\n',
    ...eventText,
    '\n',
    table(['Effect', 'Keys', 'What it does'], effectRows()),
    '\n## Expectations\n',
    ...expectationText,
    '\n',
    table(['Expectation', 'Value', 'More keys', 'Meaning'], expectationRows()),
    '\n## Every parameter\n',
    'Kinds: L lever, X exogenous, S behavioural, N normalisation (never sampled, never changed by an event). Grades: A',
    'measured, B measured with gaps, C partly judged, D judgement. A value outside the documented range is allowed inside',
    'the bounds and gives a warning. The neutral value switches the driver off.\n',
    table(
      ['Parameter', 'Default', 'Neutral', 'Documented', 'Bounds', 'Unit', 'Kind', 'Grade', 'Meaning', 'Source'],
      parameterRows(),
    ),
    '\nA world with other poles or corridors has `growth_<pole>` and `corr_<corridor>` for each of them, 0 by default.',
    '\n## Where each system of the subject acts\n',
    'What the sources say is theirs: two texts that argue one side. Keys are those of `sources` in `baseline.yaml`.\n',
    table(
      [
        'System',
        'How it acts',
        'What the sources say',
        'Institutions and corridors',
        'Parameters',
        'Events of cis-plus-2030',
      ],
      systemRows(),
    ),
  ].join('\n')
}

type Row = readonly string[]

export function table(head: Row, body: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}

const code = (name: string) => `\`${name}\``
const codes = (names: readonly string[] = []) => names.map(code).join(', ')

/** One row for each key below an object: name, type, default, meaning. */
export function rows(schema: z.ZodType, prefix: string): Row[] {
  const here = inner(schema)
  if (here instanceof z.ZodRecord) return rows(here.valueType as z.ZodType, `${prefix}<id>.`)
  if (!(here instanceof z.ZodObject)) return []
  return Object.entries(here.shape).flatMap(([key, value]) => {
    const member = value as z.ZodType
    const name = prefix + key
    const content = inner(member)
    const row = [code(name), typeOf(content), defaultOf(member), meaningOf(member)]
    const nested = isFigure(content) || isPerDomain(content) || key === 'effects' ? [] : rows(content, `${name}.`)
    return [row, ...nested]
  })
}

function figureRows(): Row[] {
  return rows(scenarioSchema.shape.russia.shape.weight, '').map(row =>
    row[0] === '`value`' ? [row[0], 'as the key asks', '', 'the number or table itself'] : row,
  )
}

function isFigure(schema: z.ZodType): boolean {
  const keys = keysOf(schema)
  return keys.includes('value') && keys.includes('grade')
}

function isPerDomain(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && keysOf(schema).join() === domainNames.join()
}

function typeOf(schema: z.ZodType): string {
  if (isFigure(schema) && schema instanceof z.ZodObject) return `figure: ${typeOf(inner(schema.shape.value))}`
  if (isPerDomain(schema) && schema instanceof z.ZodObject) {
    return `for each domain: ${typeOf(inner(schema.shape[domainNames[0]] as z.ZodType))}`
  }
  if (schema instanceof z.ZodRecord) {
    const value = inner(schema.valueType as z.ZodType)
    const key = keysOf(schema).length > 0 ? keysOf(schema).join(', ') : '`<id>`'
    return value instanceof z.ZodObject && !isFigure(value) ? `table by ${key}` : `table by ${key}: ${typeOf(value)}`
  }
  if (schema instanceof z.ZodUnion) {
    const forms = schema.options.map(option => inner(option as z.ZodType))
    if (forms.every(form => 'distribution' in (form instanceof z.ZodObject ? form.shape : {}))) return 'distribution'
    return [...new Set(forms.map(typeOf))].join(', or ')
  }
  return expectation(schema)
}

function defaultOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodOptional) return 'none'
  const result = schema.safeParse(undefined)
  if (!result.success) return ''
  const { data } = result
  if (typeof data !== 'object' || data === null) return code(String(data))
  const values = Object.values(data)
  if (values.length === 0) return 'empty'
  return values.every(value => typeof value === 'number') && isPerDomain(inner(schema))
    ? values.join(', ')
    : 'see below'
}

const distributions: Record<z.output<typeof distribution>['distribution'], string> = {
  uniform: 'evenly between the ends: all that is claimed is the range',
  triangular: 'rises from `low` to `mode` and falls to `high`',
  pert: 'as triangular but smoother: a beta distribution; a larger `shape` is narrower',
  normal: 'a bell around `mean`; cut at `low` and `high` where they are given',
  lognormal: 'above 0, with its `median`; `sigma` is the spread of the logarithm',
  discrete: 'one of `values`, with `weights` or equally likely',
  fixed: 'always `value`; takes a parameter out of the sampling of an extended scenario',
}

function distributionRows(): Row[] {
  return distribution.options.map(option => {
    const form = inner(option as z.ZodType)
    if (!(form instanceof z.ZodObject)) return []
    const { distribution: kind, ...keys } = form.shape
    const name = [...(kind as z.ZodLiteral<keyof typeof distributions>).values][0]!
    const list = Object.entries(keys).map(([key, value]) => {
      const member = value as z.ZodType
      return `${code(key)}${member.isOptional() ? ' (may be left out)' : ''}`
    })
    return [code(name), list.join(', '), distributions[name]]
  })
}

const expectationText = [
  'What somebody expects of the runs, each under a name of its own; `multivector compare --gate` judges it. The 95 %',
  'interval decides: inside the bounds it is met, beyond them not met, across one of them inconclusive, and then the number',
  'of runs that would decide is told. `of` takes an actor or group and is left out for the whole system; bounds are',
  '`at_least` and `at_most`, one or both. `within` and `unchanged` need something to compare with: another batch or',
  'scenario, or a recorded baseline. Every expectation may say `why`. A changed expectation leaves batch and digest as they are.',
]

function expectationRows(): Row[] {
  const bounds = ['at_least', 'at_most', 'within']
  return Object.entries(expectationForms).map(([name, form]) => {
    const keys = keysOf(form)
    const more = keys.includes('of') ? ['of', ...bounds.filter(key => keys.includes(key))] : []
    const member = inner((form.shape as Record<string, z.ZodType>)[name]!)
    return [code(name), typeOf(member), codes(more), `${form.description}: ${meaningOf(member)}`]
  })
}

function parameterRows(): Row[] {
  return Object.entries(parameterTable).map(([name, p]) => [
    code(name),
    String(p.value),
    String(p.neutral),
    'documented' in p ? p.documented.join(' to ') : '',
    p.bounds.join(' to '),
    p.unit,
    p.kind,
    p.grade,
    p.meaning,
    p.source,
  ])
}

function systemRows(): Row[] {
  return systems.map(s => [
    s.system,
    s.acts,
    s.facts ?? '',
    codes([...(s.institutions ?? []), ...(s.corridors ?? [])]),
    codes(s.parameters),
    codes(s.events),
  ])
}

const opening = '<!-- reference: written from sim/scenario, do not edit below -->'
const closing = '<!-- end of reference -->'

/** The text of a README with its generated part brought up to date. */
export function withReference(readme: string, reference: string): string {
  const start = readme.indexOf(opening)
  const end = readme.indexOf(closing)
  if (start === -1 || end < start) throw new Error(`expected the comments ${opening} and ${closing} in the README`)
  return `${readme.slice(0, start + opening.length)}\n\n${reference}\n\n${readme.slice(end)}`
}
