import type { TopLevelSpec } from '../charts/spec.ts'
import { fontStack } from '../theme.ts'
import { pictureFont, textWidth } from './font.ts'
import {
  compile,
  errorsOnly,
  expressionInterpreter,
  type Loader,
  logger,
  parse,
  resetSVGDefIds,
  textMetrics,
  View,
} from './vega.ts'

const refuse = (what: string): Promise<never> => Promise.reject(new Error(`a picture loads nothing, got ${what}`))

/** Nothing is ever loaded: all data is in the specification. */
const loader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

/** The font of pictures, and what stands in where an SVG is shown without it. */
export const pictureFonts = `'${pictureFont}', ${fontStack}`

/** A drawn chart: what is inside its `svg` element, and its size in pixels. */
export interface DrawnChart {
  readonly content: string
  readonly width: number
  readonly height: number
}

/** Draws a chart without a page. Texts are as wide as in the font of pictures, on every machine. */
export async function drawChart(spec: TopLevelSpec): Promise<DrawnChart> {
  textMetrics.width = ({ fontSize, fontWeight }, text) => textWidth(String(text ?? ''), fontSize ?? 11, fontWeight)
  const own = { ...spec, config: { ...spec.config, font: pictureFonts } } as TopLevelSpec
  const view = new View(parse(compile(own).spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
    loader,
    logger: logger(errorsOnly),
  })
  resetSVGDefIds()
  const svg = await view.toSVG()
  view.finalize()
  const [, width, height, content] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>([\s\S]*)<\/svg>$/.exec(svg)!
  return { content: content!, width: Number(width), height: Number(height) }
}
