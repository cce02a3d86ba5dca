import { quarterAfter } from '../../../sim/core/quarter.ts'
import type { LoadedScenario } from '../../../sim/scenario/load.ts'
import type { ScenarioDocument } from '../../../sim/scenario/schema.ts'
import { plain } from '../../escape.ts'
import { csvText } from '../csv-text.ts'
import { button, el } from '../element.ts'
import { compareEnsembles } from '../engine/compare-ensembles.ts'
import type { Ensemble } from '../engine/ensemble.ts'
import type { Frame } from '../frame.ts'
import { type Lever, type LeverGroup, leverGroups } from '../lever.ts'
import { admissible, scenarioText, withChanges } from '../point.ts'
import { changesWords, findingSentence } from '../sentences.ts'
import type { Leave, Stage } from '../stage.ts'
import { comparisonRows, type DriverTerms, explorerFigures } from './explorer-figures.ts'
import { figureList } from './figure-list.ts'
import { headline } from './headline.ts'
import { leverPanel } from './lever-panel.ts'
import { openFiles } from './open-files.ts'
import { saveFile } from './save-file.ts'
import { createStore } from './store.ts'
import { timeBar } from './time-bar.ts'
import { toolbar } from './toolbar.ts'

/** Runs over which driver terms are averaged: enough for a mean, few enough to wait for. */
const splitRuns = 100
/** Pictures follow the first runs at once, then at most so often. */
const redrawMs = 120

/** A slider under way waits so long for a picture of where it was. */
const patienceMs = 400

/** The explorer: levers on one side, pictures on the other. */
export function mountExplorer(root: HTMLElement, stage: Stage): Leave {
  const { shelf, laboratory, data, announce } = stage
  const store = createStore()
  for (const [name, text] of Object.entries(store.place.files)) shelf.open(name, text)

  let terms: DriverTerms | undefined
  let frame: Frame | undefined
  let groups: readonly LeverGroup[] = []
  let levers: ReadonlyMap<string, Lever> = new Map()
  let start: LoadedScenario | undefined
  let turn = 0
  let drawnAt = 0
  let waiting = 0
  /** When the last change was taken up, and whether a slider has moved on since. */
  let startedAt = 0
  let behind = false
  let gone = false

  const actor = el('select', { id: 'actor' })
  actor.addEventListener('change', () => store.change({ actor: actor.value }, 'look'))
  const figures = figureList(explorerFigures(data.map, el('label', { class: 'actor' }, 'State ', actor), () => terms))
  const head = headline(data.batch)
  const time = timeBar(store)
  const panel = leverPanel(store)
  const tools = toolbar(store, stage, { save, open: files => void open(files), table })
  const side = el('section', { class: 'panel', 'aria-label': 'Parameters' }, panel.element)
  // Only narrow screens show the button: there the panel is a line at the lower edge until somebody opens it.
  const opener = button('Parameters', () => unfold(!side.classList.contains('open')), { class: 'opener' })
  function unfold(open: boolean): void {
    side.classList.toggle('open', open)
    opener.setAttribute('aria-expanded', String(open))
  }
  unfold(false)
  side.prepend(opener)
  root.replaceChildren(
    tools.element,
    el(
      'div',
      { class: 'explorer' },
      el(
        'main',
        {},
        head.element,
        time.element,
        el('div', { class: 'figures' }, ...figures.elements.values()),
        el('p', { class: 'soft' }, `multivector ${data.engine} · one file, no network, nothing stored`),
      ),
      side,
    ),
  )

  /** Documents of points, so that the same point is the same ensemble. */
  const documents = new Map<string, ScenarioDocument>()
  const changed = (path: string, document: ScenarioDocument, set: Readonly<Record<string, number>>) => {
    const key = `${path} ${JSON.stringify(Object.entries(set).sort())}`
    const known = documents.get(key)
    if (known && documentsOf.get(known) === document) return known
    const made = withChanges(document, set)
    documents.set(key, made)
    documentsOf.set(made, document)
    if (documents.size > 50) documents.delete(documents.keys().next().value!)
    return made
  }
  const documentsOf = new WeakMap<ScenarioDocument, ScenarioDocument>()

  async function update(): Promise<void> {
    const own = ++turn
    delete document.documentElement.dataset.settled
    behind = false
    startedAt = performance.now()
    drawnAt = 0
    const { place } = store
    const path = place.scenario || data.start
    const referencePath = place.reference?.scenario || path
    try {
      const [scenario, other] = await Promise.all([shelf.load(path), shelf.load(referencePath)])
      if (own !== turn) return
      if (scenario.document !== start?.document) {
        groups = leverGroups(scenario.document)
        levers = new Map(groups.flatMap(group => group.levers.map(lever => [lever.name, lever])))
        const ids = Object.keys(scenario.document.actors)
        actor.replaceChildren(
          ...ids.map(id => el('option', { value: id }, `${plain(scenario.document.actors[id]!.name)} (${id})`)),
        )
      }
      start = scenario
      const { set, refused } = admissible(scenario.document, place.set)
      if (refused.length > 0) {
        stage.complain(refused.join('\n'))
        store.change({ set }, 'look')
      }
      const seed = place.seed || scenario.document.batch.seed
      panel.show(groups, set)
      tools.show(seed)
      const fixed = admissible(other.document, place.reference?.set ?? {}).set
      const now = laboratory.ensemble(changed(path, scenario.document, set), seed)
      const reference = laboratory.ensemble(changed(referencePath, other.document, fixed), seed)
      const pair = now === reference ? [now] : [reference, now]
      const wanted = Math.min(place.runs || laboratory.mostRuns, laboratory.mostRuns)
      const onGrow = () => {
        if (own !== turn) return
        const runs = Math.min(wanted, ...pair.map(one => one.runs))
        head.progress(runs, wanted)
        drawSoon(now, reference, runs === wanted || drawnAt === 0)
      }
      if (Math.min(...pair.map(one => one.runs)) > 0) onGrow()
      if (!(await laboratory.grow(pair, wanted, onGrow)) || own !== turn) return
      draw(now, reference)
      announce(head.element.querySelector('.answer')?.textContent ?? '')
      await showTerms(own)
      if (own === turn) document.documentElement.dataset.settled = ''
    } catch (error) {
      if (own === turn) stage.complain(error instanceof Error ? error.message : String(error))
    }
  }

  function drawSoon(now: Ensemble, reference: Ensemble, atOnce: boolean): void {
    cancelAnimationFrame(waiting)
    if (!atOnce && performance.now() - drawnAt < redrawMs) return
    waiting = requestAnimationFrame(() => draw(now, reference))
  }

  function draw(now: Ensemble, reference: Ensemble): void {
    const runs = Math.min(now.runs, reference.runs, store.place.runs || now.runs)
    if (gone || runs === 0 || !start) return
    cancelAnimationFrame(waiting)
    const began = performance.now()
    const { place } = store
    const { ticks } = now.columns
    const chosen = now.scenario.actors.indexOf(place.actor)
    frame = {
      now,
      reference,
      same: now === reference,
      runs,
      moves: now === reference ? undefined : compareEnsembles(reference, now),
      tick: place.tick < 0 ? ticks : Math.min(place.tick, ticks),
      actor: chosen === -1 ? 0 : chosen,
      quarters: Array.from({ length: ticks + 1 }, (_, tick) => quarterAfter(start!.document.start, tick)),
    }
    show(frame)
    drawnAt = performance.now()
    document.documentElement.dataset.runs = String(runs)
    document.documentElement.dataset.redraw = (drawnAt - began).toFixed(0)
    if (behind) void update()
  }

  function show(next: Frame): void {
    const { place } = store
    const set = changesWords(place.set, levers)
    const title = plain(start!.document.title)
    head.show(next, set === '' ? title : `${title}, with ${set}`, findingSentence(next, referenceName()))
    time.show(next.quarters, next.tick)
    actor.value = next.now.scenario.actors[next.actor]!
    figures.draw(next)
  }

  function referenceName(): string {
    const { reference } = store.place
    if (!reference) return 'the scenario as it is'
    return Object.keys(reference.set).length > 0
      ? 'the pinned state'
      : `“${plain(documentsOf.get(frame!.reference.document)?.title ?? frame!.reference.document.title)}”`
  }

  /** Driver terms come last: they are slow, and read last. */
  async function showTerms(own: number): Promise<void> {
    if (!frame) return
    const { now, reference, same, actor: i } = frame
    const id = now.scenario.actors[i]!
    const split = (of: Ensemble) => laboratory.split(of.document, of.seed, id, splitRuns)
    const ofNow = await split(now)
    const ofReference = same || !reference.scenario.actors.includes(id) ? undefined : await split(reference)
    if (own !== turn || gone) return
    terms = { now: ofNow, reference: ofReference }
    frame = { ...frame }
    figures.draw(frame)
  }

  function look(): void {
    if (!frame || !start) return
    const { place } = store
    const { ticks } = frame.now.columns
    const chosen = frame.now.scenario.actors.indexOf(place.actor)
    const before = frame.actor
    frame = {
      ...frame,
      tick: place.tick < 0 ? ticks : Math.min(place.tick, ticks),
      actor: chosen === -1 ? 0 : chosen,
    }
    tools.show(frame.now.seed)
    show(frame)
    if (before !== frame.actor) void showTerms(turn).catch(error => stage.complain(String(error.message)))
  }

  function save(): void {
    if (!start) return
    const { place } = store
    const base = (place.scenario || data.start).split('/').at(-1)!
    const seed = place.seed || start.document.batch.seed
    const name = `${base.replace(/\.ya?ml$/, '')}-changed.yaml`
    saveFile(name, scenarioText(start.document, base, place.set, seed), 'application/yaml')
  }

  function table(): void {
    if (frame) saveFile('comparison.csv', csvText(comparisonRows(frame)), 'text/csv')
  }

  async function open(files: readonly File[]): Promise<void> {
    try {
      const { name, texts } = await openFiles(files, shelf)
      store.change(
        { scenario: name, set: {}, reference: undefined, files: { ...store.place.files, ...texts } },
        'choice',
      )
      announce(`${name} is open.`)
    } catch (error) {
      stage.complain(error instanceof Error ? error.message : String(error))
    }
  }

  // A state is also chosen by its name in a picture; the list above its own pictures is the way by keyboard.
  const onPick = (event: MouseEvent) => {
    const id = (event.target as Element).closest('[data-actor]')?.getAttribute('data-actor')
    if (id) store.change({ actor: id }, 'look')
  }
  root.addEventListener('click', onPick)
  const onDrag = (event: DragEvent) => event.preventDefault()
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length > 0) void open(files)
  }
  const onKey = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement && /^(text|search|number)$/.test(event.target.type)
    if (!(event.ctrlKey || event.metaKey) || typing) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) store.redo()
    else store.undo()
  }
  addEventListener('dragover', onDrag)
  addEventListener('drop', onDrop)
  addEventListener('keydown', onKey)
  const unfollow = store.follow(kind => {
    // A slider under way waits for the picture before, or there would be none until it stops.
    if (kind === 'look') look()
    else if (kind === 'drag' && drawnAt === 0 && performance.now() - startedAt < patienceMs) behind = true
    else void update()
  })
  void update()

  return () => {
    gone = true
    turn++
    unfollow()
    store.leave()
    time.leave()
    figures.leave()
    root.removeEventListener('click', onPick)
    removeEventListener('dragover', onDrag)
    removeEventListener('drop', onDrop)
    removeEventListener('keydown', onKey)
    document.documentElement.classList.remove('projector')
  }
}
