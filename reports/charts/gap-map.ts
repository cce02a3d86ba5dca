import { colour } from '../theme.ts'
import { change, changeWords } from '../words.ts'
import type { ChartCountry, ChartData } from './chart-data.ts'
import { classScale, scaleHeight } from './class-scale.ts'
import { classOf } from './diverging.ts'
import { type MapShape, narrowView, parallels, projected, wideView } from './map-shape.ts'
import { placeLabels } from './place-labels.ts'
import { asGiven, chart, isNarrow, quantity, type TopLevelSpec, textSize, words } from './spec.ts'

/** Median change of the gap of each state on a map: blue where it widens, orange where it narrows. */
export function gapMap(data: ChartData, width: number): TopLevelSpec {
  const narrow = isNarrow(width)
  const height = Math.round(width * (narrow ? 0.9 : 0.68))
  const view = narrow ? narrowView : wideView
  // Half the width shows so many degrees on the central parallel.
  const scale = width / 2 / ((view.halfWidth * Math.PI) / 180) / Math.cos((view.latitude * Math.PI) / 180)
  const actors = new Map(data.actors.map(actor => [actor.code, actor]))
  const features = data.map.flatMap(({ code, geometry }) => {
    if (geometry === undefined) return []
    return [{ type: 'Feature', geometry, ...lookOfState(actors.get(code)) }]
  })
  const projection = {
    type: 'conicEqualArea',
    rotate: [-view.longitude, 0, 0],
    center: [0, view.latitude],
    parallels: [...parallels],
    scale,
    translate: [width / 2, height / 2],
    clipExtent: [
      [0, 0],
      [width, height],
    ],
  }
  const labels = stateLabels(
    data.map,
    actors,
    place => projected(view, place, scale, width, height),
    width,
    height,
    narrow,
  )
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return chart({
    width,
    height,
    view: { stroke: colour('grid'), fill: colour('panel') },
    layer: [
      ...classScale(['gap widens', 'gap narrows'], -1, 0, -scaleHeight, width, x, y),
      {
        data: { values: features },
        projection,
        mark: { type: 'geoshape', strokeWidth: 0.7 },
        encoding: { fill: asGiven('fill'), stroke: asGiven('stroke'), tooltip: { field: 'hover' } },
      },
      {
        data: { values: labels.filter(({ point }) => point) },
        mark: { type: 'point', filled: true, size: 60, strokeWidth: 1 },
        encoding: {
          x: x('x'),
          y: y('y'),
          fill: asGiven('fill'),
          stroke: asGiven('stroke'),
          tooltip: { field: 'hover' },
        },
      },
      {
        data: { values: labels.filter(({ far }) => far) },
        mark: { type: 'rule', color: colour('ink'), strokeWidth: 0.8 },
        encoding: { x: x('x'), y: y('y'), x2: { field: 'textX' }, y2: { field: 'textY' } },
      },
      ...(['left', 'center', 'right'] as const).flatMap(align =>
        [true, false].map(halo => ({
          data: { values: labels.filter(label => label.align === align) },
          ...words('label', x('textX'), y('textY'), {
            align,
            fontSize: narrow ? 9.5 : textSize.small,
            fontWeight: 700,
            ...(halo ? { stroke: colour('paper'), strokeWidth: 3, strokeJoin: 'round', strokeOpacity: 0.8 } : {}),
          }),
        })),
      ),
    ],
  })
}

function lookOfState(actor: ChartCountry | undefined) {
  if (actor === undefined) {
    return { fill: colour('paper'), stroke: colour('grid'), hover: null }
  }
  const { gap, name } = actor
  return {
    // The scale is blue for away from Russia: a wider gap is practice that leaves.
    fill: classOf(gap.start - gap.median).fill,
    stroke: colour('paper'),
    hover: { [name]: '', 'change of the gap': changeWords(gap) },
  }
}

/** Labels of the actors on the map: with the number for the core, where there is room. */
function stateLabels(
  shapes: readonly MapShape[],
  actors: ReadonlyMap<number, ChartCountry>,
  toPixels: (place: readonly [number, number]) => { readonly x: number; readonly y: number },
  width: number,
  height: number,
  narrow: boolean,
) {
  const frame = { left: 4, top: 4, right: width - 4, bottom: height - 4 }
  const shown = shapes.flatMap(({ code, label, geometry }) => {
    const actor = actors.get(code)
    const at = toPixels(label)
    const inside = at.x > 0 && at.x < width && at.y > 0 && at.y < height
    if (actor === undefined || !inside) return []
    const number = actor.core && width > 800 ? ` ${change(actor.gap.median - actor.gap.start, 2)}` : ''
    return [{ ...at, ...lookOfState(actor), label: actor.id + number, point: geometry === undefined, core: actor.core }]
  })
  shown.sort((a, b) => Number(b.core) - Number(a.core))
  const letter = narrow ? 7.6 : 8.2
  const places = placeLabels(
    shown.map(({ x, y, label, point }) => ({ x, y, width: label.length * letter, height: 14, inside: !point })),
    [],
    frame,
  )
  return shown.map((state, n) => {
    const { x, y, align } = places[n]!
    return { ...state, textX: x, textY: y, align, far: Math.hypot(x - state.x, y - state.y) > 12 }
  })
}
