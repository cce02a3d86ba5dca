import { checkFinding } from '../../../sim/analysis/lesson/estimate.ts'
import type { LessonRuns } from '../../../sim/analysis/lesson/runs.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { el } from '../element.ts'
import { barLooks } from './bar-words.ts'
import { changeText, levelText, quantityWords, sourceWords, unitOf } from './lesson-words.ts'

const condition =
  'Shares are conditional on the scenario: its ranges, its events and its rules. They are not forecasts.'

/** What paper shows: a sheet for students, and on a second page the teacher's note. Hidden on the screen. */
export function printSheet(lesson: Lesson, code: string, runs: LessonRuns | undefined): HTMLElement {
  const { document } = lesson
  const number = document.predict.bars.kind === 'number'
  const scale = document.predict.bars.kind === 'number' ? document.predict.bars : { low: 0, high: 100 }
  return el(
    'div',
    { class: 'sheets' },
    el(
      'article',
      { class: 'sheet' },
      el(
        'p',
        { class: 'kind' },
        `Lesson · ${document.minutes} minutes · class code: ${code === '' ? '____________' : code}`,
      ),
      el('h1', {}, document.lesson),
      el('p', { class: 'big' }, document.question),
      el('h2', {}, 'Before you predict'),
      ...document.background.map(({ text, source }) =>
        el('p', {}, text, ' ', el('span', { class: 'kind small' }, `[${sourceWords(source, lesson)}]`)),
      ),
      el('h2', {}, 'Your prediction'),
      el('p', { class: 'ask' }, document.predict.ask),
      el(
        'table',
        { class: 'blank' },
        el(
          'tbody',
          {},
          ...barLooks(lesson).map(({ name }) =>
            el(
              'tr',
              {},
              el('th', { scope: 'row' }, name),
              el('td', { class: 'line' }, el('span', {}, String(scale.low)), el('span', {}, String(scale.high))),
              el('td', { class: 'box' }, number ? '' : '%'),
            ),
          ),
        ),
      ),
      el('p', {}, 'Why do you think so?'),
      el('p', { class: 'write' }),
      el('p', { class: 'write' }),
      el('p', { class: 'fold' }, 'Fold here until the runs are done'),
      el('h2', {}, 'What the runs showed'),
      el('p', { class: 'write' }),
      el('p', { class: 'write' }),
      el('h2', {}, 'Discuss'),
      el('ol', {}, ...document.discuss.map(text => el('li', {}, text))),
      el('p', { class: 'kind small' }, condition),
    ),
    el(
      'article',
      { class: 'sheet' },
      el('p', { class: 'kind' }, `Teacher’s note · ${document.audience}`),
      el('h1', {}, document.lesson),
      ...teacherParts(lesson, runs),
    ),
  )
}

/** The teacher's note: how to run it, what the runs show, and the terms of the curriculum. */
export function teacherParts(lesson: Lesson, runs: LessonRuns | undefined): HTMLElement[] {
  const { document } = lesson
  return [
    el(
      'p',
      {},
      'Give everyone the same class code: then everyone sees the same random worlds and the same shares. A plan: three minutes for question and background, three for predictions, three for the runs, two for the reasons, and the rest to discuss.',
    ),
    ...document.teacher.note.map(text => el('p', {}, text)),
    el('h2', {}, runs ? `What the runs show, seed “${runs.seed}”` : 'What the runs show'),
    el(
      'ul',
      {},
      ...document.findings.map(finding => {
        const checked = runs && checkFinding(runs, finding)
        const figure =
          checked &&
          (finding.against === undefined ? levelText : changeText)(checked.estimate, unitOf(finding.quantity, runs))
        const number = figure === undefined ? undefined : ` ${quantityWords(finding.quantity, lesson)}: ${figure}.`
        return el('li', {}, finding.claim, number)
      }),
    ),
    el('h2', {}, 'In the curriculum'),
    el(
      'ul',
      {},
      ...document.teacher.curriculum.map(({ course, terms }) =>
        el('li', {}, el('strong', {}, course), `: ${terms.join(', ')}`),
      ),
    ),
    el('h2', {}, 'What the model cannot say'),
    el('ul', {}, ...document.limits.map(text => el('li', {}, text))),
    el('p', { class: 'note' }, condition),
  ]
}
