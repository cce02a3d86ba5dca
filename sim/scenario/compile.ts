import { domainNames, type TierName, tierNames } from './names.ts'
import { type ParameterDefinition, parameterCatalogue, unsampledValue } from './parameter.ts'
import type { Distribution, EventDocument, ScenarioDocument } from './schema.ts'

/** A list of actors with a name, over which weighted means are reported. */
interface Group {
  readonly id: string
  readonly name: string
  /** Indices of actors. */
  readonly members: Int32Array
}

/** A parameter that a design samples. */
interface Uncertainty {
  readonly name: string
  /** Column in `Scenario.parameters`. */
  readonly index: number
  readonly distribution: Distribution
  /** Whether somebody could choose it (XLRM's L) or nobody (X). */
  readonly role: 'lever' | 'uncertainty'
}

/**
 * A scenario as columns over indices: what the model computes with. Sizes: S actors, D domains, P options,
 * M institutions, K corridors. Everything is read from the scenario document; nothing is looked up by name in a run.
 */
export interface Scenario {
  readonly document: ScenarioDocument
  readonly sizes: { readonly S: number; readonly D: number; readonly P: number; readonly M: number; readonly K: number }
  readonly actors: readonly string[]
  readonly domains: readonly string[]
  readonly options: readonly string[]
  readonly institutions: readonly string[]
  readonly corridors: readonly string[]
  readonly groups: readonly Group[]

  /** Parameter definitions in column order, and the column of each name. */
  readonly catalogue: ReadonlyMap<string, ParameterDefinition>
  readonly parameterIndex: ReadonlyMap<string, number>
  /** Value of each parameter where nothing is sampled, a fixed one as it is fixed, [parameters]. */
  readonly parameters: Float64Array
  readonly uncertainties: readonly Uncertainty[]
  readonly events: readonly (EventDocument & { readonly id: string })[]

  /** Address of each actor's random draws, [S]. */
  readonly codes: Int32Array
  /** 1 where the actor counts in core means, [S]. */
  readonly core: Uint8Array
  /** Regional peer group, −1 for none, [S]; regions are numbered in order of appearance. */
  readonly region: Int32Array
  readonly regions: number
  /** Option the actor itself is, −1 for none, [S]. */
  readonly pole: Int32Array
  readonly weight: Float64Array
  readonly russiaWeight: number
  /** Alignment at tick 0, [S, D, P]; 0 masks an option for ever. */
  readonly alignment0: Float64Array
  /** Tier at tick 0, [S, M]. */
  readonly tier0: Uint8Array
  /** Depth of each tier, [4], 0 … 1. */
  readonly depth: Float64Array
  readonly constants: ActorConstants
  /** Share of national-currency settlement at tick 0, [S]. */
  readonly settlement0: Float64Array

  /** Which option each institution serves, [M, P]. */
  readonly anchor: Float64Array
  readonly vitality0: Float64Array
  /** Club weight, [D, M]. */
  readonly club: Float64Array
  /** Which options traffic on a corridor serves, [K, P]. */
  readonly serves: Float64Array

  /** Domain weights of the drivers, each [D]. */
  readonly weights: { readonly [K in keyof ScenarioDocument['weights']]: Float64Array }
  readonly idShare: number
  /** Weight of each institution in institutional alignment, [M]. */
  readonly idInstitutions: Float64Array
  /** Weight of each domain in operational alignment, [D]. */
  readonly opWeights: Float64Array
}

/** Actor constants that an event may change for a while; each [S] but for the last three. */
export interface ActorConstants {
  readonly sovereignty: Float64Array
  readonly coercion_exposure: Float64Array
  readonly insecurity: Float64Array
  readonly succession: Float64Array
  readonly project_need: Float64Array
  readonly project_capacity: Float64Array
  readonly sanctions_exposure: Float64Array
  /** [S, K] */
  readonly corridor_exposure: Float64Array
  /** [S, M] */
  readonly up_appetite: Float64Array
  /** [S, M] */
  readonly down_tendency: Float64Array
}

const rows = (table: Record<string, number>, ids: readonly string[]) => ids.map(id => table[id] ?? 0)

/** @param document - a checked scenario; every reference in it resolves */
export function compileScenario(document: ScenarioDocument): Scenario {
  const actors = Object.keys(document.actors)
  const { options } = document
  const institutions = Object.keys(document.institutions)
  const corridors = Object.keys(document.corridors)
  const states = actors.map(id => document.actors[id]!)
  const column = (read: (state: (typeof states)[number]) => number) => Float64Array.from(states, read)
  const exists = institutions.map(id => document.institutions[id]!.exists)
  const whereItExists = (values: number[]) => values.map((value, m) => (exists[m] ? value : 0))

  const regionIds = [...new Set(states.flatMap(state => state.region ?? []))]
  const catalogue = parameterCatalogue(options, corridors)
  const parameterIndex = new Map([...catalogue.keys()].map((name, index) => [name, index]))
  const parameters = Float64Array.from(catalogue, ([name, definition]) => unsampledValue(document, name, definition))
  const sampled = (table: Record<string, Distribution>, role: Uncertainty['role']): Uncertainty[] =>
    Object.entries(table).map(([name, distribution]) => ({
      name,
      index: parameterIndex.get(name)!,
      distribution,
      role,
    }))
  const { weights } = document

  return {
    document,
    sizes: { S: actors.length, D: domainNames.length, P: options.length, M: institutions.length, K: corridors.length },
    actors,
    domains: domainNames,
    options,
    institutions,
    corridors,
    groups: Object.entries(document.groups).map(([id, { name, members }]) => ({
      id,
      name,
      members: Int32Array.from(members, member => actors.indexOf(member)),
    })),
    catalogue,
    parameterIndex,
    parameters,
    uncertainties: [...sampled(document.levers, 'lever'), ...sampled(document.uncertainties, 'uncertainty')],
    events: Object.entries(document.events).map(([id, event]) => ({ ...event, id })),
    codes: Int32Array.from(states, state => state.code | 0),
    core: Uint8Array.from(states, state => (state.core ? 1 : 0)),
    region: Int32Array.from(states, state => (state.region ? regionIds.indexOf(state.region) : -1)),
    regions: regionIds.length,
    pole: Int32Array.from(states, state => (state.pole ? options.indexOf(state.pole) : -1)),
    weight: column(state => state.weight.value),
    russiaWeight: document.russia.weight.value,
    alignment0: Float64Array.from(
      states.flatMap(state => domainNames.flatMap(d => rows(state.alignment[d].value, options))),
    ),
    tier0: Uint8Array.from(
      states.flatMap(state =>
        whereItExists(institutions.map(id => tierNames.indexOf(state.tiers.value[id] ?? 'none'))),
      ),
    ),
    depth: Float64Array.from(tierNames, (tier: TierName) => document.depth[tier]),
    constants: {
      sovereignty: column(state => state.sovereignty.value),
      coercion_exposure: column(state => state.coercion_exposure.value),
      insecurity: column(state => state.insecurity.value),
      succession: column(state => state.succession.value),
      project_need: column(state => state.project_need.value),
      project_capacity: column(state => state.project_capacity.value),
      sanctions_exposure: column(state => state.sanctions_exposure.value),
      corridor_exposure: Float64Array.from(states.flatMap(state => rows(state.corridor_exposure.value, corridors))),
      up_appetite: Float64Array.from(
        states.flatMap(state => whereItExists(rows(state.up_appetite.value, institutions))),
      ),
      down_tendency: Float64Array.from(
        states.flatMap(state => whereItExists(rows(state.down_tendency.value, institutions))),
      ),
    },
    settlement0: column(state => state.settlement0.value),
    anchor: Float64Array.from(institutions.flatMap(id => rows(document.institutions[id]!.anchor.value, options))),
    vitality0: Float64Array.from(institutions, id => document.institutions[id]!.vitality0.value),
    club: Float64Array.from(domainNames.flatMap(d => whereItExists(rows(document.club.value[d] ?? {}, institutions)))),
    serves: Float64Array.from(corridors.flatMap(id => rows(document.corridors[id]!.serves.value, options))),
    weights: Object.fromEntries(
      Object.entries(weights).map(([driver, byDomain]) => [driver, Float64Array.from(domainNames, d => byDomain[d])]),
    ) as Scenario['weights'],
    idShare: document.indices.id_share,
    idInstitutions: Float64Array.from(rows(document.indices.id_institutions, institutions)),
    opWeights: Float64Array.from(domainNames, d => document.indices.op_weights[d]),
  }
}
