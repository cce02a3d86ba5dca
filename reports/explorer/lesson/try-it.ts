import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { addressOf } from '../address.ts'

/**
 * The address of the explorer with the world a lesson asks about, beside the one it is compared with. Worlds travel as
 * small scenario files, since they may change events and ranges as well as values.
 */
export function tryItAddress(lesson: Lesson, seed: string | undefined, projector: boolean): string {
  const { bars } = lesson.document.predict
  const world = bars.world
  const against = 'against' in bars && bars.against !== 'start' && bars.against !== undefined ? bars.against : undefined
  const first = lesson.worlds[0]!.id
  const other = against ?? (first === world ? undefined : first)
  const name = (id: string) => `${lesson.id}-${id}.yaml`
  const ids = other === undefined ? [world] : [world, other]
  return addressOf({
    scenario: name(world),
    set: {},
    seed: seed ?? '',
    runs: 0,
    actor: '',
    tick: -1,
    projector,
    reference: other === undefined ? undefined : { scenario: name(other), set: {} },
    files: Object.fromEntries(ids.map(id => [name(id), worldText(lesson, id)])),
  })
}

/** A world of a lesson as a scenario file: JSON is YAML. */
function worldText({ document }: Lesson, id: string): string {
  const { name, changes } = document.worlds[id]!
  const lines = Object.entries({
    extends: document.scenario.split('/').at(-1),
    title: `${document.lesson}: ${name}`,
    question: document.question,
    ...changes,
  })
  return `${lines.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n')}\n`
}
