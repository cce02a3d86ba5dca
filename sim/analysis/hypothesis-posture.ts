import { type Outcome, outcomes } from '../model/outcomes.ts'
import { above, below, type Hypothesis, hypothesis } from './hypothesis.ts'
import { type HypothesisFigure, meanOf, medianOf, pairedDifference } from './hypothesis-figures.ts'
import type { HypothesisRuns } from './hypothesis-runs.ts'

/** Statements about what Russia promises, delivers and enforces. */

type Pair = Readonly<Record<'calm' | 'coerced', HypothesisRuns>>

const strong = {
  calm: { parameters: { capacity_shift: 0.25, coercion: 0 } },
  coerced: { parameters: { capacity_shift: 0.25, coercion: 0.12 } },
}
const weak = {
  calm: { parameters: { capacity_shift: -0.25, coercion: 0 } },
  coerced: { parameters: { capacity_shift: -0.25, coercion: 0.12 } },
}

const bothHigh = { delivered: 0.9, declared: 0.9, support: 0.9 }
const rhetoric = { delivered: 0.1, declared: 0.95, support: 0.1 }

/** Share of each outcome with and without coercion, where it occurs at all. */
function outcomeShares({ calm, coerced }: Pair): Record<string, HypothesisFigure> {
  const shares: [string, HypothesisFigure][] = []
  for (const outcome of outcomes) {
    const [without, with_] = [meanOf(calm.has(outcome)), meanOf(coerced.has(outcome))]
    if (without.value + with_.value > 0) shares.push([`${outcome} before`, without], [`${outcome} after`, with_])
  }
  return Object.fromEntries(shares)
}

const shareDifference = ({ calm, coerced }: Pair, outcome: Outcome) =>
  pairedDifference(calm.has(outcome), coerced.has(outcome))

export const postureHypotheses: readonly Hypothesis[] = [
  hypothesis({
    id: 'T1',
    statement: 'More delivered win-win makes CIS Plus livelier.',
    falsified: 'vitality does not rise with delivery',
    worlds: { little: { parameters: { delivered: 0.2 } }, much: { parameters: { delivered: 0.9 } } },
    test: ({ little, much }) => {
      const vitality = pairedDifference(little.final('v'), much.final('v'))
      return { conditions: [above('vitality', vitality)], detail: { vitality } }
    },
  }),
  hypothesis({
    id: 'T2',
    statement: 'Declaring much and delivering little makes more shells.',
    falsified: 'the share of shells does not rise',
    worlds: {
      high: { parameters: bothHigh },
      rhetoric: { parameters: rhetoric },
      modest: { parameters: { delivered: 0.35, declared: 0.9 } },
    },
    test: runs => {
      const shell = (name: 'high' | 'rhetoric' | 'modest') => runs[name].has('shell')
      const [more, someMore] = [
        pairedDifference(shell('high'), shell('rhetoric')),
        pairedDifference(shell('high'), shell('modest')),
      ]
      const shares = {
        high: meanOf(shell('high')),
        rhetoric: meanOf(shell('rhetoric')),
        modest: meanOf(shell('modest')),
      }
      return { conditions: [above('rhetoric less high', more), above('modest less high', someMore)], detail: shares }
    },
  }),
  hypothesis({
    id: 'T3a',
    statement: 'Coercion by a strong Russia raises political alignment and lowers the economic share.',
    falsified: 'political alignment does not rise, or the economic share does not fall',
    worlds: strong,
    test: ({ calm, coerced }) => {
      const political = pairedDifference(calm.final('RS_political'), coerced.final('RS_political'))
      const economic = pairedDifference(calm.final('RS_economic'), coerced.final('RS_economic'))
      const institutional = pairedDifference(calm.final('ID'), coerced.final('ID'))
      return {
        conditions: [above('political', political), below('economic', economic)],
        detail: { political, economic, institutional },
      }
    },
  }),
  hypothesis({
    id: 'T3b',
    statement: 'Coercion by a strong Russia makes consolidation more frequent.',
    falsified: 'the share of consolidation does not rise',
    worlds: strong,
    test: runs => ({
      conditions: [above('consolidation', shareDifference(runs, 'consolidation'))],
      detail: outcomeShares(runs),
    }),
  }),
  hypothesis({
    id: 'T3c',
    statement: 'Coercion by a strong Russia widens the gap: duality under duress.',
    falsified: 'the gap or the share of duality does not rise',
    worlds: strong,
    test: runs => {
      const gap = pairedDifference(runs.calm.final('gap'), runs.coerced.final('gap'))
      const duality = shareDifference(runs, 'duality')
      return { conditions: [above('gap', gap), above('duality', duality)], detail: { gap, duality } }
    },
  }),
  hypothesis({
    id: 'T4',
    statement: 'Coercion by a weak Russia drives states away.',
    falsified: 'the share of realignment does not rise',
    worlds: weak,
    test: runs => {
      const political = pairedDifference(runs.calm.final('RS_political'), runs.coerced.final('RS_political'))
      return {
        conditions: [above('realignment', shareDifference(runs, 'realignment'))],
        detail: { political, ...outcomeShares(runs) },
      }
    },
  }),
  hypothesis({
    id: 'H3',
    statement:
      'CIS Plus falls below the vitality of a shell when win-win is declared but not delivered, and only then.',
    falsified: 'vitality does not react to delivery: it stays above the limit without it, or below with it',
    worlds: {
      high: { parameters: bothHigh },
      rhetoric: { parameters: rhetoric },
      modest: { parameters: { delivered: 0.3, declared: 0.95, support: 0.3 } },
    },
    test: runs => {
      const detail = {
        high: medianOf(runs.high.final('v')),
        rhetoric: medianOf(runs.rhetoric.final('v')),
        modest: medianOf(runs.modest.final('v')),
      }
      const shell = 0.33
      return {
        conditions: [
          above('high', detail.high, shell),
          below('rhetoric', detail.rhetoric, shell),
          below('modest', detail.modest, shell),
        ],
        detail,
      }
    },
  }),
]
