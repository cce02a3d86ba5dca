import type { Difference } from '../../../sim/analysis/compare.ts'
import { colour, lookOf } from '../../theme.ts'
import { sentence, shareWords } from '../../words.ts'
import { svg } from '../element.ts'
import type { OutcomeShare } from '../engine/ensemble.ts'
import { isClear, pointsWords } from '../figures.ts'
import { ghostBar, picture, round, rule, soft, straight, symbol, words } from './picture.ts'

/** Below this width the difference has a line of its own. */
const narrow = 400

/**
 * Share of runs with each outcome: bar and 95 % interval now, an outline for the reference, and the paired difference.
 * The order stays, so that a bar is found again after it moved.
 *
 * @param before - undefined where nothing is compared
 */
export function outcomeBars(
  now: readonly OutcomeShare[],
  before: readonly OutcomeShare[] | undefined,
  differenceOf: (outcome: string) => Difference | undefined,
  width: number,
): SVGSVGElement {
  const step = before && width < narrow ? 63 : 45
  const most = Math.max(0.1, ...now.map(({ upper }) => upper), ...(before ?? []).map(({ share }) => share))
  const x = straight([0, Math.ceil(most * 10) / 10], [1, width - 120])
  const label = now.map(one => `${lookOf(one.outcome).name} ${shareWords(one)}`).join(', ')
  const drawn = picture(width, now.length * step, `Share of runs by outcome: ${label}.`)
  now.forEach((one, row) => {
    const { token, shape, name } = lookOf(one.outcome)
    const top = row * step
    const middle = top + 31
    const old = before?.[row]
    const moved = differenceOf(one.outcome)
    const bar = { x: 1, y: middle - 7, width: round(Math.max(0.5, x(one.share) - 1)), height: 14, fill: colour(token) }
    drawn.append(
      symbol(shape, 7, top + 11, 5.5, colour(token)),
      words(20, top + 16, sentence(name), { 'font-weight': 600 }),
      svg('rect', bar),
      rule(x(one.lower), middle, x(one.upper), middle, 'ink', 2),
      rule(x(one.lower), middle - 4, x(one.lower), middle + 4, 'ink', 2),
      rule(x(one.upper), middle - 4, x(one.upper), middle + 4, 'ink', 2),
      words(width, middle + 5, shareWords(one), { 'text-anchor': 'end' }),
    )
    if (old) drawn.append(ghostBar(1, x(old.share), middle - 10, 20))
    if (old && moved)
      drawn.append(
        soft(width, top + (width < narrow ? 54 : 16), pointsWords(moved), {
          'text-anchor': 'end',
          ...(isClear(moved) ? { fill: colour('ink'), 'font-weight': 700 } : {}),
        }),
      )
  })
  return drawn
}
