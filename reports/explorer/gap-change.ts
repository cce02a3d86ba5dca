import { quantilesOf } from './engine/ensemble.ts'
import { type Frame, inReference, referenceTick } from './frame.ts'

/**
 * Median over runs of the change of the gap of an actor at the tick that is shown: since the start of the same run, or
 * against the same run of the reference where one is shown. Not the difference of two medians, which may be that of two
 * runs. Undefined where the reference has no such actor.
 */
export function gapChange(frame: Frame, actor: number): number | undefined {
  const { now, reference, runs, tick, same } = frame
  const other = same ? actor : inReference(frame, actor)
  if (other === undefined) return undefined
  const [id, op] = [now.columns.institutional(actor, tick), now.columns.operational(actor, tick)]
  const before = same ? 0 : referenceTick(frame)
  const [id0, op0] = [reference.columns.institutional(other, before), reference.columns.operational(other, before)]
  const [a, b] = [now.column(id, runs), now.column(op, runs)]
  const [a0, b0] = [reference.column(id0, runs), reference.column(op0, runs)]
  return quantilesOf(a.map((value, run) => value - b[run]! - (a0[run]! - b0[run]!))).q50
}

/** What the number is, as captions say it. */
export function gapChangeWords(same: boolean): string {
  return `the median over runs of the change of the gap ${same ? 'since the start' : 'against the same run of the reference'}`
}
