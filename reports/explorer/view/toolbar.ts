import { plain } from '../../escape.ts'
import { count } from '../../words.ts'
import { button, el } from '../element.ts'
import type { Stage } from '../stage.ts'
import type { Store } from './store.ts'

export interface Toolbar {
  readonly element: HTMLElement
  show(seed: string): void
}

export interface ToolbarActions {
  readonly save: () => void
  readonly open: (files: readonly File[]) => void
  readonly table: () => void
}

/** Numbers of runs to choose from; fewer for a slow machine, where the most is too many. */
const runChoices = [200, 500, 1000]

/** The title a scenario file gives itself, for a list; the file is read in full only when it is chosen. */
function titleIn(text: string, path: string): string {
  const quoted = /^\{?"?title"?:[ \t]*("(?:[^"\\]|\\.)*")/m.exec(text)?.[1]
  if (quoted !== undefined) {
    try {
      return plain(JSON.parse(quoted) as string)
    } catch {
      return plain(quoted)
    }
  }
  return plain(/^title:[ \t]*(.+)$/m.exec(text)?.[1] ?? path)
}

/** What the page is about and what can be done with it. */
export function toolbar(store: Store, { shelf, data, laboratory }: Stage, actions: ToolbarActions): Toolbar {
  const options = () => {
    const opened = [...shelf.opened].map(([name, text]) => [name, `${titleIn(text, name)} (opened)`] as const)
    const own = shelf.paths.map(path => [path, titleIn(data.scenarios[path] ?? '', path)] as const)
    return [...opened, ...own]
  }
  const scenario = el('select', { id: 'scenario' })
  const reference = el('select', { id: 'reference' })
  const seed = el('input', { type: 'text', id: 'seed', maxlength: 200, size: 10 })
  const runs = el('select', { id: 'run-count' })
  runs.addEventListener('change', () => store.change({ runs: Number(runs.value) }, 'choice'))
  const files = el('input', { type: 'file', accept: '.yaml,.yml', multiple: true, hidden: true })
  scenario.addEventListener('change', () => {
    store.change({ scenario: scenario.value === data.start ? '' : scenario.value, set: {} }, 'choice')
  })
  reference.addEventListener('change', () => {
    const { value } = reference
    if (value === 'pinned') return
    store.change({ reference: value === '' ? undefined : { scenario: value, set: {} } }, 'choice')
  })
  seed.addEventListener('change', () => store.change({ seed: seed.value }, 'choice'))
  files.addEventListener('change', () => {
    actions.open([...(files.files ?? [])])
    files.value = ''
  })
  const undo = button('↶ Undo', () => store.undo())
  const redo = button('↷ Redo', () => store.redo())
  const reset = button('Reset', () => store.change({ set: {}, reference: undefined, seed: '' }, 'choice'))
  const pin = button('Pin this state', () => {
    const { place } = store
    store.change({ reference: { scenario: place.scenario || data.start, set: place.set } }, 'choice')
  })
  const projector = button('Projector', () => store.change({ projector: !store.place.projector }, 'look'))
  const lessons = Object.keys(data.lessons)
  return {
    element: el(
      'div',
      { class: 'tools', role: 'group', 'aria-label': 'Explorer' },
      el('label', {}, 'Scenario ', scenario),
      el('label', {}, 'Compared with ', reference),
      el('label', {}, 'Seed ', seed),
      el('label', {}, 'Runs ', runs),
      el('span', { class: 'buttons' }, undo, redo, reset, pin),
      el(
        'span',
        { class: 'buttons' },
        el(
          'span',
          { class: 'buttons files' },
          button('Open …', () => files.click(), { title: 'Open a scenario file; or drop it on the page' }),
          button('Save', actions.save, { title: 'Save this state as a scenario file for the command line' }),
          button('Table', actions.table, { title: 'Save what moved as CSV' }),
        ),
        projector,
        lessons.length > 0 ? el('a', { href: '#lesson=' }, 'Lessons') : undefined,
      ),
      files,
    ),
    show(used) {
      const { place } = store
      const list = options()
      const entries = (chosen: string) =>
        list.map(([path, title]) => el('option', { value: path, selected: path === chosen }, title))
      scenario.replaceChildren(...entries(place.scenario || data.start))
      const pinned = place.reference && Object.keys(place.reference.set).length > 0
      reference.replaceChildren(
        el('option', { value: '', selected: place.reference === undefined }, 'this scenario as it is'),
        ...(pinned ? [el('option', { value: 'pinned', selected: true }, 'the pinned state')] : []),
        ...entries(pinned ? '' : (place.reference?.scenario ?? '')),
      )
      if (document.activeElement !== seed) seed.value = used
      const most = laboratory.mostRuns
      const counts = [...new Set([...runChoices, place.runs])]
        .filter(one => one > 0 && one < most)
        .sort((a, b) => a - b)
      runs.replaceChildren(
        ...counts.map(one => el('option', { value: one, selected: one === place.runs }, count(one))),
        el('option', { value: 0, selected: place.runs === 0 || place.runs >= most }, count(most)),
      )
      undo.disabled = !store.canUndo
      redo.disabled = !store.canRedo
      projector.setAttribute('aria-pressed', String(place.projector))
      document.documentElement.classList.toggle('projector', place.projector)
    },
  }
}
