import type { Causes } from '../../sim/analysis/storyline-story.ts'
import type { DriverName } from '../../sim/model/attribution.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { change, listed } from '../words.ts'
import { bodyName } from './moment-words.ts'

const driverWords: Readonly<Record<DriverName, string>> = {
  growth: 'growth of the poles',
  corridor: 'corridors',
  capacity: 'Russian capacity',
  winwin: 'delivered win-win',
  threat: 'threat',
  insecurity: 'insecurity',
  sanctions: 'secondary sanctions',
  hedging: 'aversion to concentration',
  linkage: 'spillover between domains',
  peer: 'neighbours',
  club: 'worth of memberships',
  leader: 'leaders',
  generation: 'generations',
  project: 'national projects',
  noise: 'chance',
}

/** A cause as it stands in a sentence or beside a bar: a driver, or the tiers in an institution. */
export function causeName(cause: string, document: ScenarioDocument): string {
  return cause in driverWords ? driverWords[cause as DriverName] : `tiers in ${bodyName(cause, document)}`
}

/** Causes named: at most three with the change, each at least this share of the first; one against it. */
const namedWith = 3
const leastShare = 0.35

/** Why something changed: the causes that point its way, then the strongest against them, each with its part. */
export function causeWords(total: number, causes: Causes, document: ScenarioDocument): string {
  const side = Math.sign(total)
  const named = ({ cause, part }: Causes[number]) => `${causeName(cause, document)} (${change(part)})`
  const along = causes.filter(({ part }) => Math.sign(part) === side)
  const first = along[0]
  if (!first) return 'parts that cancel out'
  const shown = along.slice(0, namedWith).filter(({ part }) => Math.abs(part) >= leastShare * Math.abs(first.part))
  const against = causes.find(({ part }) => Math.sign(part) === -side)
  const held =
    against && Math.abs(against.part) >= leastShare * Math.abs(first.part) ? `, against ${named(against)}` : ''
  return `${listed(shown.map(named))}${held}`
}
