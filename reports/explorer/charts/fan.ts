import { colour, type Token } from '../../theme.ts'
import { levels, number } from '../../words.ts'
import { svg } from '../element.ts'
import type { Quantiles } from '../engine/ensemble.ts'
import { picture, round, rule, soft, straight, words } from './picture.ts'

export interface FanLook {
  readonly name: string
  readonly token: Token
  readonly digits: number
  /** Limits of the scale; wider where the data go beyond. */
  readonly limits?: readonly [number, number]
}

type Path = readonly Quantiles[]

/** One measure by quarter: median, central half and central 90 % of runs; dashed, the same of the reference. */
export function fan(
  look: FanLook,
  now: Path,
  before: Path | undefined,
  quarters: readonly string[],
  tick: number,
  width: number,
): SVGSVGElement {
  const height = 172
  // A reference may run longer than what it is compared with.
  const reference = before?.slice(0, now.length)
  const [top, bottom, left, right] = [44, height - 22, 34, width - 54]
  const all = [...now, ...(reference ?? [])]
  const low = Math.min(look.limits?.[0] ?? 1, ...all.map(({ q05 }) => q05))
  const high = Math.max(look.limits?.[1] ?? -1, ...all.map(({ q95 }) => q95))
  const step = stepFor(high - low)
  const ends = [Math.floor(low / step + 1e-6) * step, Math.ceil(high / step - 1e-6) * step] as const
  const x = straight([0, quarters.length - 1], [left, right])
  const y = straight(ends, [bottom, top])
  const at = now[Math.min(tick, now.length - 1)]!
  const was = reference?.[Math.min(tick, reference.length - 1)]
  const values = `${number(at.q50, look.digits)} (${levels(at.q05, at.q95, look.digits)})`
  const compared = was ? `reference ${number(was.q50, look.digits)}` : ''
  const drawn = picture(width, height, `${look.name} at ${quarters[tick]}: median ${values} ${compared}`)
  const line = (path: Path, read: (of: Quantiles) => number) =>
    path.map((of, t) => `${t === 0 ? 'M' : 'L'}${round(x(t))} ${round(y(read(of)))}`).join('')
  const band = (path: Path, lower: (of: Quantiles) => number, upper: (of: Quantiles) => number) => {
    const back = path.map((of, t) => `L${round(x(t))} ${round(y(lower(of)))}`).reverse()
    return `${line(path, upper)}${back.join('')}Z`
  }
  for (let n = 0; ends[0] + n * step <= ends[1] + 1e-9; n++) {
    const value = ends[0] + n * step
    drawn.append(
      rule(left, y(value), right, y(value), 'grid'),
      soft(left - 5, y(value) + 4, number(value, step >= 1 ? 0 : step < 0.1 ? 2 : 1), { 'text-anchor': 'end' }),
    )
  }
  const fill = colour(look.token)
  const outer = band(
    now,
    of => of.q05,
    of => of.q95,
  )
  const inner = band(
    now,
    of => of.q25,
    of => of.q75,
  )
  drawn.append(
    svg('path', { d: outer, fill, opacity: 0.22 }),
    svg('path', { d: inner, fill, opacity: 0.4 }),
    svg('path', { d: line(now, of => of.q50), fill: 'none', stroke: fill, 'stroke-width': 2.6 }),
  )
  if (reference) {
    const dashed = { fill: 'none', stroke: colour('ink'), 'stroke-dasharray': '5 3' }
    const thin = { ...dashed, 'stroke-width': 0.8, opacity: 0.7 }
    drawn.append(
      svg('path', { d: line(reference, of => of.q50), ...dashed, 'stroke-width': 1.8 }),
      svg('path', { d: line(reference, of => of.q05), ...thin }),
      svg('path', { d: line(reference, of => of.q95), ...thin }),
    )
  }
  drawn.append(
    rule(x(tick), top - 4, x(tick), bottom, 'ink'),
    words(0, 14, look.name, { 'font-weight': 700 }),
    soft(0, 31, values),
    soft(width, 31, compared, { 'text-anchor': 'end' }),
    words(right + 5, y(now.at(-1)!.q50) + 5, number(now.at(-1)!.q50, look.digits), { 'font-weight': 600 }),
    soft(left, height - 5, quarters[0]!),
    soft(right, height - 5, quarters.at(-1)!, { 'text-anchor': 'end' }),
  )
  return drawn
}

/** A round step that gives three to six lines. */
function stepFor(range: number): number {
  return [0.05, 0.1, 0.2, 0.5, 1, 2, 5].find(step => range / step <= 5) ?? 10
}
