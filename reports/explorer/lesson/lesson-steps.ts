import type { LessonExplanation } from '../../../sim/analysis/lesson/explanation.ts'
import type { LessonRuns } from '../../../sim/analysis/lesson/runs.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { count } from '../../words.ts'
import { button, el } from '../element.ts'
import { type LessonPlace, mostCode, type Step } from './lesson-address.ts'
import { measureWords, sourceWords } from './lesson-words.ts'
import { predictionBars } from './prediction-bars.ts'
import { teacherParts } from './print-sheet.ts'
import { revealed } from './reveal.ts'
import { tryItAddress } from './try-it.ts'
import { waterfallRows } from './waterfall-rows.ts'

export const stepNames: Readonly<Record<Step, string>> = {
  question: 'Question',
  background: 'Background',
  predict: 'Predict',
  reveal: 'Runs',
  why: 'Why',
  discuss: 'Discuss',
}

/** What the steps of a lesson work with. */
export interface LessonParts {
  readonly lesson: Lesson
  readonly place: LessonPlace
  readonly runs: LessonRuns | undefined
  readonly terms: LessonExplanation | undefined
  /** Whether all runs are there. */
  readonly done: boolean
  readonly planned: number
  /** The bars before they are committed. */
  readonly draft: readonly number[]
  setDraft(values: readonly number[]): void
  setCode(code: string): void
  setActor(actor: string): void
  /** Seed of the class code; undefined without one. */
  seed(): string | undefined
  commit(): void
  again(): void
  /** Draws what grows again; set by the step that is shown. */
  refresh: () => void
}

/** Elements of a step. */
export function stepContent(step: Step, parts: LessonParts): HTMLElement[] {
  parts.refresh = () => undefined
  return content[step](parts)
}

const heading = (text: string) => el('h1', { tabindex: -1 }, text)

const content: Readonly<Record<Step, (parts: LessonParts) => HTMLElement[]>> = {
  question({ lesson, place, setCode, runs, done }) {
    const { document } = lesson
    const code = el('input', {
      type: 'text',
      id: 'class-code',
      value: place.code,
      maxlength: mostCode,
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-describedby': 'code-help',
    })
    code.addEventListener('input', () => setCode(code.value))
    return [
      el('p', { class: 'kind' }, `${document.lesson} · ${document.minutes} minutes`),
      heading(document.question),
      el(
        'div',
        { class: 'code' },
        el('label', { for: 'class-code' }, 'Class code'),
        code,
        el(
          'span',
          { class: 'note', id: 'code-help' },
          'The same code shows everyone the same worlds. It may stay empty.',
        ),
      ),
      teacherNote(lesson, done ? runs : undefined, ' (gives the answer away)'),
    ]
  },

  background({ lesson }) {
    const { document } = lesson
    return [
      heading('What you need to know'),
      ...document.background.map(({ text, source }) =>
        el('p', { class: 'fact' }, text, ' ', el('span', { class: 'note source' }, sourceWords(source, lesson))),
      ),
    ]
  },

  predict(parts) {
    const { lesson, place } = parts
    if (place.guess) {
      return [
        heading('Your prediction is made'),
        el('p', {}, 'It stays as it is, so that it can be compared with the runs.'),
        button('Predict again', () => parts.again(), { class: 'plain' }),
      ]
    }
    const bars = predictionBars(lesson, parts.draft, () => parts.setDraft(bars.values))
    return [bars.element]
  },

  reveal(parts) {
    const { lesson } = parts
    const progress = el('progress', { max: parts.planned, 'aria-label': 'Runs done' })
    const counter = el('span', { id: 'lesson-runs', class: 'figure' })
    const results = el('div', { class: 'results' })
    parts.refresh = () => {
      const runs = parts.runs?.runs ?? 0
      progress.value = runs
      const worlds = lesson.worlds.length
      counter.textContent = `${count(runs)} of ${count(parts.planned)} runs${worlds > 1 ? ` of each of ${worlds} worlds` : ''}`
      progress.hidden = parts.done
      if (parts.runs) results.replaceChildren(...revealed(lesson, parts.runs, parts.place.guess, parts.done))
    }
    parts.refresh()
    return [
      el('h1', { tabindex: -1, class: 'asked' }, lesson.document.predict.ask),
      el('p', { class: 'growing' }, progress, ' ', counter, ' ', codeNote(parts)),
      results,
    ]
  },

  why(parts) {
    const { lesson, place } = parts
    const { explain } = lesson.document
    const chosen = () => explain.actors.find(actor => actor === parts.place.actor) ?? explain.actors[0]!
    const picture = el('div')
    const choice = el('select', { id: 'why-actor' })
    for (const actor of explain.actors) {
      const option = el('option', { value: actor }, lesson.base.actors[actor]!.name)
      option.selected = actor === chosen()
      choice.append(option)
    }
    choice.addEventListener('change', () => {
      parts.setActor(choice.value)
      parts.refresh()
    })
    parts.refresh = () => {
      const { terms } = parts
      if (!terms) return picture.replaceChildren(el('p', { class: 'note' }, 'The terms are being computed.'))
      const waterfall = terms.waterfalls.find(({ actor }) => actor === chosen())!
      picture.replaceChildren(
        waterfallRows(lesson, waterfall),
        el(
          'p',
          { class: 'note' },
          `Means of ${count(terms.runs)} runs, with 95 % intervals. These are the terms the model itself adds up; nothing is left over. They explain runs, not the world.`,
        ),
      )
    }
    parts.refresh()
    return [
      heading('Why?'),
      el('p', { class: 'fact' }, explain.text),
      el(
        'p',
        {},
        el('label', { for: 'why-actor' }, 'State '),
        choice,
        ' ',
        el('span', { class: 'note' }, measureWords(explain.measure)),
      ),
      picture,
      el(
        'p',
        {},
        el(
          'a',
          { href: tryItAddress(lesson, parts.seed(), place.projector), class: 'try' },
          'Try it yourself in the explorer',
        ),
      ),
    ]
  },

  discuss({ lesson, runs, done }) {
    const { document } = lesson
    return [
      heading('Discuss'),
      el('ol', { class: 'discuss' }, ...document.discuss.map(text => el('li', {}, text))),
      el('h2', {}, 'What the model cannot say'),
      el('ul', {}, ...document.limits.map(text => el('li', {}, text))),
      teacherNote(lesson, done ? runs : undefined),
    ]
  },
}

function teacherNote(lesson: Lesson, runs: LessonRuns | undefined, warning = ''): HTMLElement {
  const summary = el('summary', {}, `Teacher’s note${warning}`)
  return el('details', { class: 'teacher' }, summary, ...teacherParts(lesson, runs))
}

function codeNote({ place }: LessonParts): HTMLElement | undefined {
  return place.code === '' ? undefined : el('span', { class: 'note' }, `class code ${place.code}`)
}
