import { colour, lookOf } from '../theme.ts'
import { change, changeWords, percent, shareWords } from '../words.ts'
import type { ChartCountry, ChartData } from './chart-data.ts'
import { type Choice, dataAt } from './choice.ts'
import { classScale, depthOf, scaleHeight, shareScale } from './colour-scale.ts'
import { classOf } from './diverging.ts'
import { type MapShape, narrowView, parallels, projected, wideView } from './map-shape.ts'
import { placeLabels } from './place-labels.ts'
import { asGiven, asNumber, chart, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'

/**
 * Median change of the gap of each state on a map: blue where it widens, orange where it narrows. With an outcome chosen,
 * the share of runs in which each state ends in it.
 */
export function gapMap(whole: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const data = dataAt(whole, choice.tick)
  const look = choice.outcome === undefined ? changeLook : shareLook(data, choice.outcome)
  const narrow = isNarrow(width)
  const height = Math.round(width * (narrow ? 0.9 : 0.68))
  const view = narrow ? narrowView : wideView
  // Half the width shows so many degrees on the central parallel.
  const scale = width / 2 / ((view.halfWidth * Math.PI) / 180) / Math.cos((view.latitude * Math.PI) / 180)
  const actors = new Map(data.actors.map(actor => [actor.code, actor]))
  const features = data.map.flatMap(({ code, geometry }) => {
    if (geometry === undefined) return []
    const actor = actors.get(code)
    return [{ type: 'Feature', geometry, ...stateLook(actor, look, choice) }]
  })
  // The outline of the chosen state lies on top.
  if (choice.actor !== undefined) features.sort((a, b) => a.edge - b.edge)
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
    actor => stateLook(actor, look, choice),
    look,
  )
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  const scalePlace = { top: -scaleHeight, width, x, y }
  const chosenLook = {
    ...(choice.outcome === undefined ? {} : { fillOpacity: asNumber('depth') }),
    ...(choice.actor === undefined ? {} : { strokeWidth: asNumber('edge') }),
  }
  return chart({
    width,
    height,
    view: { stroke: colour('grid'), fill: colour('panel') },
    layer: [
      ...(choice.outcome === undefined
        ? classScale(['gap widens', 'gap narrows'], -1, scalePlace)
        : shareScale(choice.outcome, mostFrequent(data, choice.outcome), scalePlace)),
      {
        data: { values: features },
        projection,
        mark: { type: 'geoshape', strokeWidth: 0.7 },
        encoding: { fill: asGiven('fill'), stroke: asGiven('stroke'), tooltip: { field: 'hover' }, ...chosenLook },
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
          ...chosenLook,
        },
      },
      ...(actors.has(russia.code) ? [] : [russiaLabel(place => projected(view, place, scale, width, height), x, y)]),
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

/** How a state is filled, what is written on it and what a pointer reads. */
type Look = (actor: ChartCountry) => {
  readonly fill: string
  readonly depth: number
  readonly label: string
  readonly said: Readonly<Record<string, string>>
}

const changeLook: Look = ({ gap }) => ({
  // The scale is blue for away from Russia: a wider gap is practice that leaves.
  fill: classOf(gap.start - gap.median).fill,
  depth: 1,
  label: change(gap.median - gap.start),
  said: { 'change of the gap': changeWords(gap) },
})

function shareLook(data: ChartData, outcome: string): Look {
  const most = mostFrequent(data, outcome)
  return ({ outcomes }) => {
    const measured = outcomes.find(one => one.outcome === outcome)!
    return {
      fill: colour(lookOf(outcome).token),
      depth: depthOf(measured.share / most),
      label: percent(measured.share),
      said: { [lookOf(outcome).name]: `${shareWords(measured)} of runs` },
    }
  }
}

/** The largest share of an outcome among the actors, for the deepest colour. */
function mostFrequent({ actors }: ChartData, outcome: string): number {
  return Math.max(0.01, ...actors.map(({ outcomes }) => outcomes.find(one => one.outcome === outcome)?.share ?? 0))
}

function stateLook(actor: ChartCountry | undefined, look: Look, choice: Choice) {
  if (actor === undefined) {
    return { fill: colour('paper'), stroke: colour('grid'), hover: null, depth: 1, edge: 0.7 }
  }
  const chosen = actor.id === choice.actor
  const { fill, depth, said } = look(actor)
  return {
    fill,
    depth,
    edge: chosen ? 2.6 : 0.71,
    stroke: colour(chosen ? 'ink' : 'paper'),
    hover: { [actor.name]: '', ...said },
    actor: actor.id,
  }
}

/** Not an actor, but whom alignment is measured against: named where its part of the map is widest. */
const russia = { code: 643, place: [46, 54.5] } as const

function russiaLabel(
  toPixels: (place: readonly [number, number]) => { readonly x: number; readonly y: number },
  x: (field: string) => object,
  y: (field: string) => object,
): object {
  return {
    data: { values: [{ ...toPixels(russia.place), name: 'Russia' }] },
    ...words('name', x('x'), y('y'), { align: 'center', ...small() }),
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
  stateOf: (actor: ChartCountry) => ReturnType<typeof stateLook>,
  look: Look,
) {
  const frame = { left: 4, top: 4, right: width - 4, bottom: height - 4 }
  const shown = shapes.flatMap(({ code, label, geometry }) => {
    const actor = actors.get(code)
    const at = toPixels(label)
    const inside = at.x > 0 && at.x < width && at.y > 0 && at.y < height
    if (actor === undefined || !inside) return []
    const number = actor.core && width > 800 ? ` ${look(actor).label}` : ''
    return [{ ...at, ...stateOf(actor), label: actor.id + number, point: geometry === undefined, core: actor.core }]
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
