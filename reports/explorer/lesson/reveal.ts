import { checkFinding, estimateOf, leastRuns, startOf } from '../../../sim/analysis/lesson/estimate.ts'
import type { LessonRuns } from '../../../sim/analysis/lesson/runs.ts'
import { barsOf, type Score, scoreOf } from '../../../sim/analysis/lesson/score.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { count, number } from '../../words.ts'
import { el } from '../element.ts'
import { barPicture } from './bar-picture.ts'
import { barLooks } from './bar-words.ts'
import { digitsOf } from './guess.ts'
import { changeText, levelText, percentsOf, quantityWords, unitOf } from './lesson-words.ts'

/** Points of a committed prediction: whole percents, or the number. */
export function pointsOf(runs: LessonRuns, lesson: Lesson, guess: readonly number[]): Score {
  const { bars } = lesson.document.predict
  return scoreOf(runs, bars, bars.kind === 'number' ? guess : guess.map(percent => percent / 100))
}

/** What the runs say so far: the bars beside the prediction, the points, every quantity by world, and the claims. */
export function revealed(
  lesson: Lesson,
  runs: LessonRuns,
  guess: readonly number[] | undefined,
  done: boolean,
): Node[] {
  if (runs.runs < leastRuns) return [el('p', { class: 'note' }, 'The first runs are on their way.')]
  return [
    ...(done && guess ? [scoreSection(pointsOf(runs, lesson, guess), lesson)] : []),
    barsSection(lesson, runs, guess),
    ...(done ? [findingsSection(lesson, runs), tableSection(lesson, runs)] : []),
  ]
}

function barsSection(lesson: Lesson, runs: LessonRuns, guess: readonly number[] | undefined): HTMLElement {
  const { bars } = lesson.document.predict
  const looks = barLooks(lesson)
  const rows = barsOf(runs, bars).map(({ value, lower, upper }, n) => {
    const own = guess?.[n]
    const [place, ends, mark, figure, yours] =
      bars.kind === 'number'
        ? numberRow(value, lower, upper, own, bars)
        : [
            value,
            [lower, upper] as const,
            own === undefined ? undefined : own / 100,
            withInterval(`${Math.round(100 * value)} % (${percentsOf(lower, upper)})`),
            own === undefined ? '' : `you: ${own} %`,
          ]
    const look = looks[n]!
    return el(
      'div',
      { class: 'row' },
      el(
        'span',
        { class: 'name' },
        look.name,
        look.note === '' ? undefined : [' ', el('span', { class: 'note' }, look.note)],
      ),
      barPicture({
        from: bars.kind === 'number' ? (bars.low < 0 && bars.high > 0 ? scaled(0, bars) : 0) : 0,
        to: place,
        token: look.token,
        interval: ends,
        mark,
        ...(bars.kind === 'number' && bars.low < 0 && bars.high > 0 && { axis: scaled(0, bars) }),
      }),
      el('span', { class: 'figure' }, figure, yours === '' ? undefined : [' ', el('span', { class: 'yours' }, yours)]),
    )
  })
  return el(
    'section',
    { class: 'shown' },
    ...rows,
    el(
      'p',
      { class: 'note' },
      guess ? 'Dashed line: your prediction. ' : '',
      'Dark line: 95 % interval of the runs. They show the model, not the future.',
    ),
  )
}

/** "41 % (39–42 %)" with its interval kept on one line. */
function withInterval(text: string): (string | HTMLElement)[] {
  const [, value, ends] = /^(.*?) (\(.*\))$/.exec(text) ?? []
  return ends === undefined ? [text] : [`${value} `, el('span', { class: 'interval' }, ends)]
}

interface Scale {
  readonly low: number
  readonly high: number
  readonly step: number
}
const scaled = (value: number, { low, high }: Scale) => (value - low) / (high - low)

function numberRow(value: number, lower: number, upper: number, own: number | undefined, scale: Scale) {
  const digits = digitsOf(scale.step) + 1
  return [
    scaled(value, scale),
    [scaled(lower, scale), scaled(upper, scale)] as const,
    own === undefined ? undefined : scaled(own, scale),
    withInterval(`${number(value, digits)} (${number(lower, digits)} to ${number(upper, digits)})`),
    own === undefined ? '' : `you: ${number(own, digitsOf(scale.step))}`,
  ] as const
}

function scoreSection({ points, halfWidth }: Score, lesson: Lesson): HTMLElement {
  const number = lesson.document.predict.bars.kind === 'number'
  const even = number ? 'the middle of the scale' : 'bars of one height'
  return el(
    'section',
    { class: 'score', 'aria-label': 'Points' },
    el('p', { class: 'points' }, el('strong', { id: 'points' }, points.toFixed(0)), ' of 100 points'),
    el('p', { class: 'anchor' }, `100 would be the runs themselves, 50 ${even}.`),
    el(
      'details',
      {},
      el('summary', {}, 'How points are counted'),
      el(
        'p',
        { class: 'note keep' },
        'Points are 100 − 50 × D / E, at least 0. D adds up the squared differences between ',
        number
          ? 'your number and the mean of the runs, as parts of the scale'
          : 'your bars and those of the runs, as shares',
        `; E is the same for ${even}, at least 0.005. One bar far off costs more than several a little off. `,
        `Other runs would move your points by about ±${halfWidth.toFixed(1)}.`,
      ),
    ),
  )
}

const verdicts = {
  holds: ['✓', 'The runs show it'],
  fails: ['✗', 'Not in these runs'],
  open: ['?', 'These runs do not decide it'],
} as const

/** Name of the world a comparison is with. */
function worldName(id: string, { worlds }: Lesson): string {
  return id === 'start' ? 'the start' : `“${worlds.find(world => world.id === id)!.name}”`
}

function findingsSection(lesson: Lesson, runs: LessonRuns): HTMLElement {
  return el(
    'section',
    { class: 'findings' },
    el('h3', {}, 'What the runs show'),
    el(
      'ul',
      {},
      ...lesson.document.findings.map(finding => {
        const { estimate, verdict } = checkFinding(runs, finding)
        const unit = unitOf(finding.quantity, runs)
        const figure = finding.against === undefined ? levelText(estimate, unit) : changeText(estimate, unit)
        const [sign, words] = verdicts[verdict]
        const against = finding.against === undefined ? '' : ` against ${worldName(finding.against, lesson)}`
        return el(
          'li',
          { class: verdict },
          el(
            'span',
            { class: 'verdict', title: words },
            el('span', { 'aria-hidden': 'true' }, sign),
            el('span', { class: 'heard' }, `${words}: `),
          ),
          el('span', { class: 'claim' }, finding.claim),
          ' ',
          el(
            'span',
            { class: 'note' },
            `${quantityWords(finding.quantity, lesson)}, ${worldName(finding.world, lesson)}${against}: ${figure}`,
          ),
        )
      }),
    ),
  )
}

function tableSection(lesson: Lesson, runs: LessonRuns): HTMLElement {
  const { reveal } = lesson.document
  const starts = reveal.map(({ quantity }) => startOf(runs, runs.worlds[0]!, quantity))
  const anyStart = starts.some(Number.isFinite)
  const head = el(
    'tr',
    {},
    el('td', {}),
    anyStart ? el('th', { scope: 'col' }, 'Start') : undefined,
    ...lesson.worlds.map(({ name }) => el('th', { scope: 'col' }, name)),
  )
  const rows = reveal.map(({ quantity, label }, n) => {
    const unit = unitOf(quantity, runs)
    const start = starts[n]!
    return el(
      'tr',
      {},
      el('th', { scope: 'row' }, label ?? quantityWords(quantity, lesson)),
      anyStart ? el('td', {}, Number.isFinite(start) ? number(start, unit === 'count' ? 1 : 3) : '–') : undefined,
      ...lesson.worlds.map(({ id }) => el('td', {}, withInterval(levelText(estimateOf(runs, quantity, id), unit)))),
    )
  })
  return el(
    'section',
    { class: 'table' },
    el('h3', {}, 'Every world side by side'),
    el(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of the worlds' },
      el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)),
    ),
    el(
      'p',
      { class: 'note' },
      `Means of ${count(runs.runs)} runs of each world, with 95 % intervals. Run by run the worlds share their chances.`,
    ),
  )
}
