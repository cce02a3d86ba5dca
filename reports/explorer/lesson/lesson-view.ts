import { classSeed } from '../../../sim/analysis/lesson/class-code.ts'
import type { LessonExplanation } from '../../../sim/analysis/lesson/explanation.ts'
import { type LessonRuns, lessonSeed } from '../../../sim/analysis/lesson/runs.ts'
import { UserError } from '../../../sim/core/errors.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { count } from '../../words.ts'
import { button, el } from '../element.ts'
import type { LessonGrowth } from '../engine/lesson-runs.ts'
import type { Leave, Stage } from '../stage.ts'
import { isGuess, untouched } from './guess.ts'
import { type LessonPlace, lessonAddress, readLessonPlace, type Step, steps } from './lesson-address.ts'
import { mountChooser } from './lesson-chooser.ts'
import { openLesson } from './lesson-files.ts'
import { type LessonParts, stepContent, stepNames } from './lesson-steps.ts'
import { printSheet } from './print-sheet.ts'
import { pointsOf } from './reveal.ts'

/** A lesson, by the id of its file; all of them to choose from where there is no id. */
export function mountLesson(root: HTMLElement, stage: Stage, id: string, rest: URLSearchParams): Leave {
  if (id === '') return mountChooser(root, stage, rest)
  let leave: Leave | undefined
  let left = false
  const place = readLessonPlace(id, rest)
  openLesson(stage, id, place.files)
    .then(lesson => {
      if (!left) leave = startLesson(root, stage, lesson, place)
    })
    .catch((error: unknown) => {
      if (left) return
      if (!(error instanceof UserError)) stage.complain(error instanceof Error ? error.message : String(error))
      const home = el('a', { href: lessonAddress({ ...place, id: '', files: {} }) }, 'All lessons')
      const message = error instanceof UserError ? error.message : 'The lesson could not be read.'
      root.replaceChildren(
        el('main', { class: 'lesson' }, home, el('pre', { class: 'problems', role: 'alert' }, message)),
      )
    })
  return () => {
    left = true
    leave?.()
    delete document.documentElement.dataset.projector
  }
}

function startLesson(root: HTMLElement, stage: Stage, lesson: Lesson, start: LessonPlace): Leave {
  const { bars } = lesson.document.predict
  /** Without a prediction that nobody could have made. */
  const possible = (one: LessonPlace): LessonPlace =>
    one.guess && isGuess(bars, one.guess) ? one : { ...one, guess: undefined }
  let place = possible(start)
  let draft: readonly number[] = untouched(bars)
  let growth: LessonGrowth | undefined
  let runs: LessonRuns | undefined
  let terms: LessonExplanation | undefined
  let computed: string | undefined
  let done = false

  const seed = () => classSeed(place.code)
  const go = (change: Partial<LessonPlace>) => {
    location.hash = lessonAddress({ ...place, ...change })
  }
  /** Changes what the address says without a step back to it. */
  const note = (change: Partial<LessonPlace>) => {
    place = { ...place, ...change }
    history.replaceState(null, '', lessonAddress(place))
  }

  function stop(): void {
    growth?.stop()
    growth = undefined
    runs = undefined
    terms = undefined
    computed = undefined
    done = false
  }

  /** Begins the runs of this class, once. */
  function compute(): void {
    const own = lessonSeed(lesson, seed())
    if (computed === own) return
    stop()
    computed = own
    const mine = stage.laboratory.lesson(lesson, own, grown => {
      if (growth !== mine) return
      runs = grown
      parts.refresh()
    })
    growth = mine
    mine.done
      .then(async finished => {
        if (!finished || growth !== mine || !runs) return
        done = true
        parts.refresh()
        drawSheet()
        const points = place.guess ? ` ${pointsOf(runs, lesson, place.guess).points.toFixed(0)} of 100 points.` : ''
        stage.announce(`${count(runs.runs)} runs of each world are done.${points}`)
        const found = await stage.laboratory.terms(lesson, own)
        if (growth !== mine) return
        terms = found
        parts.refresh()
      })
      .catch((error: unknown) => stage.complain(error instanceof Error ? error.message : String(error)))
  }

  const parts: LessonParts = {
    lesson,
    get place() {
      return place
    },
    get runs() {
      return runs
    },
    get terms() {
      return terms
    },
    get done() {
      return done
    },
    get planned() {
      return growth?.planned ?? lesson.document.runs
    },
    get draft() {
      return draft
    },
    setDraft(values) {
      draft = values
    },
    setCode(code) {
      note({ code })
      stop()
      drawSheet()
    },
    setActor: actor => note({ actor }),
    seed,
    commit: () => go({ step: 'reveal', guess: draft }),
    again() {
      draft = untouched(bars)
      go({ step: 'predict', guess: undefined })
    },
    refresh: () => undefined,
  }

  const { title } = document
  const content = el('div', { class: 'step' })
  const navigation = el('nav', { 'aria-label': 'Steps of the lesson' })
  const sheet = el('div')
  const projector = button('Projector', () => go({ projector: !place.projector }), { class: 'plain' })
  const print = button('Print', () => void printWithRuns(), { class: 'plain' })
  const home = el('a', {}, 'All lessons')
  root.replaceChildren(
    el(
      'main',
      { class: 'lesson' },
      el('div', { class: 'top' }, home, el('span', { class: 'push' }), projector, print),
      navigation,
      content,
    ),
    sheet,
  )

  /** Paper shows what the runs of this class say, so they come first. */
  async function printWithRuns(): Promise<void> {
    compute()
    await growth?.done.catch(() => false)
    globalThis.print()
  }

  function drawSheet(): void {
    sheet.replaceChildren(printSheet(lesson, place.code, done ? runs : undefined))
  }

  const reached = (step: Step) => place.guess !== undefined || steps.indexOf(step) <= steps.indexOf(shownStep())

  function shownStep(): Step {
    return place.step
  }

  function draw(): void {
    document.documentElement.toggleAttribute('data-projector', place.projector)
    projector.setAttribute('aria-pressed', String(place.projector))
    home.setAttribute('href', lessonAddress({ ...place, id: '', step: 'question', guess: undefined, files: {} }))
    const step = shownStep()
    const at = steps.indexOf(step)
    if (at >= steps.indexOf('reveal')) compute()
    navigation.replaceChildren(
      el(
        'ol',
        {},
        ...steps.map(one => {
          const link = el('a', { href: lessonAddress({ ...place, step: one }) }, stepNames[one])
          if (one === step) link.setAttribute('aria-current', 'step')
          const open = reached(one) || steps.indexOf(one) <= steps.indexOf('predict')
          return el('li', {}, open ? link : el('span', { class: 'closed' }, stepNames[one]))
        }),
      ),
    )
    content.replaceChildren(...stepContent(step, parts), stepButtons(at))
    document.title = `${lesson.document.lesson} – ${stepNames[step]} – multivector`
    content.querySelector<HTMLElement>('h1, h2')?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }

  function stepButtons(at: number): HTMLElement {
    const before = steps[at - 1]
    const after = steps[at + 1]
    const committed = place.guess !== undefined
    const next =
      after === 'reveal' && !committed
        ? button('Commit and run', () => parts.commit(), { class: 'main' })
        : after && button(`${nextWords[after]}`, () => go({ step: after }), { class: 'main' })
    return el(
      'div',
      { class: 'step-buttons' },
      before ? button('Back', () => go({ step: before }), { class: 'plain' }) : undefined,
      next,
    )
  }

  const follow = () => {
    const query = new URLSearchParams(location.hash.slice(1))
    if (query.get('lesson') !== lesson.id && query.get('lesson') !== place.id) return
    const next = possible(readLessonPlace(place.id, query))
    if (classSeed(next.code) !== classSeed(place.code)) stop()
    place = next
    draw()
  }
  addEventListener('hashchange', follow)
  drawSheet()
  draw()
  return () => {
    removeEventListener('hashchange', follow)
    document.title = title
    stop()
  }
}

const nextWords: Readonly<Record<Step, string>> = {
  question: 'Start',
  background: 'Start',
  predict: 'Make your prediction',
  reveal: 'See the runs',
  why: 'Why?',
  discuss: 'Discuss',
}
