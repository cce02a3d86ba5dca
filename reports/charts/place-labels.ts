/** A box in pixels, y downwards. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface LabelRequest {
  /** The mark the label belongs to, in pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Whether the label may stand on its mark. */
  readonly inside?: boolean
}

export interface PlacedLabel {
  readonly x: number
  readonly y: number
  readonly align: 'left' | 'center' | 'right'
}

/**
 * Places labels beside their marks so that they cover each other and the marks as little as possible: label by label,
 * from the most crowded mark on, the best of the places around it at growing distance.
 *
 * Cost O(labels² × places).
 *
 * @param obstacles - boxes that should stay free, such as marks and other texts
 * @returns for each label where its text is anchored and how it is aligned there, in pixels
 */
export function placeLabels(labels: readonly LabelRequest[], obstacles: readonly Box[], frame: Box): PlacedLabel[] {
  const crowd = (a: LabelRequest) =>
    labels.filter(b => Math.abs(a.x - b.x) < a.width && Math.abs(a.y - b.y) < 3 * a.height).length
  const order = labels.map((_, n) => n).sort((a, b) => crowd(labels[b]!) - crowd(labels[a]!) || a - b)
  const taken: Box[] = [...obstacles]
  const placed: PlacedLabel[] = []
  for (const n of order) {
    const label = labels[n]!
    let best = { box: boxAt(label, 1, 0, 9), side: 1, cost: Number.POSITIVE_INFINITY }
    const middle = boxAt(label, 0, 0, 0)
    if (label.inside) {
      const cost = outside(middle, frame) * 9 + taken.reduce((sum, other) => sum + overlap(middle, other), 0)
      best = { box: middle, side: 0, cost }
    }
    for (const distance of [9, 14, 22, 32, 44]) {
      for (const [sideX, sideY] of sides) {
        const box = boxAt(label, sideX, sideY, distance)
        const cost = distance / 4 + outside(box, frame) * 9 + taken.reduce((sum, other) => sum + overlap(box, other), 0)
        if (cost < best.cost) best = { box, side: sideX, cost }
      }
    }
    taken.push(best.box)
    const { left, right, top, bottom } = best.box
    const align = best.side > 0 ? 'left' : best.side < 0 ? 'right' : 'center'
    placed[n] = {
      x: align === 'left' ? left : align === 'right' ? right : (left + right) / 2,
      y: (top + bottom) / 2,
      align,
    }
  }
  return placed
}

/** Directions from a mark to its label: right, left, above, below, and between. */
const sides = [
  [1, 0],
  [-1, 0],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
  [0, -1],
  [0, 1],
] as const

function boxAt({ x, y, width, height }: LabelRequest, sideX: number, sideY: number, distance: number): Box {
  const slant = sideX !== 0 && sideY !== 0 ? 0.7 : 1
  const left = x + sideX * distance * slant + ((sideX - 1) / 2) * width
  const middle = y + sideY * (distance * slant + height / 2)
  return { left, top: middle - height / 2, right: left + width, bottom: middle + height / 2 }
}

/** Area of two boxes in common. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return width > 0 && height > 0 ? width * height : 0
}

/** By how far a box leaves a frame. */
function outside(box: Box, frame: Box): number {
  return (
    Math.max(0, frame.left - box.left) +
    Math.max(0, box.right - frame.right) +
    Math.max(0, frame.top - box.top) +
    Math.max(0, box.bottom - frame.bottom)
  )
}
