import { quantilesOf } from './engine/ensemble.ts'
import { type Frame, inReference, referenceTick } from './frame.ts'

/**
 * The change of the gap of an actor at the tick that is shown, run by run: since the start, the median, as the report has
 * it; against the same run of the reference where one is shown, the mean, as in the table of what moved. Runs that failed
 * in either are left out. Undefined where the reference has no such actor.
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
  const changes = a.map((value, run) => value - b[run]! - (a0[run]! - b0[run]!)).filter(Number.isFinite)
  return same ? quantilesOf(changes).q50 : changes.reduce((sum, change) => sum + change, 0) / changes.length
}

/** What the number is, as captions and text alternatives say it. */
export function gapChangeWords(same: boolean): string {
  return same
    ? 'the median over runs of the change of the gap since the start'
    : 'the mean over runs of the change of the gap against the same run of the reference'
}
