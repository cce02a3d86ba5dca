import type { Laboratory } from './engine/laboratory.ts'
import type { PageData } from './page-data.ts'
import type { ScenarioShelf } from './scenario-shelf.ts'

/**
 * What every view of the page works with. A view is a function that fills an element and returns how to leave it:
 *
 *     mountLesson(root, stage, id, rest) → () => void
 *
 * The fragment of the address chooses the view (`address.ts`): `#explore&…` or `#lesson=ID&…`. Scenarios come from
 * `stage.shelf.load(path)`, runs from `stage.laboratory`, changed parameters by `withChanges` of `point.ts`, elements
 * from `element.ts`, which writes texts as text only. Texts of the lesson files are in `stage.data.lessons`, by path.
 */
export interface Stage {
  readonly data: PageData
  readonly shelf: ScenarioShelf
  readonly laboratory: Laboratory
  /** Says something to people who hear the page. */
  announce(sentence: string): void
  /** Shows that something went wrong; never silent. */
  complain(sentence: string): void
}

/** Leaves a view: stops its timers and listeners. */
export type Leave = () => void
