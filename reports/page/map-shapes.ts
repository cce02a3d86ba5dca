import { feature } from 'topojson-client'
import type { MapShape } from '../charts/map-shape.ts'

/** A world atlas: a topology with the object `countries`. */
export type Atlas = Parameters<typeof feature>[0]
type Position = readonly number[]

/** West, south, east and north end of what the map may show, in degrees. */
const extent = [-14, -12, 150, 82] as const

/**
 * Countries of a world atlas cut to the part of the world the map shows, on a grid of a tenth of a degree, with the
 * place of their label. States too small for the atlas are points.
 */
export function mapShapes(atlas: Atlas): MapShape[] {
  const whole = feature(atlas, atlas.objects.countries!)
  const countries = ('features' in whole ? whole.features : []).flatMap(({ id, geometry }) => {
    const code = Number(id)
    if (!(code > 0) || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')) return []
    const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
      .filter(([outer]) => reaches(outer!))
      .map(rings => rings.map(coarse).filter(ring => ring.length >= 4))
      .filter(rings => rings.length > 0)
    if (polygons.length === 0) return []
    const largest = polygons.reduce((a, b) => (Math.abs(area(b[0]!)) > Math.abs(area(a[0]!)) ? b : a))
    return [{ code, label: middle(largest[0]!), geometry: { type: 'MultiPolygon' as const, coordinates: polygons } }]
  })
  const known = new Set(countries.map(({ code }) => code))
  const points = Object.entries(smallStates).filter(([code]) => !known.has(Number(code)))
  return [...countries, ...points.map(([code, label]) => ({ code: Number(code), label }))]
}

/** States that an atlas at 1 to 110 million leaves out, by ISO 3166-1 numeric code: [longitude, latitude]. */
const smallStates: Readonly<Record<number, readonly [number, number]>> = {
  48: [50.5, 26],
  132: [-23.6, 15.1],
  174: [43.3, -11.7],
  344: [114.2, 22.3],
  462: [73.5, 4.2],
  470: [14.4, 35.9],
  690: [55.5, -4.7],
  702: [103.8, 1.4],
}

function reaches(ring: readonly Position[]): boolean {
  const [west, south, east, north] = extent
  return ring.some(([x, y]) => x! >= west && x! <= east && y! >= south && y! <= north)
}

/** Points on the grid, without repeats. */
function coarse(ring: readonly Position[]): Position[] {
  const points = ring.map(([x, y]) => [Math.round(x! * 10) / 10, Math.round(y! * 10) / 10])
  return points.filter(([x, y], n) => n === 0 || x !== points[n - 1]![0] || y !== points[n - 1]![1])
}

/** Twice the area of a ring, with a sign. */
function area(ring: readonly Position[]): number {
  return ring.reduce((sum, [x, y], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length]!
    return sum + x! * y2! - x2! * y!
  }, 0)
}

/** Centre of gravity of a ring. */
function middle(ring: readonly Position[]): readonly [number, number] {
  let [sumX, sumY] = [0, 0]
  ring.forEach(([x, y], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length]!
    const cross = x! * y2! - x2! * y!
    sumX += (x! + x2!) * cross
    sumY += (y! + y2!) * cross
  })
  const twice = 3 * area(ring)
  return [Math.round((sumX / twice) * 10) / 10, Math.round((sumY / twice) * 10) / 10]
}
