import { hasOuterTier } from '../../../sim/scenario/outer-tier.ts'
import { lookOf } from '../../theme.ts'
import { conditionSentence, count, levels, number, shareWords } from '../../words.ts'
import { el } from '../element.ts'
import { indexWords, isClear, pointsWords } from '../figures.ts'
import type { Frame } from '../frame.ts'
import type { StoredBatch } from '../page-data.ts'

export interface Headline {
  readonly element: HTMLElement
  /** Runs that are there, of those on their way. */
  progress(runs: number, wanted: number): void
  show(frame: Frame, title: string, sentence: string): void
}

/** The four numbers that are read first. */
const indices = [
  { name: 'gap', title: 'Gap: signed less done', digits: 3 },
  { name: 'v', title: 'Vitality of CIS Plus', digits: 2 },
  { name: 'lead_RU', title: 'Russia’s leadership', digits: 2 },
] as const

export function headline(batch: StoredBatch | undefined): Headline {
  const title = el('h1', {})
  const bar = el('progress', { max: 1, value: 0, 'aria-label': 'Runs' })
  const runsText = el('span', { class: 'soft', id: 'runs' })
  const sentence = el('p', { class: 'answer' })
  const cards = el('dl', { class: 'cards' })
  return {
    element: el(
      'header',
      { class: 'headline' },
      title,
      el('p', { class: 'progress' }, bar, runsText),
      sentence,
      cards,
      batch && el('p', { class: 'soft' }, storedWords(batch)),
      el('p', { class: 'condition soft' }, conditionSentence),
    ),
    progress(runs, wanted) {
      bar.max = wanted
      bar.value = runs
      runsText.textContent = runs < wanted ? `${count(runs)} of ${count(wanted)} runs` : `${count(runs)} runs`
    },
    show(frame, name, said) {
      const { now, runs, moves, same } = frame
      title.textContent = name
      document.title = `${name} · multivector explorer`
      sentence.textContent = said
      const shown = indices.filter(({ name: index }) => index !== 'v' || hasOuterTier(now.document))
      const duality = now.outcomeShares(runs).find(({ outcome }) => outcome === 'duality')!
      const moved = same ? undefined : moves?.get('class=duality')
      cards.replaceChildren(
        card(
          'Strategic duality',
          shareWords(duality),
          moved && pointsWords(moved),
          moved !== undefined && isClear(moved),
        ),
        ...shown.map(({ name: index, title: meaning, digits }) => {
          const { q05, q50, q95 } = now.quantiles(now.columns.final(index), runs)
          const move = same ? undefined : moves?.get(index)
          const value = `${number(q50, digits)} (${levels(q05, q95, digits)})`
          return card(meaning, value, move && indexWords(move), move !== undefined && isClear(move))
        }),
      )
    },
  }
}

/** A number with its interval, and what moved below it. */
function card(name: string, value: string, moved: string | undefined, clear: boolean): HTMLElement {
  const [main, rest] = [value.replace(/ \(.*$/, ''), /\(.*$/.exec(value)?.[0] ?? '']
  return el(
    'div',
    { class: 'card' },
    el('dt', {}, name),
    el('dd', {}, el('b', {}, main), ' ', el('span', { class: 'interval' }, rest)),
    moved === undefined ? undefined : el('dd', { class: clear ? 'moved' : 'moved soft' }, moved),
  )
}

function storedWords({ runs, outcomes, digest }: StoredBatch): string {
  const shares = outcomes.map(one => `${lookOf(one.outcome).name} ${shareWords(one)}`)
  return `The batch this page belongs to, ${count(runs)} runs, digest ${digest.slice(0, 12)}: ${shares.join(', ')}.`
}
