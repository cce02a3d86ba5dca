import { UserError } from '../../../sim/core/errors.ts'
import { el } from '../element.ts'
import { mostBytes } from '../scenario-shelf.ts'
import type { Leave, Stage } from '../stage.ts'
import { type LessonPlace, lessonAddress, readLessonPlace } from './lesson-address.ts'
import { lessonId, lessonPaths, openLesson } from './lesson-files.ts'

/** All lessons to choose from, and a place to open one of your own. */
export function mountChooser(root: HTMLElement, stage: Stage, rest: URLSearchParams): Leave {
  const list = el('ul', { class: 'lessons' })
  const input = el('input', { type: 'file', id: 'lesson-file', accept: '.yaml,.yml' })
  const problems = el('pre', { class: 'problems', role: 'alert' })
  const place = readLessonPlace('', rest)
  input.addEventListener('change', () => void openFile(input, stage, place, problems))
  root.replaceChildren(
    el(
      'main',
      { class: 'lesson chooser' },
      el('p', { class: 'top' }, el('a', { href: '#explore' }, 'Explorer')),
      el('h1', { tabindex: -1 }, 'Lessons'),
      el('p', { class: 'lead' }, 'Choose a lesson. Students predict first; then the model runs, here in this page.'),
      list,
      el(
        'details',
        { class: 'lesson-file' },
        el('summary', {}, 'Open a lesson file of your own'),
        el('p', {}, el('label', { for: 'lesson-file' }, 'A lesson file (YAML) '), input),
        el(
          'p',
          { class: 'note' },
          'The file stays on this machine. template.yaml beside the lessons shows how to write one.',
        ),
      ),
      problems,
    ),
  )
  void fill(list, stage, place)
  return () => undefined
}

async function fill(list: HTMLElement, stage: Stage, place: LessonPlace): Promise<void> {
  for (const path of lessonPaths(stage)) {
    const id = lessonId(path)
    if (id === 'template') continue
    const { document } = await openLesson(stage, id, {})
    list.append(
      el(
        'li',
        {},
        el(
          'a',
          { href: lessonAddress({ ...place, id, step: 'question', guess: undefined, files: {} }) },
          el('strong', {}, document.lesson),
          ' ',
          el('span', {}, document.question),
          ' ',
          el('span', { class: 'note' }, `${document.minutes} minutes`),
        ),
      ),
    )
  }
}

/** Opens a lesson somebody chose, or says what is wrong with it, with line and column. */
async function openFile(
  input: HTMLInputElement,
  stage: Stage,
  place: LessonPlace,
  problems: HTMLElement,
): Promise<void> {
  const file = input.files?.[0]
  if (!file) return
  problems.textContent = ''
  try {
    if (file.size > mostBytes) throw new RangeError(`${file.name}: expected at most 1 MiB, got more`)
    const files = { [file.name]: await file.text() }
    const id = lessonId(file.name)
    await openLesson(stage, id, files)
    location.hash = lessonAddress({ ...place, id, step: 'question', guess: undefined, files })
  } catch (error) {
    if (!(error instanceof UserError || error instanceof RangeError)) throw error
    problems.textContent = error.message
  }
}
