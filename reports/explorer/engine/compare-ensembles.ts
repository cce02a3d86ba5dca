import { createComparison, type Difference } from '../../../sim/analysis/compare.ts'
import { actorOutcomes, outcomes } from '../../../sim/model/outcomes.ts'
import { failedRun, pathNames } from './block.ts'
import type { Ensemble } from './ensemble.ts'

/** The smallest effects that matter, as in the command `compare`. */
const smallest = { share: 0.02, index: 0.01, count: 0.1 } as const

const smallestEffect = ({ name, kind }: { readonly name: string; readonly kind: 'share' | 'index' }) =>
  name === 'ext' ? smallest.count : smallest[kind]

/** What moved from one ensemble to another, by name: `class=duality`, `gap`, `KAZ_gap`, `KAZ_class=duality`. */
export type Moves = ReadonlyMap<string, Difference>

/**
 * Compares two ensembles of one seed run by run, over the runs both have; undefined while there are too few. Actors are
 * those of both. Runs that failed in either are left out.
 */
export function compareEnsembles(a: Ensemble, b: Ensemble): Moves | undefined {
  const runs = Math.min(a.runs, b.runs)
  const actors = a.scenario.actors
    .map((id, i) => ({ id, a: i, b: b.scenario.actors.indexOf(id) }))
    .filter(actor => actor.b !== -1)
  const quantities = [
    ...outcomes.map(outcome => ({ name: `class=${outcome}`, kind: 'share' as const })),
    ...pathNames.map(name => ({ name, kind: 'index' as const })),
    ...actors.flatMap(({ id }) => [
      { name: `${id}_gap`, kind: 'index' as const },
      ...actorOutcomes.map(outcome => ({ name: `${id}_class=${outcome}`, kind: 'share' as const })),
    ]),
  ]
  const comparison = createComparison(quantities, { paired: true, smallestEffect })
  const rows = [a, b].map((ensemble, side) => {
    const { columns } = ensemble
    const { ticks } = columns
    const column = (at: number) => ensemble.column(at, runs)
    return {
      values: new Float64Array(quantities.length),
      finals: pathNames.map(name => column(columns.final(name))),
      actors: actors.map(actor => {
        const i = side === 0 ? actor.a : actor.b
        return { i, id: column(columns.institutional(i, ticks)), op: column(columns.operational(i, ticks)) }
      }),
    }
  })
  for (let run = 0; run < runs; run++) {
    if (a.outcomeOf(run) === failedRun || b.outcomeOf(run) === failedRun) continue
    rows.forEach(({ values, finals, actors: own }, side) => {
      const ensemble = side === 0 ? a : b
      let n = 0
      const outcome = ensemble.outcomeOf(run)
      for (let k = 0; k < outcomes.length; k++) values[n++] = outcome === k ? 1 : 0
      for (const final of finals) values[n++] = final[run]!
      for (const { i, id, op } of own) {
        values[n++] = id[run]! - op[run]!
        const label = ensemble.actorOutcomeOf(i, run)
        for (let k = 0; k < actorOutcomes.length; k++) values[n++] = label === k ? 1 : 0
      }
    })
    comparison.add(rows[0]!.values, rows[1]!.values)
  }
  if (comparison.runs < 30) return undefined
  return new Map(comparison.differences().map(one => [one.quantity, one]))
}
