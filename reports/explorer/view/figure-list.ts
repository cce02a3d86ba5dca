import { button, el } from '../element.ts'
import type { Frame } from '../frame.ts'
import { savePicture } from './save-picture.ts'

/** A picture with its title; drawn anew when what it shows has changed, but only while somebody can see it. */
export interface FigureSpec {
  readonly id: string
  readonly title: string
  /** How to read it. */
  readonly caption: (frame: Frame) => string
  /** Pictures side by side; the width is in units of normal text. */
  readonly draw: (frame: Frame, width: number) => SVGSVGElement | readonly SVGSVGElement[]
  /** Least width of one picture, in units of normal text; the whole width unless given. */
  readonly least?: number
  /** Stands between title and picture. */
  readonly controls?: HTMLElement
}

export interface FigureList {
  readonly elements: ReadonlyMap<string, HTMLElement>
  draw(frame: Frame): void
  leave(): void
}

export function figureList(specs: readonly FigureSpec[]): FigureList {
  const figures = specs.map(spec => {
    const holder = el('div', { class: 'pictures' })
    const caption = el('figcaption', {})
    const save = (form: 'svg' | 'png') =>
      button(form.toUpperCase(), () => void savePicture([...holder.querySelectorAll('svg')], spec.id, form), {
        'aria-label': `Save ${spec.title} as ${form.toUpperCase()}`,
      })
    const element = el(
      'figure',
      { id: `figure-${spec.id}` },
      el(
        'div',
        { class: 'figure-head' },
        el('h2', {}, spec.title),
        el('span', { class: 'saves' }, save('svg'), save('png')),
      ),
      spec.controls,
      holder,
      caption,
    )
    return { spec, element, holder, caption, seen: false, drawn: undefined as Frame | undefined, width: 0 }
  })
  let frame: Frame | undefined

  /** Rooms are measured before anything is drawn: the browser would lay out the page anew after every picture. */
  function drawAll(list: readonly (typeof figures)[number][]): void {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
    const rooms = list.map(({ holder }) => Math.floor(holder.clientWidth / rem))
    for (const [n, one] of list.entries()) drawOne(one, rooms[n]!)
  }

  function drawOne(one: (typeof figures)[number], room: number): void {
    if (frame === undefined) return
    if (room === 0 || (one.drawn === frame && one.width === room)) return
    const { least } = one.spec
    const columns = least === undefined ? 1 : Math.max(1, Math.floor((room + 24) / (least + 24)))
    const width = Math.floor((room - 24 * (columns - 1)) / columns)
    const drawn = one.spec.draw(frame, width)
    one.holder.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`
    one.holder.replaceChildren(...('length' in drawn ? drawn : [drawn]))
    one.caption.textContent = one.spec.caption(frame)
    one.drawn = frame
    one.width = room
  }

  const watch = new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries)
        figures.find(({ element }) => element === target)!.seen = isIntersecting
      drawAll(figures.filter(({ seen }) => seen))
    },
    { rootMargin: '150px' },
  )
  for (const { element } of figures) watch.observe(element)
  const resize = new ResizeObserver(() => drawAll(figures.filter(({ seen }) => seen)))
  for (const { holder } of figures) resize.observe(holder)
  // Paper shows everything.
  const onPrint = () => drawAll(figures)
  addEventListener('beforeprint', onPrint)

  return {
    elements: new Map(figures.map(({ spec, element }) => [spec.id, element])),
    draw(next) {
      frame = next
      drawAll(figures.filter(({ seen }) => seen))
    },
    leave() {
      watch.disconnect()
      resize.disconnect()
      removeEventListener('beforeprint', onPrint)
    },
  }
}
