import { keyOfSeed } from '../core/seed.ts'
import { createSampler } from '../design/sample.ts'
import { I, type IndexName, indexNames } from '../model/indices.ts'
import { createModel } from '../model/model.ts'
import { type Outcome, outcomes } from '../model/outcomes.ts'
import { createSimulator } from '../model/simulate.ts'
import { compileScenario } from '../scenario/compile.ts'
import { parameterCatalogue } from '../scenario/parameter.ts'
import type { Distribution, ScenarioDocument } from '../scenario/schema.ts'

/** A world a hypothesis looks at: the scenario with changes. */
export interface HypothesisWorld {
  /** Values of parameters other than the scenario's own. */
  readonly parameters?: Readonly<Record<string, number>>
  /** Institutions that do not exist. */
  readonly without?: readonly string[]
  /** Samples every parameter with a documented range over the whole of it, evenly, one point a run; not what is fixed. */
  readonly ensemble?: boolean
  /** Keeps Russia's share of every core actor at every tick. */
  readonly actors?: boolean
}

/** The runs of one world. Run n of any two worlds has the same draws. */
export interface HypothesisRuns {
  readonly runs: number
  readonly ticks: number
  /** Mean of an index over the last four ticks, one value a run. */
  final(name: IndexName): Float64Array
  /** That mean less the value at tick 0. */
  change(name: IndexName): Float64Array
  /** An index at one tick. */
  at(name: IndexName, tick: number): Float64Array
  /** 1 where a run has this outcome. */
  has(outcome: Outcome): Float64Array
  /** Core mean of the depth in the outer tier (institution 1) at the end. */
  readonly depth: Float64Array
  /** Russia's share, [runs, ticks + 1, core actors, domains]; empty unless the world keeps actors. */
  readonly russia: Float64Array
}

/** The scenario of a world, before it is compiled. */
function documentOf(document: ScenarioDocument, { without = [], ensemble }: HypothesisWorld): ScenarioDocument {
  const institutions = Object.entries(document.institutions).map(([id, institution]) => {
    return [id, without.includes(id) ? { ...institution, exists: false } : institution]
  })
  const changed = { ...document, institutions: Object.fromEntries(institutions) as ScenarioDocument['institutions'] }
  if (!ensemble) return changed
  const uncertainties: Record<string, Distribution> = {}
  for (const [name, { documented }] of parameterCatalogue(document.options, Object.keys(document.corridors))) {
    const written = document.levers[name] ?? document.uncertainties[name]
    if (written?.distribution === 'fixed') uncertainties[name] = written
    else if (documented) uncertainties[name] = { distribution: 'uniform', low: documented[0], high: documented[1] }
  }
  return { ...changed, levers: {}, uncertainties }
}

/**
 * Runs a world at the addresses 0 … runs − 1.
 *
 * @throws RangeError for a parameter the scenario does not have, and for a run that leaves the finite numbers
 */
export function runWorld(
  document: ScenarioDocument,
  world: HypothesisWorld,
  runs: number,
  seed: string,
): HypothesisRuns {
  const scenario = compileScenario(documentOf(document, world))
  const model = createModel(scenario)
  const simulator = createSimulator(model)
  const { ticks } = simulator
  const { S, D, P: options, M } = scenario.sizes
  const width = indexNames.length
  const rows = ticks + 1
  const key = keyOfSeed(seed)
  const sampler = world.ensemble ? createSampler(scenario, { design: 'latin-hypercube', runs, seed }) : undefined
  const parameters = scenario.parameters.slice()
  for (const [name, value] of Object.entries(world.parameters ?? {})) {
    const column = scenario.parameterIndex.get(name)
    if (column === undefined) throw new RangeError(`parameter: expected one the scenario has, got ${name}`)
    parameters[column] = value
  }
  const series = new Float64Array(runs * rows * width)
  const means = new Float64Array(runs * width)
  const outcome = new Uint8Array(runs)
  const depth = new Float64Array(runs)
  const core = model.coreActors
  const russia = new Float64Array(world.actors ? runs * rows * core.length * D : 0)
  for (let run = 0, cell = 0; run < runs; run++) {
    sampler?.point(run, parameters)
    const result = simulator.simulate(key, run, parameters, ({ next }) => {
      if (!world.actors) return
      for (const i of core) for (let d = 0; d < D; d++) russia[cell++] = next.alignment[(i * D + d) * options]!
    })
    const { failure } = result
    if (failure)
      throw new RangeError(
        `run ${run}: expected finite numbers, got another in ${failure.variable} at tick ${failure.tick}`,
      )
    series.set(result.indices.subarray(0, rows * width), run * rows * width)
    means.set(result.final, run * width)
    outcome[run] = result.outcome
    let total = 0
    for (let i = 0; i < S; i++)
      if (scenario.core[i] === 1) total += scenario.weight[i]! * result.world.depth[i * M + 1]!
    depth[run] = total / model.coreWeight
  }
  const column = (read: (run: number) => number) => Float64Array.from({ length: runs }, (_, run) => read(run))
  const at = (name: IndexName, tick: number) =>
    column(run => series[(run * rows + Math.min(tick, ticks)) * width + I[name]]!)
  return {
    runs,
    ticks,
    depth,
    russia,
    at,
    final: name => column(run => means[run * width + I[name]]!),
    change: name => {
      const start = at(name, 0)
      return column(run => means[run * width + I[name]]! - start[run]!)
    },
    has: name => column(run => (outcome[run] === outcomes.indexOf(name) ? 1 : 0)),
  }
}
