import * as all from 'vega'

/**
 * What pictures take from Vega. `npm run build` puts it into this one file, so that whoever installs the package does not
 * install the seventy packages Vega consists of.
 */
export { Error as errorsOnly, type Loader, logger, parse, resetSVGDefIds, View } from 'vega'
export { expressionInterpreter } from 'vega-interpreter'
export { compile } from 'vega-lite'

/** How Vega measures text; its types leave it out. */
export const { textMetrics } = all as unknown as {
  readonly textMetrics: {
    width: (item: { readonly fontSize?: number; readonly fontWeight?: number | string }, text: unknown) => number
  }
}
