import { sumsToOne } from '../../../sim/analysis/lesson/score.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import { colour } from '../../theme.ts'
import { number } from '../../words.ts'
import { el } from '../element.ts'
import { barLooks } from './bar-words.ts'
import { digitsOf } from './guess.ts'
import { rebalance } from './rebalance.ts'

/** Bars somebody drags, by pointer or by keyboard; whole percents, or the one number. */
export interface PredictionBars {
  readonly element: HTMLElement
  readonly values: readonly number[]
}

/** The bars of a lesson. Those that sum to 100 give way to the one that is dragged. */
export function predictionBars(lesson: Lesson, start: readonly number[], onChange: () => void): PredictionBars {
  const { bars, ask } = { ...lesson.document.predict }
  const looks = barLooks(lesson)
  const together = sumsToOne(bars)
  const scale = bars.kind === 'number' ? bars : { low: 0, high: 100, step: 1 }
  let values = [...start]
  const said = (value: number) => (bars.kind === 'number' ? number(value, digitsOf(bars.step)) : `${value} %`)
  const rows = looks.map((look, n) => {
    const input = el('input', {
      type: 'range',
      id: `bar-${n}`,
      min: scale.low,
      max: scale.high,
      step: scale.step,
      value: values[n]!,
    })
    input.style.setProperty('--bar', colour(look.token))
    const output = el('output', { for: `bar-${n}`, class: 'figure' })
    input.addEventListener('input', () => {
      values = together
        ? rebalance(values, n, Number(input.value))
        : values.map((v, m) => (m === n ? Number(input.value) : v))
      show()
      onChange()
    })
    const note = look.note === '' ? undefined : el('span', { class: 'note' }, look.note)
    return {
      input,
      output,
      element: el(
        'div',
        { class: 'drag' },
        el('label', { for: `bar-${n}` }, look.name, note && [' ', note]),
        input,
        output,
      ),
    }
  })
  function show(): void {
    rows.forEach(({ input, output }, n) => {
      const value = values[n]!
      input.value = String(value)
      input.setAttribute('aria-valuetext', said(value))
      input.style.setProperty('--filled', `${(100 * (value - scale.low)) / (scale.high - scale.low)}%`)
      output.textContent = said(value)
    })
  }
  show()
  const hint =
    bars.kind === 'number'
      ? `The scale goes from ${said(bars.low)} to ${said(bars.high)}.`
      : together
        ? 'The bars always sum to 100: when one grows, the others give way.'
        : 'Each bar stands alone.'
  return {
    element: el(
      'fieldset',
      { class: 'bars' },
      el('legend', {}, el('h1', { tabindex: -1 }, ask)),
      ...rows.map(row => row.element),
      el('p', { class: 'note' }, `Drag the bars, or use the arrow keys. ${hint} After you commit they are fixed.`),
    ),
    get values() {
      return values
    },
  }
}
