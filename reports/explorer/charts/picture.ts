import { colour, fontStack, type Token } from '../../theme.ts'
import { svg } from '../element.ts'

/** Sizes of text in a picture, in units of a page whose normal text has 16. */
const size = { normal: 14, small: 12 } as const

/** An empty picture with a name for people who hear it. Its width is in units of normal text, so that it grows with it. */
export function picture(width: number, height: number, label: string): SVGSVGElement {
  return svg('svg', {
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    role: 'img',
    'aria-label': label,
    'font-family': fontStack,
    'font-size': size.normal,
  })
}

type TextAttributes = Readonly<Record<string, string | number>>

export function words(x: number, y: number, text: string, attributes: TextAttributes = {}): SVGTextElement {
  return svg('text', { x: round(x), y: round(y), fill: colour('ink'), ...attributes }, text)
}

export function soft(x: number, y: number, text: string, attributes: TextAttributes = {}): SVGTextElement {
  return words(x, y, text, { fill: colour('soft'), 'font-size': size.small, ...attributes })
}

export function rule(x1: number, y1: number, x2: number, y2: number, token: Token, width = 1): SVGLineElement {
  return svg('line', {
    x1: round(x1),
    y1: round(y1),
    x2: round(x2),
    y2: round(y2),
    stroke: colour(token),
    'stroke-width': width,
  })
}

/** A dashed outline of a bar: what it was in the reference. */
export function ghostBar(from: number, to: number, y: number, height: number): SVGRectElement {
  return svg('rect', {
    x: round(Math.min(from, to)),
    y: round(y),
    width: round(Math.max(0.6, Math.abs(to - from))),
    height,
    fill: 'none',
    stroke: colour('ink'),
    'stroke-width': 1.2,
    'stroke-dasharray': '4 3',
  })
}

/** A tenth of a pixel is finer than anybody sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** Numbers on a straight scale. */
export function straight(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  return value => from + ((value - low) / (high - low || 1)) * (to - from)
}

const outlines: Readonly<Record<string, string>> = {
  circle: 'M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0Z',
  'triangle-up': 'M0-1L1 .8H-1Z',
  'triangle-down': 'M0 1L1-.8H-1Z',
  diamond: 'M0-1.1L1 0L0 1.1L-1 0Z',
  square: 'M-.9-.9H.9V.9H-.9Z',
  cross: 'M-.35-1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z',
}

/** A symbol named as `OutcomeLook.shape` does, about 2 r wide around a point. */
export function symbol(shape: string, x: number, y: number, r: number, fill: string): SVGElement {
  return svg('path', {
    transform: `translate(${round(x)} ${round(y)}) scale(${r})`,
    d: outlines[shape] ?? shape,
    fill,
    'fill-rule': 'evenodd',
  })
}
