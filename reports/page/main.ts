import type { View } from 'vega'
import { choiceFor, drawing } from '../charts/catalogue.ts'
import type { Choice } from '../charts/choice.ts'
import type { ReportDocument } from '../document.ts'
import { listenForChoices } from './choices.ts'
import { draw } from './draw.ts'

/** Width of a chart on A4 paper: over the whole of it the small text of a chart, 11 such units, has 7 points. */
const printWidth = 796

const data = JSON.parse(document.getElementById('data')!.textContent) as ReportDocument['data']
const places = [...document.querySelectorAll<HTMLElement>('[data-chart]')]
/** What is drawn in a place, and what it was drawn for. */
const drawn = new Map<HTMLElement, { readonly view: View; readonly as: string }>()
let choice: Choice = {}
let pick: ((picked: Choice) => void) | undefined

/** Room for a chart in units of normal text, so that charts grow with the text on a large screen. */
function roomOf(element: HTMLElement): number {
  const rootSize = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Math.max(280, Math.round((element.clientWidth * 16) / rootSize))
}

/** Draws a chart where its width, its data or what it follows has changed. */
function drawPlace(element: HTMLElement, width: number): void {
  const { chart, key, follows } = element.dataset
  const own = choiceFor(chart!, choice)
  const followed = follows === undefined ? undefined : follows + choice.actor
  const used = followed !== undefined && followed in data ? followed : key!
  const as = JSON.stringify([width, own, used])
  const before = drawn.get(element)
  if (before?.as === as) return
  const spec = drawing(chart!, data[used], width, own)
  before?.view.finalize()
  drawn.set(element, { view: draw(element, spec, pick && picked), as })
}

function drawAll(widthOf: (element: HTMLElement) => number): void {
  for (const place of places) if (!place.closest('figure')?.hidden) drawPlace(place, widthOf(place))
}

/** Hands on the actor and the outcome of a mark that is clicked. */
function picked(datum: unknown): void {
  const { actor, outcome } = (datum ?? {}) as { actor?: unknown; outcome?: unknown }
  if (typeof actor === 'string') pick?.({ actor, ...(typeof outcome === 'string' ? { outcome } : {}) })
}

/** Charts in sight first, the others one by one, so that the page answers at once. */
let turn = 0
function redraw(next: Choice): void {
  choice = next
  const own = ++turn
  const distance = (place: HTMLElement) => {
    const { top, bottom } = place.getBoundingClientRect()
    return Math.max(0, top - innerHeight, -bottom)
  }
  const order = places.map(place => ({ place, far: distance(place) })).sort((a, b) => a.far - b.far)
  const go = () => {
    if (own !== turn) return
    const next = order.shift()
    if (next === undefined) {
      document.documentElement.dataset.settled = String(own)
      return
    }
    if (!next.place.closest('figure')?.hidden) drawPlace(next.place, roomOf(next.place))
    if (order[0]?.far === 0) go()
    else setTimeout(go)
  }
  go()
}

const closed = new Set<HTMLDetailsElement>()

addEventListener('beforeprint', () => {
  drawAll(() => printWidth)
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-print]:not([open])')) {
    details.open = true
    closed.add(details)
  }
})
addEventListener('afterprint', () => {
  for (const details of closed) details.open = false
  closed.clear()
  drawAll(roomOf)
})

let waiting = 0
addEventListener('resize', () => {
  cancelAnimationFrame(waiting)
  waiting = requestAnimationFrame(() => drawAll(roomOf))
})

const form = document.querySelector<HTMLFormElement>('form[data-choices]')
if (form) {
  pick = chosen => choose(chosen)
  const choose = listenForChoices(form, data, next => {
    choice = next
    if (document.documentElement.dataset.drawn !== undefined) redraw(next)
  })
}
drawAll(roomOf)
document.documentElement.dataset.drawn = String(drawn.size)
