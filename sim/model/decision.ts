import { log } from '../core/exponential.ts'
import type { Key } from '../core/random.ts'
import { type TierName, tierNames } from '../scenario/names.ts'
import { P } from '../scenario/parameter.ts'
import { createAttribution, type DriverName, driverNames } from './attribution.ts'
import { benefitTerms, createWeighing } from './mechanisms/membership.ts'
import { threatSwitch } from './mechanisms/system.ts'
import type { Model } from './model.ts'
import { isSummit } from './schedule.ts'
import { actorDrivers } from './settings.ts'
import type { Sight, Simulator } from './simulate.ts'

/** A run by its address and parameters. */
export interface Address {
  readonly key: Key
  readonly run: number
  /** The run's parameters, [parameters]. */
  readonly parameters: Float64Array
}

/** Which choice to explain: indices of the scenario, and a tick from 0 to the horizon. */
export interface Choice {
  readonly actor: number
  readonly domain: number
  readonly option: number
  /** The option the log-odds are taken against. */
  readonly against: number
  readonly tick: number
}

/** A driver's part in a change of log-odds, and the values it had in the last quarter, by name. */
interface DriverPart {
  readonly driver: DriverName
  /** Log-odds; the parts of all drivers add up to the change. */
  readonly part: number
  readonly values: Readonly<Record<string, number>>
}

/** Why an actor's shares in a domain are what they are. */
export interface ChoiceExplanation {
  /** Shares of the option and of the one it is held against, at tick 0 and now. */
  readonly share0: number
  readonly share: number
  readonly against0: number
  readonly againstNow: number
  /** Change of log(share / against) since tick 0. */
  readonly change: number
  readonly parts: readonly DriverPart[]
}

/**
 * Splits the change of an actor's log-odds since tick 0 by driver, exactly: the parts come from the term functions of the
 * engine and add up to the change within rounding.
 *
 * @throws RangeError for an option that is closed to the actor, and for a run that fails before the tick
 */
export function explainChoice(
  simulator: Simulator,
  { key, run, parameters }: Address,
  choice: Choice,
): ChoiceExplanation {
  const { model } = simulator
  const { alignment0, actors, domains, options, sizes } = model.scenario
  const row = (choice.actor * sizes.D + choice.domain) * sizes.P
  for (const p of [choice.option, choice.against]) {
    if (alignment0[row + p] === 0)
      throw new RangeError(
        `expected an option open to ${actors[choice.actor]} in the ${domains[choice.domain]} domain, got ${options[p]}`,
      )
  }
  const attribution = createAttribution(model)
  let found: ChoiceExplanation | undefined
  const onlooker = (sight: Sight) => {
    attribution.onlooker(sight)
    if (sight.tick !== choice.tick) return
    const share = (p: number) => sight.next.alignment[row + p]!
    const share0 = alignment0[row + choice.option]!
    const against0 = alignment0[row + choice.against]!
    found = {
      share0,
      share: share(choice.option),
      against0,
      againstNow: share(choice.against),
      change: log(share(choice.option) / share0) - log(share(choice.against) / against0),
      parts: driverNames.map(driver => ({
        driver,
        part: attribution.parts[driver][row + choice.option]! - attribution.parts[driver][row + choice.against]!,
        values: sight.tick === 0 ? {} : valuesOf(driver, sight, model, choice),
      })),
    }
  }
  simulator.simulate(key, run, parameters, onlooker)
  if (!found) throw new RangeError(`expected a tick the run reaches, got ${choice.tick}`)
  return found
}

/** What a driver was in the quarter that led to a state, by name. */
function valuesOf(driver: DriverName, sight: Sight, model: Model, choice: Choice): Record<string, number> {
  const { actor: i, domain: d, option, against } = choice
  const { prev, scratch, settings, tick } = sight
  const { drivers, draws } = scratch
  const { options, institutions, alignment0, club, sizes } = model.scenario
  const { S, D, P: width, M } = sizes
  const row = (i * D + d) * width
  const own = (name: (typeof actorDrivers)[number]) => drivers.russia[actorDrivers.indexOf(name) * S + i]!
  const both = (value: (p: number) => number) => Object.fromEntries([option, against].map(p => [options[p]!, value(p)]))
  switch (driver) {
    case 'growth':
      return both(p => prev.growth[p]!)
    case 'corridor':
      return both(p => drivers.corridor[i * width + p]!)
    case 'capacity':
      return { change: drivers.common[0]! }
    case 'winwin':
      return { change: own('winwin') }
    case 'threat':
      return { threat: prev.threat[i]!, side: threatSwitch(prev, settings), shelter: own('band') }
    case 'insecurity':
      return { insecurity: prev.insecurity[i]!, shelter: own('insecurity') }
    case 'sanctions':
      return { pressure: prev.sanctions, settlement: prev.settlement[i]!, exposed: own('sanctions') }
    case 'hedging':
      return both(p => prev.alignment[row + p]! - alignment0[row + p]!)
    case 'linkage':
      return both(p => {
        let sum = 0
        for (let e = 0; e < D; e++) sum += prev.z[(i * D + e) * width + p]!
        return sum / D - prev.z[row + p]!
      })
    case 'peer':
      return both(p => peersOf(i, d, p, prev.z, drivers.region, model))
    case 'club':
      return Object.fromEntries(
        institutions.flatMap((id, m) => (club[d * M + m] === 0 ? [] : [[id, drivers.club[i * M + m]!]])),
      )
    case 'leader':
      return { orientation: own('leader') }
    case 'generation':
      return { quarters: tick }
    case 'project':
      return { progress: prev.projects[i]!, support: settings.parameters[P.support]! }
    case 'noise':
      return { shock: draws.noise[i * D + d]! }
  }
}

/** Weighted mean deviation of the other states of the region. */
function peersOf(i: number, d: number, p: number, z: Float64Array, region: Float64Array, model: Model): number {
  const scale = model.peerScale[i]!
  if (scale === 0) return 0
  const { region: regions, weight, sizes } = model.scenario
  const cell = d * sizes.P + p
  const cells = sizes.D * sizes.P
  return scale * (region[regions[i]! * cells + cell]! - weight[i]! * z[i * cells + cell]!)
}

/** Why an actor rose, fell or stayed in an institution at a summit. */
export interface MembershipExplanation {
  readonly tick: number
  readonly from: TierName
  readonly to: TierName
  /** Terms of the net benefit of a higher tier, log-odds; they add up to `benefit`. */
  readonly terms: Readonly<Record<(typeof benefitTerms)[number], number>>
  readonly benefit: number
  readonly appetite: number
  readonly tendency: number
  /** Chances of a rise and of a fall at tick 0, and now, 0 … 1. */
  readonly entry: number
  readonly exit: number
  readonly rise: number
  readonly fall: number
  /** The draw: below `rise` it rises, above 1 − `fall` it falls. Absent where neither was possible. */
  readonly draw: number | undefined
}

/** The decisions of an actor about an institution, one for each summit of the run. */
export function explainMembership(
  simulator: Simulator,
  { key, run, parameters }: Address,
  actor: number,
  institution: number,
): MembershipExplanation[] {
  const { model } = simulator
  const at = actor * model.scenario.sizes.M + institution
  const found: MembershipExplanation[] = []
  simulator.simulate(key, run, parameters, ({ tick, prev, next, scratch, settings }) => {
    if (tick === 0 || !isSummit(tick, settings)) return
    const { decision, begin, weigh } = createWeighing(prev, model, settings)
    begin()
    weigh(actor, institution)
    const { benefit, entry, exit, rise, fall, terms } = decision
    const appetite = settings.constants.up_appetite[at]!
    const tendency = settings.constants.down_tendency[at]!
    found.push({
      tick,
      from: tierNames[prev.tier[at]!]!,
      to: tierNames[next.tier[at]!]!,
      terms: Object.fromEntries(benefitTerms.map((name, n) => [name, terms[n]!])) as MembershipExplanation['terms'],
      benefit,
      appetite,
      tendency,
      entry,
      exit,
      rise,
      fall,
      draw: appetite === 0 && tendency === 0 ? undefined : scratch.draws.membership[at]!,
    })
  })
  return found
}
