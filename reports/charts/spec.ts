import type { Config, TopLevelSpec } from 'vega-lite'
import { colour, fontStack, type Token } from '../theme.ts'

export type { TopLevelSpec }

/** Sizes of text in charts, in units of a page whose normal text has 16. */
export const textSize = { normal: 12.5, small: 11 } as const

const config: Config = {
  background: 'transparent',
  font: fontStack,
  padding: 0,
  aria: false,
  view: { stroke: null },
  axis: {
    labelColor: colour('soft'),
    labelFontSize: textSize.small,
    titleColor: colour('soft'),
    titleFontSize: textSize.small,
    titleFontWeight: 'normal',
    gridColor: colour('grid'),
    domainColor: colour('line'),
    tickColor: colour('line'),
    labelPadding: 4,
  },
  text: { color: colour('ink'), fontSize: textSize.normal, baseline: 'middle' },
  point: { opacity: 1 },
  tick: { opacity: 1 },
  rule: { color: colour('line') },
}

/** A chart of its own size, with the look every chart has. */
export function chart(spec: object): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    autosize: 'pad',
    config,
    ...spec,
  } as TopLevelSpec
}

/** Whether a chart has the room of a phone. */
export function isNarrow(width: number): boolean {
  return width < 560
}

/** A quantity of the data on a scale that every layer of the chart shares, without an axis. */
export function quantity(field: string, scale: object): object {
  return { field, type: 'quantitative', scale, axis: null }
}

/** As `quantity`, in a chart in which one layer gives the axis. */
export function measured(field: string, scale: object, axis?: object): object {
  return { field, type: 'quantitative', scale, title: null, ...(axis === undefined ? {} : { axis }) }
}

/** A colour, shape, size or angle that the data gives as it is. */
export function asGiven(field: string): object {
  return { field, type: 'nominal', scale: null }
}

/** As `asGiven`, for a quantity such as an opacity or a width. */
export function asNumber(field: string): object {
  return { field, type: 'quantitative', scale: null }
}

/** The four edges of a box that the data gives as `left`, `right`, `top` and `bottom`. */
export function boxAt(x: (field: string) => object, y: (field: string) => object): object {
  return { x: x('left'), x2: { field: 'right' }, y: y('top'), y2: { field: 'bottom' } }
}

/** A text of the data at a place; `look` are properties of the mark. */
export function words(text: string, x: object, y: object, look: object = {}): object {
  return { mark: { type: 'text', align: 'left', ...look }, encoding: { x, y, text: { field: text } } }
}

/** A thin outline, so that bars of pale colours stand out from the paper. */
export const edge = { stroke: colour('soft'), strokeWidth: 0.7 } as const

export function small(token: Token = 'soft'): object {
  return { color: colour(token), fontSize: textSize.small }
}
