import { type Loader, Error as logErrors, logger, parse, type Runtime, resetSVGDefIds, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import type { TopLevelSpec } from '../charts/spec.ts'
import { showTooltip } from './tooltip.ts'

const refuse = (what: string): Promise<never> => Promise.reject(new Error(`a report loads nothing, got ${what}`))

/** Nothing is ever loaded: all data is in the page. */
const loader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

/**
 * Draws a chart into an element, in place of what was there. Expressions are interpreted, never compiled to code.
 *
 * @param pick - takes the data of a mark that is clicked
 */
export function draw(element: HTMLElement, spec: TopLevelSpec, pick?: (datum: unknown) => void): View {
  const runtime: Runtime = parse(compile(spec).spec, undefined, { ast: true })
  resetSVGDefIds()
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader,
    logger: logger(logErrors),
    renderer: 'svg',
    tooltip: showTooltip,
    hover: true,
  })
  if (pick) view.addEventListener('click', (_, item) => pick(item?.datum))
  // Vega gives the element it draws in a role and a label of its own; the text alternative is around it.
  const inside = document.createElement('div')
  inside.setAttribute('aria-hidden', 'true')
  element.replaceChildren(inside)
  view.initialize(inside).run()
  return view
}
