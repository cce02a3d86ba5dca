import { packed } from '../core/packed.ts'
import { compileScenario } from '../scenario/compile.ts'
import { createModel, type Model } from './model.ts'

type Column = Float64Array | Int32Array | Uint8Array
type Table = Record<string, unknown>

const isColumn = (value: unknown): value is Column => ArrayBuffer.isView(value)

/** The tables of a model that have columns. */
function tablesOf(model: Model): readonly object[] {
  const { scenario } = model
  const { constants, weights, groups } = scenario
  return [model, scenario, constants, weights, ...groups, model.anchorOptions, model.anchorWeights]
}

function columnsOf(model: Model): Column[] {
  return tablesOf(model).flatMap(table => Object.values(table).filter(isColumn))
}

/**
 * The model made once more, so that its columns are its own and `exchange` can put the numbers of others into them; they
 * lie packed. Its tables are written once: V8 takes what is never written again for constants.
 */
export function ownModel(model: Model): Model {
  const { scenario, anchorOptions, anchorWeights, ...columns } = createModel(compileScenario(model.scenario.document))
  const { constants, weights, groups, ...scenarioColumns } = scenario
  const own = {
    ...packedTable(columns),
    anchorOptions: anchorOptions.map(packed),
    anchorWeights: anchorWeights.map(packed),
    scenario: {
      ...packedTable(scenarioColumns),
      constants: packedTable(constants),
      weights: packedTable(weights),
      groups: groups.map(packedTable),
    },
  }
  exchange(own, model)
  return own
}

function packedTable<T extends object>(table: T): T {
  return Object.fromEntries(
    Object.entries(table).map(([name, value]) => [name, isColumn(value) ? packed(value) : value]),
  ) as T
}

/** Whether two models have the same sizes: of their tables, and of every column. */
export function haveSameSizes(a: Model, b: Model): boolean {
  const [ours, theirs] = [columnsOf(a), columnsOf(b)]
  return (
    JSON.stringify([a.scenario.sizes, a.scenario.regions]) === JSON.stringify([b.scenario.sizes, b.scenario.regions]) &&
    ours.length === theirs.length &&
    ours.every(({ length }, n) => length === theirs[n]!.length)
  )
}

/** Puts everything that a model of the same sizes says into an own one; its columns stay where they are. */
export function exchange(own: Model, model: Model): void {
  const columns = columnsOf(model)
  columnsOf(own).forEach((column, n) => {
    column.set(columns[n]!)
  })
  exchangeRest(own, model, ['scenario', 'anchorOptions', 'anchorWeights'])
  exchangeRest(own.scenario, model.scenario, ['sizes', 'constants', 'weights', 'groups'])
}

function exchangeRest(own: object, other: object, kept: readonly string[]): void {
  for (const [name, value] of Object.entries(other))
    if (!isColumn(value) && !kept.includes(name)) (own as Table)[name] = value
}
