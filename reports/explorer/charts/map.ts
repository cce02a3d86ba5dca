import { classOf } from '../../charts/diverging.ts'
import { type MapShape, narrowView, projected, wideView } from '../../charts/map-shape.ts'
import { placeLabels } from '../../charts/place-labels.ts'
import { colour } from '../../theme.ts'
import { change } from '../../words.ts'
import { svg } from '../element.ts'
import type { Frame } from '../frame.ts'
import { gapChange, gapChangeWords } from '../gap-change.ts'
import { picture, round, words } from './picture.ts'

interface Outline {
  readonly code: number
  readonly label: { readonly x: number; readonly y: number }
  /** Left out for states too small for the atlas. */
  readonly path: string | undefined
}

/** Outlines by width: a map is cut once and coloured many times. */
const cut = new WeakMap<readonly MapShape[], Map<number, readonly Outline[]>>()

const narrow = (width: number) => width < 520
const heightOf = (width: number) => Math.round(width * (narrow(width) ? 0.85 : 0.56))

function outlinesFor(shapes: readonly MapShape[], width: number): readonly Outline[] {
  const known = cut.get(shapes) ?? new Map<number, readonly Outline[]>()
  cut.set(shapes, known)
  const before = known.get(width)
  if (before) return before
  const view = narrow(width) ? narrowView : wideView
  const scale = width / 2 / ((view.halfWidth * Math.PI) / 180) / Math.cos((view.latitude * Math.PI) / 180)
  const place = (at: readonly [number, number]) => projected(view, at, scale, width, heightOf(width))
  const ringPath = (ring: readonly (readonly [number, number])[]) =>
    `M${ring
      .map(place)
      .map(({ x, y }) => `${round(x)} ${round(y)}`)
      .join('L')}Z`
  const outlines = shapes.map(({ code, label, geometry }): Outline => {
    const { coordinates = [] } = (geometry ?? {}) as { coordinates?: [number, number][][][] }
    return { code, label: place(label), path: geometry && coordinates.flat().map(ringPath).join('') }
  })
  known.set(width, outlines)
  return outlines
}

/**
 * The change of the gap of each state on a map (`gapChange`): since the start, or against the reference where one is
 * shown. Blue where it widens, orange where it narrows.
 */
export function map(frame: Frame, shapes: readonly MapShape[], width: number): SVGSVGElement {
  const { now, tick } = frame
  const height = heightOf(width)
  const states = new Map(
    now.scenario.actors.flatMap((id, i) => {
      const by = gapChange(frame, i)
      if (by === undefined) return []
      return [[now.scenario.codes[i]! >>> 0, { id, by, core: now.scenario.core[i] === 1 }]]
    }),
  )
  const outlines = outlinesFor(shapes, width)
  const said = [...states.values()].map(({ id, by }) => `${id} ${change(by)}`).join(', ')
  const drawn = picture(width, height, `Map at ${frame.quarters[tick]}, ${gapChangeWords(frame.same)}: ${said}.`)
  drawn.append(svg('rect', { width, height, fill: colour('panel') }))
  for (const { code, path } of outlines) {
    if (path === undefined) continue
    const state = states.get(code)
    // The scale is blue for away from Russia: a wider gap is practice that leaves.
    const fill = state ? classOf(-state.by).fill : colour('paper')
    drawn.append(
      svg('path', {
        d: path,
        fill,
        'data-actor': state?.id,
        stroke: colour(state ? 'soft' : 'grid'),
        'stroke-width': 0.7,
      }),
    )
  }
  const inside = outlines.flatMap(({ code, label, path }) => {
    const state = states.get(code)
    const seen = label.x > 0 && label.x < width && label.y > 0 && label.y < height
    return state && seen ? [{ ...state, ...label, point: path === undefined }] : []
  })
  inside.sort((a, b) => Number(b.core) - Number(a.core))
  const texts = inside.map(({ id, by, core }) => (core && !narrow(width) ? `${id} ${change(by)}` : id))
  const places = placeLabels(
    inside.map(({ x, y, point }, n) => ({ x, y, width: texts[n]!.length * 7.4, height: 13, inside: !point })),
    [],
    { left: 2, top: 2, right: width - 2, bottom: height - 2 },
  )
  inside.forEach(({ id, point, x, y, by }, n) => {
    if (point) {
      const dot = { cx: round(x), cy: round(y), r: 4.5, fill: classOf(-by).fill, stroke: colour('soft') }
      drawn.append(svg('circle', dot))
    }
    const at = places[n]!
    drawn.append(
      words(at.x, at.y + 4, texts[n]!, {
        'data-actor': id,
        'text-anchor': ({ left: 'start', center: 'middle', right: 'end' } as const)[at.align],
        'font-size': narrow(width) ? 10.5 : 12,
        'font-weight': 700,
        stroke: colour('paper'),
        'stroke-width': 3,
        'stroke-opacity': 0.85,
        'paint-order': 'stroke',
      }),
    )
  })
  return drawn
}
