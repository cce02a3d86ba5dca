import { loadLesson } from '../../../sim/analysis/lesson/load.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import type { ScenarioFiles } from '../../../sim/scenario/load.ts'
import { mostBytes } from '../scenario-shelf.ts'
import type { Stage } from '../stage.ts'

const folder = 'scenarios/lessons'

/** Files of the lessons the page carries, the template last. */
export function lessonPaths({ data }: Stage): string[] {
  const isTemplate = (path: string) => (path.endsWith('/template.yaml') ? 1 : 0)
  return Object.keys(data.lessons).sort((a, b) => isTemplate(a) - isTemplate(b) || (a < b ? -1 : 1))
}

/** Id of a lesson the page carries: the name of its file. */
export function lessonId(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.ya?ml$/, '')
}

/**
 * Reads and checks a lesson as the command line does: one the page carries, or one somebody opened.
 *
 * @param files - texts of opened lessons, by name
 * @throws ScenarioError with every problem, its line and its column; UserError where there is no such lesson
 */
export function openLesson(stage: Stage, id: string, files: Readonly<Record<string, string>>): Promise<Lesson> {
  const opened = Object.keys(files).find(name => lessonId(name) === id)
  const path = opened ?? `${folder}/${id}.yaml`
  const around: ScenarioFiles = {
    async read(name) {
      const text = name === opened ? files[name] : stage.data.lessons[name]
      if (text === undefined) return stage.shelf.files.read(name)
      if (text.length > mostBytes) throw new RangeError(`${name}: expected at most 1 MiB, got more`)
      return { text, path: name }
    },
    resolve: (from, reference) => stage.shelf.files.resolve(from, reference),
  }
  return loadLesson(path, around)
}
