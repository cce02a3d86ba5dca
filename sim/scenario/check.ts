import { checkEvents } from './check-events.ts'
import { checkExpectations } from './check-expectations.ts'
import { checkParameters } from './check-parameters.ts'
import { checkTracked } from './check-tracked.ts'
import { checkWorld } from './check-world.ts'
import type { ProblemList } from './problem.ts'
import { Subject } from './subject.ts'
import type { MapTree } from './tree.ts'

/**
 * What the shape of a file cannot say: that names lead somewhere, that shares sum to one, that dates lie in the run.
 * Reads the tree and not the document, so that a file with a misshapen part is still checked in its other parts.
 */
export function check(tree: MapTree, problems: ProblemList): void {
  const subject = new Subject(tree, problems)
  checkWorld(subject)
  checkTracked(subject)
  checkParameters(subject)
  checkEvents(subject)
  checkExpectations(subject)
}
