import { readAddress } from './address.ts'
import { button, el, verbatim } from './element.ts'
import { startCrew } from './engine/crew.ts'
import { createLaboratory } from './engine/laboratory.ts'
import { serveFromWorker } from './engine/serve.ts'
import { mountLesson } from './lesson/lesson-view.ts'
import type { PageData } from './page-data.ts'
import { createShelf } from './scenario-shelf.ts'
import type { Leave, Stage } from './stage.ts'
import { mountExplorer } from './view/explorer-view.ts'

/** Runs of an ensemble: enough for shares to two points, and fewer where they would take long or not fit. */
const usualRuns = 2000
const fewRuns = 400

/** One script for the page and its workers: a worker has no document. */
if (typeof document === 'undefined') serveFromWorker()
else void startPage(document.currentScript?.textContent ?? '')

async function startPage(script: string): Promise<void> {
  const problems = document.getElementById('problems')!
  const voice = document.getElementById('voice')!
  const complain = (sentence: string) => {
    const shown = verbatim(sentence)
    // Said once is enough, however often it happens.
    if ([...problems.querySelectorAll('pre')].some(one => one.textContent === shown)) return
    const text = el('pre', {})
    text.textContent = shown
    const close = button('Close', () => problem.remove())
    const problem = el('div', { class: 'problem', role: 'alert' }, text, close)
    problems.append(problem)
  }
  addEventListener('error', event => complain(`This is a bug in the page: ${event.message}`))
  addEventListener('unhandledrejection', ({ reason }) =>
    complain(reason instanceof Error ? reason.message : String(reason)),
  )
  const data = JSON.parse(document.getElementById('data')!.textContent) as PageData
  const shelf = createShelf(data.scenarios, data.start)
  // Read while the workers start; the view reports what is wrong with it.
  shelf.load(data.start).catch(() => undefined)
  const crew = await startCrew(script, Math.min(2, navigator.hardwareConcurrency ?? 1))
  const memory: unknown = Reflect.get(navigator, 'deviceMemory')
  const cramped = typeof memory === 'number' && memory < 1
  if (cramped) complain('This machine has little memory, so the page computes fewer runs.')
  if (crew.limit !== undefined) complain(crew.limit)
  const stage: Stage = {
    data,
    shelf,
    laboratory: createLaboratory(crew, cramped || crew.limit !== undefined ? fewRuns : usualRuns),
    announce: sentence => {
      voice.textContent = sentence
    },
    complain,
  }
  const root = document.getElementById('view')!
  let leave: Leave = () => undefined
  let shown = ''
  const show = () => {
    const route = readAddress(location.hash)
    const name = route.view === 'lesson' ? `lesson ${route.id}` : 'explore'
    // The view that is there follows changes of its own address by itself.
    if (name === shown) return
    leave()
    shown = name
    leave = route.view === 'lesson' ? mountLesson(root, stage, route.id, route.rest) : mountExplorer(root, stage)
  }
  addEventListener('hashchange', show)
  show()
  document.documentElement.dataset.ready = crew.limit === undefined ? `${crew.size} workers` : 'no worker'
}
