import { button, el } from '../element.ts'
import { type Lever, type LeverGroup, leverNumber } from '../lever.ts'
import type { Store } from './store.ts'

/** The sliders of a scenario: a few in sight, all of them found by a word. */
export interface LeverPanel {
  readonly element: HTMLElement
  /** Shows other levers, or other values of the same. */
  show(groups: readonly LeverGroup[], set: Readonly<Record<string, number>>): void
}

interface Row {
  readonly element: HTMLElement
  update(value: number | undefined): void
}

export function leverPanel(store: Store): LeverPanel {
  const search = el('input', {
    type: 'search',
    id: 'lever-search',
    autocomplete: 'off',
    placeholder: 'sanctions, corridor …',
  })
  const list = el('div', { class: 'lever-groups' })
  const found = el('p', { class: 'soft', role: 'status' })
  const element = el(
    'div',
    {},
    el('p', { class: 'search' }, el('label', { for: 'lever-search' }, 'Find a parameter'), search),
    found,
    list,
  )
  let groups: readonly LeverGroup[] = []
  let set: Readonly<Record<string, number>> = {}
  const rows = new Map<string, Row>()

  const rowOf = (lever: Lever): Row => {
    const known = rows.get(lever.name)
    if (known) return known
    const row = leverRow(lever, store)
    row.update(set[lever.name])
    rows.set(lever.name, row)
    return row
  }

  function build(): void {
    rows.clear()
    list.replaceChildren(
      ...groups.map(({ kind, title, levers }) => {
        const body = el('div', {})
        const details = el(
          'details',
          { class: 'levers', open: kind === 'L' },
          el('summary', {}, `${title} (${levers.length})`),
          body,
        )
        // Built when it is opened: a hundred sliders are not made for nothing.
        const fill = () => {
          if (details.open && body.childElementCount === 0) body.append(...levers.map(lever => rowOf(lever).element))
        }
        details.addEventListener('toggle', fill)
        fill()
        return details
      }),
    )
    sift()
  }

  function sift(): void {
    const terms = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const all = groups.flatMap(({ levers }) => levers)
    const fits = ({ name, label, definition: { unit, source } }: Lever) => {
      const text = `${name} ${label} ${unit} ${source}`.toLowerCase()
      return terms.every(term => text.includes(term))
    }
    found.textContent = terms.length === 0 ? '' : `${all.filter(fits).length} of ${all.length} parameters`
    const details = [...list.children] as HTMLDetailsElement[]
    details.forEach((one, n) => {
      const { levers, kind } = groups[n]!
      const any = terms.length > 0 && levers.some(fits)
      one.hidden = terms.length > 0 && !any
      if (any) one.open = true
      else if (terms.length === 0 && one.dataset.sifted !== undefined) one.open = kind === 'L'
      if (terms.length > 0) one.dataset.sifted = ''
      else delete one.dataset.sifted
      if (any) for (const lever of levers) rowOf(lever)
      if (any && one.lastElementChild!.childElementCount === 0)
        one.lastElementChild!.append(...levers.map(lever => rowOf(lever).element))
      for (const lever of levers) {
        const row = rows.get(lever.name)
        if (row) row.element.hidden = !fits(lever)
      }
    })
  }
  search.addEventListener('input', sift)

  return {
    element,
    show(nextGroups, nextSet) {
      const rebuild = nextGroups !== groups
      groups = nextGroups
      set = nextSet
      if (rebuild) build()
      else for (const [name, row] of rows) row.update(set[name])
    },
  }
}

/** One parameter: its slider over what the scenario has, its number, its way back and where it comes from. */
function leverRow(lever: Lever, store: Store): Row {
  const { name, label, definition, low, high, step, own, ownWords } = lever
  const id = `lever-${name}`
  const { unit, grade, source, documented, bounds } = definition
  const middle = (own[0] + own[1]) / 2
  const slider = el('input', { type: 'range', id, min: low, max: high, step, value: middle })
  const box = el('input', {
    type: 'number',
    min: bounds[0],
    max: bounds[1],
    step: 'any',
    'aria-label': `${label}, ${unit}, as a number`,
  })
  const part = (value: number) => `${(100 * (value - low)) / (high - low || 1)}%`
  const band = el('span', { class: own[0] === own[1] ? 'own value' : 'own', title: ownWords })
  band.style.left = part(own[0])
  band.style.width = own[0] === own[1] ? '0' : `calc(${part(own[1])} - ${part(own[0])})`
  const put = (value: number, kind: 'choice' | 'drag') =>
    store.change({ set: { ...store.place.set, [name]: value } }, kind)
  slider.addEventListener('input', () => put(slider.valueAsNumber, 'drag'))
  slider.addEventListener('change', () => put(slider.valueAsNumber, 'choice'))
  const clear = () => {
    const { [name]: _, ...rest } = store.place.set
    store.change({ set: rest }, 'choice')
  }
  box.addEventListener('change', () => {
    if (box.value === '') clear()
    else if (box.valueAsNumber >= bounds[0] && box.valueAsNumber <= bounds[1]) put(box.valueAsNumber, 'choice')
    else box.reportValidity()
  })
  const back = button('as in the scenario', clear, { class: 'back', 'aria-label': `${label}: as in the scenario` })
  const state = el('span', { class: 'soft' }, ownWords)
  const element = el(
    'div',
    { class: 'lever', 'data-lever': name },
    el('label', { for: id }, label),
    el('div', { class: 'track' }, band, slider),
    box,
    el(
      'details',
      { class: 'where' },
      el('summary', {}, el('code', {}, name), ` · ${unit} · grade ${grade} · `, state),
      el('p', {}, `Source: ${source}.`),
      el(
        'p',
        {},
        `${documented ? `Documented from ${documented[0]} to ${documented[1]}; a` : 'A'}llowed from ${bounds[0]} to ${bounds[1]}. The scenario: ${ownWords}.`,
      ),
    ),
    back,
  )
  return {
    element,
    update(value) {
      element.classList.toggle('moved', value !== undefined)
      back.hidden = value === undefined
      slider.value = String(value ?? middle)
      slider.setAttribute('aria-valuetext', value === undefined ? ownWords : `${leverNumber(lever, value)} ${unit}`)
      if (globalThis.document.activeElement !== box) box.value = value === undefined ? '' : leverNumber(lever, value)
      box.placeholder =
        own[0] === own[1] ? leverNumber(lever, own[0]) : own.map(end => leverNumber(lever, end)).join('–')
      state.textContent = value === undefined ? ownWords : `changed; ${ownWords}`
    },
  }
}
