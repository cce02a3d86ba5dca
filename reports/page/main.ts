import type { View } from 'vega'
import { drawing } from '../charts/catalogue.ts'
import type { ReportDocument } from '../document.ts'
import { draw } from './draw.ts'

/** Width of a chart on A4 paper, in units of a page whose normal text has 16. */
const printWidth = 640

const data = JSON.parse(document.getElementById('data')!.textContent) as ReportDocument['data']
const drawn = new Map<HTMLElement, { view: View; width: number }>()

/** Room for a chart in units of normal text, so that charts grow with the text on a large screen. */
function roomOf(element: HTMLElement): number {
  const rootSize = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Math.max(280, Math.round((element.clientWidth * 16) / rootSize))
}

function drawAll(widthOf: (element: HTMLElement) => number): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-chart]')) {
    const width = widthOf(element)
    const before = drawn.get(element)
    if (before?.width === width) continue
    const spec = drawing(element.dataset.chart!, data[element.dataset.key!], width)
    before?.view.finalize()
    drawn.set(element, { view: draw(element, spec), width })
  }
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

drawAll(roomOf)
document.documentElement.dataset.drawn = String(drawn.size)
