import type { Model } from './model.ts'
import type { World } from './world.ts'

/** A run that left the finite numbers, and where. */
export interface Failure {
  readonly variable: string
  /** Id of the actor, institution, option or corridor; empty for a system variable. */
  readonly of: string
  readonly tick: number
}

/**
 * Whether every variable of a state is finite: one sum over all of them, since a sum with an infinity or a NaN in it is
 * not finite. (A sum may also overflow by itself; `notFinite` then finds nothing.) Alignment is checked where it moves.
 */
export function isFiniteWorld(world: World): boolean {
  const { growth, corridorGrowth, corridorLoss, vitality } = world
  const { credibility, threat, insecurity, leader, settlement, projects } = world
  let sum = world.capacity + world.sanctions + world.delivered
  for (let p = 0; p < growth.length; p++) sum += growth[p]!
  for (let k = 0; k < corridorGrowth.length; k++) sum += corridorGrowth[k]! + corridorLoss[k]!
  for (let m = 0; m < vitality.length; m++) sum += vitality[m]!
  for (let i = 0; i < credibility.length; i++) {
    sum += credibility[i]! + threat[i]! + insecurity[i]! + leader[i]! + settlement[i]! + projects[i]!
  }
  return Number.isFinite(sum)
}

/** Where a state left the finite numbers, if it did. */
export function notFinite(world: World, model: Model, tick: number): Failure | undefined {
  const { actors, institutions, options, corridors } = model.scenario
  const scalars = ['capacity', 'sanctions', 'delivered'] as const
  for (const variable of scalars) if (!Number.isFinite(world[variable])) return { variable, of: '', tick }
  const columns = [
    ['growth', options],
    ['corridorGrowth', corridors],
    ['corridorLoss', corridors],
    ['vitality', institutions],
    ['credibility', actors],
    ['threat', actors],
    ['insecurity', actors],
    ['leader', actors],
    ['settlement', actors],
    ['projects', actors],
  ] as const
  for (const [variable, ids] of columns) {
    const n = world[variable].findIndex(value => !Number.isFinite(value))
    if (n >= 0) return { variable, of: ids[n]!, tick }
  }
  return undefined
}
