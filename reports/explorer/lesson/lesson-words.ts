import { lessonQuantity } from '../../../sim/analysis/lesson/quantity.ts'
import type { LessonRuns } from '../../../sim/analysis/lesson/runs.ts'
import { compileScenario } from '../../../sim/scenario/compile.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { lookOf, poleLookOf } from '../../theme.ts'
import { change, changes, levels, number, percent } from '../../words.ts'

const indexWords: Readonly<Record<string, string>> = {
  ID: 'institutional alignment with Russia',
  OP: 'operational alignment with Russia',
  gap: 'gap between institutions and practice',
  v: 'vitality of CIS Plus',
  lead_RU: 'Russia’s share of leadership',
  ext: 'outsiders in CIS Plus',
  ext_depth: 'outsiders in CIS Plus, weighed by depth',
  breadth: 'members still in the CIS, by weight',
  H: 'spread over the poles',
  LHHI: 'concentration of leadership',
  capacity: 'Russian capacity',
  sanctions: 'pressure of sanctions',
  delivered: 'delivered win-win',
  war: 'state of the war',
  threat: 'threat',
  credibility: 'trust in what Russia delivers',
  settlement: 'trade with Russia in national currencies',
  coercions: 'cases of coercion',
}

const domainWords: Readonly<Record<string, string>> = {
  political: 'politics',
  security: 'security',
  economic: 'the economy',
  transport: 'transport',
  cultural: 'culture',
}

const inDomain = (domain: string) => domainWords[domain] ?? domain
const shareOf = (option: string, domain: string) =>
  option === 'own' ? `own share of ${inDomain(domain)}` : `${poleLookOf(option).name}’s share of ${inDomain(domain)}`

/** The plain name of a quantity of a lesson. */
export function quantityWords(name: string, { base }: Lesson): string {
  const about = lessonQuantity(name, compileScenario(base), 0)?.about
  const actor = (id: string) => base.actors[id]!.name
  const body = (id: string) => base.institutions[id]!.name
  switch (about?.kind) {
    case 'index': {
      const domain = /^RS_(.+)$/.exec(about.index)?.[1]
      return domain === undefined ? (indexWords[about.index] ?? about.index) : `Russia’s share of ${inDomain(domain)}`
    }
    case 'outcome': {
      const article = { council: 'a ', shell: 'a ', status_quo: 'the ' }[about.outcome] ?? ''
      const ends = `runs that end as ${article}${lookOf(about.outcome).name}`
      return about.actor === undefined ? ends : `${actor(about.actor)}: ${ends}`
    }
    case 'measure':
      return `${actor(about.actor)}: ${indexWords[about.measure]}`
    case 'alignment':
      return `${actor(about.actor)}: ${shareOf(about.option, about.domain)}`
    case 'belongs':
      return `runs with ${actor(about.actor)} in ${body(about.institution)}`
    case 'members':
      return `states in ${body(about.institution)}`
    case 'vitality':
      return `vitality of ${body(about.institution)}`
  }
  return name
}

/** What the keys of a source stand for. */
export function sourceWords(source: string | readonly string[], { base }: Lesson): string {
  return [source]
    .flat()
    .map(key => base.sources[key]!)
    .join('; ')
}

/** The plain name of the measure a lesson explains. */
export function measureWords(measure: string): string {
  return indexWords[measure] ?? `Russia’s share of ${inDomain(measure)}`
}

interface Interval {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** How numbers of a quantity are written: a share of runs, how many there are, or an index from 0 to 1. */
type Unit = 'share' | 'count' | 'index'

/** How the numbers of a quantity are written. */
export function unitOf(quantity: string, runs: Pick<LessonRuns, 'quantities' | 'shares'>): Unit {
  if (runs.shares[runs.quantities.indexOf(quantity)]) return 'share'
  return /^(?:ext|ext_depth|coercions|members_.*)$/.test(quantity) ? 'count' : 'index'
}

/** Decimals that keep the ends of an interval apart, where there is something to tell apart. */
const digitsFor = (lower: number, upper: number, unit: Unit) => (unit === 'count' ? 1 : upper - lower < 0.003 ? 4 : 3)

/** A level with its 95 % interval. Shares of runs are percents. */
export function levelText({ value, lower, upper }: Interval, unit: Unit): string {
  if (unit === 'share') return `${percent(value)} (${percentsOf(lower, upper)})`
  const digits = unit === 'count' ? 1 : 3
  return `${number(value, digits)} (${levels(lower, upper, digits)})`
}

/** A change with its 95 % interval. Changes of shares of runs are percentage points. */
export function changeText({ value, lower, upper }: Interval, unit: Unit): string {
  if (unit === 'share') {
    const digits = upper - lower < 0.02 ? 1 : 0
    return `${change(100 * value, digits)} points (${changes(100 * lower, 100 * upper, digits)})`
  }
  const digits = digitsFor(lower, upper, unit)
  return `${change(value, digits)} (${changes(lower, upper, digits)})`
}

/** Ends of an interval of shares. @example percentsOf(0.3, 0.362) // => '30–36\u00a0%' */
export function percentsOf(lower: number, upper: number): string {
  return `${Math.round(100 * lower)}–${Math.round(100 * upper)}\u00a0%`
}
