import type { Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { Line, Section } from '../document.ts'
import { shareWords } from '../words.ts'
import { hangsOnExits } from './paths.ts'

/** Something a reader must not take from the report. */
interface Limit {
  readonly name: string
  /**
   * Where the document of the model (`sim/model/README.md`) says it, as words of that document: a number of its weak
   * points, or another of its sections. A test finds them there, and a limit here for every weak point there.
   */
  readonly from: readonly (readonly [place: number | 'hindcast', words: string])[]
  readonly line: Line
  /** Whether it is said; always unless given. */
  readonly holds?: (summary: Summary) => boolean
}

const code = (text: string) => ({ code: text })

/** Limits that do not depend on the batch. Those that do are in `batchLimits`. */
export const modelLimits: readonly Limit[] = [
  {
    name: 'What comes next.',
    from: [['hindcast', 'no skill in forecasting']],
    line: 'The model has shown no skill in forecasting. Started from 2013 and run to 2021 and to 2023 with its usual values, it estimated Russia’s shares worse than the assumption that nothing changes. It shows what follows from assumptions.',
  },
  {
    name: 'Which patterns are confirmed.',
    from: [[12, 'so they are calibrated and not confirmed']],
    line: 'Responses and the thresholds of realignment were set while the model was tested, so some of its patterns are calibrated and not confirmed.',
  },
  {
    name: 'What is measured and what one person judged.',
    from: [[1, 'Transport and cultural shares, exposures, appetites and all weights']],
    line: 'Transport and cultural shares, exposures, appetites and all weights are the judgement of a single author, until others are asked.',
  },
  {
    name: 'Whether CIS Plus shields its members.',
    from: [[5, 'Without it CIS Plus amplifies the answer to a weak coercer']],
    line: [
      'That it softens the pull of shocks is built in through the parameter ',
      code('buffer'),
      '. Without it CIS Plus amplifies the answer to a weak coercer, since coercion also costs it vitality.',
    ],
    holds: ({ outerTier }) => outerTier,
  },
  {
    name: 'What the mean of the core does.',
    from: [[4, 'exit hazards of Armenia and Moldova']],
    line: 'It depends most on whether Armenia and Moldova leave bodies. Read groups and states beside it.',
    holds: hangsOnExits,
  },
  {
    name: 'Whether politics or membership moves first.',
    from: [[7, 'The political baseline is partly computed from memberships']],
    line: 'Political alignment at the start is partly computed from memberships, so the two parts of institutional alignment are not independent.',
  },
  {
    name: 'How worlds hang together.',
    from: [
      [11, 'Parameters are independent in the ranges'],
      [6, 'Noise acts on the Russian option alone'],
    ],
    line: 'Parameters are sampled independently; worlds in which several go together are not represented. Chance acts on the Russian option alone.',
  },
  {
    name: 'Threat at today’s capacity.',
    from: [[3, 'threat has no political side, by construction']],
    line: [
      'Where the capacity of Russia equals the threshold ',
      code('r_star'),
      ', threat has no political side, by construction.',
    ],
  },
  {
    name: 'Trade after a settlement.',
    from: [[2, 'Rents from rerouted trade under primary sanctions are missing']],
    line: 'Gains from rerouted trade under sanctions are missing, so the fall of Russia’s trade share after a settlement is overstated.',
  },
  {
    name: 'How far corridors reach.',
    from: [[10, '−0.0004 beside −0.025 in transport']],
    line: 'They spill over from transport into politics with the sign and order expected of them, but by −0.0004 beside −0.025 in transport after five years at the extremes.',
  },
  {
    name: 'How much a state leads.',
    from: [[8, 'the fourth root of GDP, are a compromise']],
    line: 'Its weight in leadership is the fourth root of its GDP. That is a compromise: other weights give other shares of leadership.',
  },
  {
    name: 'The level of the gap.',
    from: [[9, 'Measurements of 2014 to 2024 stand for 2025']],
    line: 'Institutional and operational alignment are measured differently, and base years run from 2014 to 2024. Only changes are compared.',
  },
  {
    name: 'What was left out.',
    from: [],
    line: 'Domestic politics, firms, and everything the two source texts of 2025 do not name. Both texts argue one side, so what they expect is treated as a hypothesis.',
  },
]

/** What a reader must not take from the report. */
export function limitsSection(summary: Summary, document: ScenarioDocument): Section {
  const shown = modelLimits.filter(({ holds }) => holds?.(summary) ?? true)
  const [first, ...others] = shown.map(({ name, line }) => [{ strong: name }, ' ', ...[line].flat()])
  return {
    id: 'limits',
    name: 'What this cannot tell',
    title: 'What this report cannot tell you',
    blocks: [{ kind: 'list', items: [first!, ...batchLimits(summary, document), ...others] }],
  }
}

function batchLimits({ ambiguous, plan, runs }: Summary, { thresholds }: ScenarioDocument): Line[] {
  return [
    [
      { strong: 'How likely anything is.' },
      ` A share counts runs of this scenario. Wider or other ranges give other shares. Intervals tell how exactly ${plan.runs === runs ? 'these' : 'the finished'} runs measure the scenario; more runs make them narrower and the model no truer.`,
    ],
    [
      { strong: 'Where one outcome ends and the next begins.' },
      ` Thresholds are chosen, with the spread of earlier runs in view. In ${shareWords(ambiguous)} of runs the two best outcomes score within ${thresholds.ambiguous} of each other.`,
    ],
  ]
}
