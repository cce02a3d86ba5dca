import { colour, type Token } from '../theme.ts'
import { inkOn } from './ink.ts'

/** Classes of change from away from Russia to towards it. */
export const classTokens = [
  'away3',
  'away2',
  'away1',
  'level',
  'toward1',
  'toward2',
  'toward3',
] as const satisfies readonly Token[]

/** The change at which each class but the first begins. */
export const classLimits = [-0.05, -0.02, -0.005, 0.005, 0.02, 0.05] as const

/** Colour of a change, and of what is written on it. */
export function classOf(value: number): { readonly fill: string; readonly ink: string } {
  const token = classTokens[classLimits.filter(limit => value >= limit).length]!
  return { fill: colour(token), ink: inkOn(token) }
}
