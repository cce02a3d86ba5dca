import { above, below, type Condition, type Hypothesis, hypothesis } from './hypothesis.ts'
import {
  type HypothesisFigure,
  meanOf,
  meanSquares,
  pairedDifference,
  rankCorrelation,
  rootOf,
} from './hypothesis-figures.ts'
import type { HypothesisRuns, HypothesisWorld } from './hypothesis-runs.ts'

/** Statements about the buffer between poles and about strategic duality itself. */

/**
 * The common shock: every exposed state is coerced at this tick, and answers are followed for so many quarters. The
 * answer of politics to a weak Russia is decided by less than a hundredth of itself, and would turn with ten quarters.
 */
const shockTick = 6
const followed = 8

const sides = { weak: -0.25, strong: 0.25 } as const
const domains = ['political', 'security'] as const
const outerTier = 'CISPLUS'

/** How much the gap grows at least, and alignment falls at most, in a run of strategic duality as H1 means it. */
export const dualityLimits = { gapGrows: 0.02, alignmentFalls: 0.05 } as const

/** Eight worlds: CIS Plus or not, a weak or a strong Russia, a shock or none. */
function shockWorlds(buffer: number): Record<string, HypothesisWorld> {
  const worlds: [string, HypothesisWorld][] = []
  for (const [side, capacity_shift] of Object.entries(sides)) {
    for (const body of ['with', 'without']) {
      for (const shock of ['calm', 'shocked']) {
        const parameters = { buffer, capacity_shift, shock_tick: shock === 'calm' ? 0 : shockTick }
        const without = body === 'with' ? [] : [outerTier]
        worlds.push([`${shock} ${side} ${body}`, { parameters, without, actors: true }])
      }
    }
  }
  return Object.fromEntries(worlds)
}

/** Mean square answer of Russia's share in one domain, over core actors and the quarters after the shock, a value a run. */
function answer(calm: HypothesisRuns, shocked: HypothesisRuns, domain: number): Float64Array {
  const perTick = calm.russia.length / calm.runs / (calm.ticks + 1)
  return meanSquares(calm.russia, shocked.russia, calm.runs, cell => {
    const tick = Math.floor(cell / perTick)
    return cell % 5 === domain && tick > shockTick && tick <= shockTick + followed
  })
}

const buffered = (id: string, statement: string, buffer: number): Hypothesis =>
  hypothesis({
    id,
    statement,
    falsified: 'politics or security answers as much or more with CIS Plus, under a weak or a strong Russia',
    worlds: shockWorlds(buffer),
    test: runs => {
      const detail: Record<string, HypothesisFigure> = {}
      const conditions: Condition[] = []
      for (const side of Object.keys(sides)) {
        for (const [d, domain] of domains.entries()) {
          const [with_, without] = ['with', 'without'].map(body =>
            answer(runs[`calm ${side} ${body}`]!, runs[`shocked ${side} ${body}`]!, d),
          )
          detail[`${domain}, ${side}, with`] = rootOf(with_!)
          detail[`${domain}, ${side}, without`] = rootOf(without!)
          conditions.push(below(`${domain}, ${side}: difference of squares`, pairedDifference(without!, with_!)))
        }
      }
      return { conditions, detail }
    },
  })

export const dualityHypotheses: readonly Hypothesis[] = [
  buffered(
    'H2',
    'With CIS Plus, politics and security answer a common shock less, under the buffer the model assumes.',
    0.2,
  ),
  buffered('H2e', 'The same when no buffer is assumed, so that the effect would be the model’s own.', 0),
  hypothesis({
    id: 'H1',
    statement:
      'Strategic duality: in at least half of the plausible worlds the gap grows while institutional alignment holds.',
    falsified: 'the gap grows while institutional alignment holds in fewer than half of the worlds',
    worlds: { plausible: { ensemble: true } },
    test: ({ plausible }) => {
      const [id, gap] = [plausible.change('ID'), plausible.change('gap')]
      const share = (keep: (run: number) => boolean) => meanOf(id.map((_, run) => (keep(run) ? 1 : 0)))
      const both = share(run => id[run]! >= -dualityLimits.alignmentFalls && gap[run]! >= dualityLimits.gapGrows)
      const detail = {
        both,
        'gap up': share(run => gap[run]! > 0),
        'alignment held': share(run => id[run]! >= -dualityLimits.alignmentFalls),
      }
      return { conditions: [above('both', both, 0.5)], detail }
    },
  }),
  hypothesis({
    id: 'H7',
    statement: 'The paradox: among runs of duality and council, the livelier CIS Plus is the less Russia leads it.',
    falsified: 'vitality and Russian leadership do not correlate negatively within these runs',
    worlds: { plausible: { ensemble: true } },
    test: ({ plausible }) => {
      const [vitality, lead] = [plausible.final('v'), plausible.final('lead_RU')]
      const [duality, council] = [plausible.has('duality'), plausible.has('council')]
      const inside = [...vitality.keys()].filter(run => duality[run] === 1 || council[run] === 1)
      const within = rankCorrelation(
        inside.map(run => vitality[run]!),
        inside.map(run => lead[run]!),
      )
      const detail = {
        within,
        'all runs': rankCorrelation([...vitality], [...lead]),
        'runs within': { value: inside.length },
      }
      return { conditions: [below('within', within)], detail }
    },
  }),
]
