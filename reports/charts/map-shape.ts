/** A country of the map, made from the atlas when the page is built. */
export interface MapShape {
  /** ISO 3166-1 numeric. */
  readonly code: number
  /** Where its label stands: longitude and latitude. */
  readonly label: readonly [number, number]
  /** Left out for states too small for the atlas, which are drawn as points. */
  readonly geometry?: object
}

/** Part of the world on a map: the middle of a conic equal-area projection, and degrees of longitude from it to the edge. */
export interface MapView {
  readonly longitude: number
  readonly latitude: number
  readonly halfWidth: number
}

export const wideView: MapView = { longitude: 66, latitude: 37, halfWidth: 50 }
/** Closer, since small states need room for their labels. */
export const narrowView: MapView = { longitude: 57, latitude: 43, halfWidth: 33 }

export const parallels: readonly [number, number] = [22, 58]

/**
 * Place of a point on the map in pixels, as Vega's `conicEqualArea` draws it.
 *
 * @param scale - pixels per radian
 * @see Snyder (1987), Map Projections: A Working Manual, USGS Professional Paper 1395, p. 98–103 (Albers)
 */
export function projected(
  view: MapView,
  [longitude, latitude]: readonly [number, number],
  scale: number,
  width: number,
  height: number,
): { readonly x: number; readonly y: number } {
  const radians = Math.PI / 180
  const south = Math.sin(parallels[0] * radians)
  const n = (south + Math.sin(parallels[1] * radians)) / 2
  const c = 1 + south * (2 * n - south)
  const radius = (degrees: number) => Math.sqrt(c - 2 * n * Math.sin(degrees * radians)) / n
  const angle = (longitude - view.longitude) * radians * n
  return {
    x: width / 2 + scale * radius(latitude) * Math.sin(angle),
    y: height / 2 - scale * (radius(view.latitude) - radius(latitude) * Math.cos(angle)),
  }
}
