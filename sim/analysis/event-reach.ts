import type { Result } from '../model/simulate.ts'
import type { Recipe } from '../store/batch.ts'
import { spreadRuns, without } from './counterfactual.ts'
import { type Reruns, rerunsOf } from './reruns.ts'

/** Runs of the batch that are computed again, with and without each event; few, since they are the same worlds. */
const mostWorlds = 20
/** Runs in all, about: the more events, the fewer worlds. */
const mostRuns = 600

/**
 * How far each event reaches: by how much the institutional and the operational alignment of a core state end elsewhere
 * in the same random worlds without it, on average over runs, also those in which it does not happen.
 *
 * Cost some hundred runs.
 * @returns one number for each event, [events], in shares, from 0
 */
export function eventReach(batch: Recipe): number[] {
  const base = rerunsOf(batch)
  const { document, events } = base.scenario
  const worlds = Math.max(1, Math.min(mostWorlds, Math.floor(mostRuns / Math.max(1, events.length))))
  const runs = spreadRuns(worlds, batch.manifest.plan.runs)
  const ends = runs.map(run => {
    const result = base.simulate(run)
    return { run, happened: result.occurrences.map(({ event }) => event), end: coreEnd(base, result) }
  })
  return events.map(({ id }, event) => {
    const concerned = ends.filter(({ happened, end }) => happened.includes(event) && end !== undefined)
    if (concerned.length === 0) return 0
    const other = rerunsOf(batch, without(document, { kind: 'event', id }))
    let sum = 0
    for (const { run, end } of concerned) {
      const omitted = coreEnd(other, other.simulate(run))
      omitted?.forEach((value, n) => {
        sum += Math.abs(value - end![n]!)
      })
    }
    return sum / (runs.length * base.simulator.model.coreActors.length)
  })
}

/** Institutional, then operational alignment of each core actor at the last tick; undefined for a run that failed. */
function coreEnd({ simulator, scenario }: Reruns, result: Result): number[] | undefined {
  if (result.failure) return undefined
  const end = simulator.ticks * scenario.sizes.S
  const { coreActors } = simulator.model
  return [result.institutional, result.operational].flatMap(path => Array.from(coreActors, i => path[end + i]!))
}
