import type { Summary } from '../../sim/analysis/summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { Line, Section } from '../document.ts'
import { shareWords } from '../words.ts'
import { hangsOnExits } from './paths.ts'

/** What a reader must not take from the report; after the weak points of the model's own document. */
export function limitsSection(summary: Summary, document: ScenarioDocument): Section {
  const { ambiguous, plan } = summary
  const items: Line[] = [
    [
      { strong: 'What comes next.' },
      ' The model has shown no skill in forecasting. Started from 2013 and run to 2021 and to 2023 with its usual values, it estimated Russia’s shares worse than the assumption that nothing changes. It shows what follows from assumptions.',
    ],
    [
      { strong: 'How likely anything is.' },
      ` A share counts runs of this scenario. Wider or other ranges give other shares. Intervals tell how exactly ${plan.runs === summary.runs ? 'these' : 'the finished'} runs measure the scenario; more runs make them narrower and the model no truer.`,
    ],
    [
      { strong: 'Where one outcome ends and the next begins.' },
      ` Thresholds are chosen. In ${shareWords(ambiguous)} of runs the two best outcomes score within ${document.thresholds.ambiguous} of each other. Responses and the thresholds of realignment were set while the model was tested, so some of its patterns are calibrated and not confirmed.`,
    ],
    [
      { strong: 'What is measured and what one person judged.' },
      ' Transport and cultural shares, exposures, appetites and all weights are the judgement of a single author, until others are asked.',
    ],
    [
      { strong: 'Whether CIS Plus shields its members.' },
      ' That it softens the pull of shocks is built in through the parameter ',
      { code: 'buffer' },
      '. Without it CIS Plus amplifies the answer to a weak coercer, since coercion also costs it vitality.',
    ],
    ...(hangsOnExits(summary)
      ? [
          [
            { strong: 'What the mean of the core does.' },
            ' It depends most on whether Armenia and Moldova leave bodies. Read groups and states beside it.',
          ],
        ]
      : []),
    [
      { strong: 'Whether politics or membership moves first.' },
      ' Political alignment at the start is partly computed from memberships, so the two parts of institutional alignment are not independent.',
    ],
    [
      { strong: 'How worlds hang together.' },
      ' Parameters are sampled independently; worlds in which several go together are not represented. Chance acts on the Russian option alone.',
    ],
    [
      { strong: 'Threat at today’s capacity.' },
      ' Where the capacity of Russia equals the threshold ',
      { code: 'r_star' },
      ', threat has no political side, by construction.',
    ],
    [
      { strong: 'Trade after a settlement.' },
      ' Gains from rerouted trade under sanctions are missing, so the fall of Russia’s trade share after a settlement is overstated.',
    ],
    [
      { strong: 'The level of the gap.' },
      ' Institutional and operational alignment are measured differently, and base years run from 2014 to 2024. Only changes are compared.',
    ],
    [
      { strong: 'What was left out.' },
      ' Domestic politics, firms, and everything the two source texts of 2025 do not name. Both texts argue one side, so what they expect is treated as a hypothesis.',
    ],
  ]
  return {
    id: 'limits',
    name: 'What this cannot tell',
    title: 'What this report cannot tell you',
    blocks: [{ kind: 'list', items }],
  }
}
