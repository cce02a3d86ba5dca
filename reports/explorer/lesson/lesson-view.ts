import { el } from '../element.ts'
import type { Leave, Stage } from '../stage.ts'

/** A lesson, by the id of its file. */
export function mountLesson(root: HTMLElement, stage: Stage, id: string, _rest: URLSearchParams): Leave {
  const known = Object.keys(stage.data.lessons).length
  root.replaceChildren(el('p', {}, `No lesson is called ${JSON.stringify(id)}; this page carries ${known}.`))
  return () => undefined
}
