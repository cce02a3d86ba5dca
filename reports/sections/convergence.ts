import type { LookResult, Target } from '../../sim/analysis/convergence.ts'
import { figure } from '../analysis/bars-block.ts'
import type { ConvergenceData } from '../charts/convergence.ts'
import { type Section, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { count, listed, percent } from '../words.ts'

/** What a batch was to reach, and how it got there. */
export interface Convergence {
  readonly targets: readonly Target[]
  readonly looks: readonly LookResult[]
}

export function convergenceData({ targets, looks }: Convergence): { convergence: ConvergenceData } {
  return {
    convergence: {
      quantities: targets.map(({ quantity, halfWidth }) => ({
        name: plain(quantity),
        target: halfWidth,
        looks: looks.map(({ runs, halfWidths }) => ({
          runs,
          halfWidth: halfWidths[quantity]!,
          text: `± ${figure(halfWidths[quantity]!)}`,
        })),
      })),
    },
  }
}

/** Whether the runs were enough for what was asked. */
export function convergenceSection({ targets, looks }: Convergence): Section {
  const last = looks.at(-1)!
  const widths = targets.map(
    ({ quantity, halfWidth }) => `${plain(quantity)} ± ${figure(last.halfWidths[quantity]!)} (asked ± ${halfWidth})`,
  )
  const end = last.met
    ? 'Every half-width that was asked for is met.'
    : `Not yet enough: about ${count(last.needed - last.runs)} more runs are needed.`
  return {
    id: 'enough',
    name: 'Enough runs',
    title: `After ${count(last.runs)} runs: ${listed(widths)}`,
    blocks: [
      {
        kind: 'words',
        line: `${end} The runs were looked at ${count(looks.length)} ${looks.length === 1 ? 'time' : 'times'}. All looks together spend 5 %, so that the intervals of a quantity hold at all looks at once in at least 95 of 100 batches; the last look has a level of ${percent(last.level, 1)}.`,
      },
      {
        kind: 'chart',
        id: 'convergence',
        chart: 'convergence',
        data: 'convergence',
        alternative: `Half-widths against runs. ${listed(widths)} after ${count(last.runs)} runs.`,
        caption: 'Half-widths fall with the root of the runs: four times the runs halve them.',
        table: tableOf('Half-widths at each look', looks, [
          { name: 'Runs', value: ({ runs }) => count(runs) },
          { name: 'Level', numeric: true, value: ({ level }) => percent(level, 1) },
          ...targets.map(({ quantity }) => ({
            name: plain(quantity),
            numeric: true,
            value: ({ halfWidths }: LookResult) => `± ${figure(halfWidths[quantity]!)}`,
          })),
        ]),
        print: true,
      },
    ],
  }
}
