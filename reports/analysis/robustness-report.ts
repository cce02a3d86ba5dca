import { policyWords, type RobustnessDocument } from '../../sim/analysis/robustness.ts'
import type { HeatTableData } from '../charts/heat-table.ts'
import { type Block, type ReportDocument, type Section, tableOf } from '../document.ts'
import { count, interval, percent, sentence } from '../words.ts'
import { barsBlock, figure } from './bars-block.ts'
import { type AnalysisContext, analysisCondition, reproduction } from './context.ts'

/** Uncertainties whose thirds the heat map shows. */
const shownUncertainties = 3

type Policy = RobustnessDocument['policies'][number]

/** Regret and satisficing of policies, and where each fails, as a report. */
export function robustnessReport(found: RobustnessDocument, context: AnalysisContext): ReportDocument {
  const { sentence: answer, policies, worlds, criterion } = found
  const satisficing = satisficingSection(found, context)
  const regret = regretSection(found, context)
  return {
    kind: 'robustness',
    id: `robustness-${criterion}`,
    title: `Which policy is robust: ${context.outcome}`,
    lead: [
      { kind: 'words', role: 'question', line: context.subject },
      { kind: 'words', role: 'answer', line: answer },
      { kind: 'words', role: 'condition', line: analysisCondition },
      {
        kind: 'facts',
        items: [
          [{ strong: count(policies.length) }, ' policies'],
          [{ strong: count(worlds) }, ' worlds, the same for each'],
          [{ strong: criterion }, ' criterion'],
        ],
      },
    ],
    sections: [satisficing.section, regret.section, vulnerabilitySection(found), reproduction(context)],
    data: { ...satisficing.data, regret: regret.data },
    foot: context.foot,
  }
}

const limit = ({ threshold }: RobustnessDocument) =>
  `${{ '>=': '≥', '>': '>', '<=': '≤', '<': '<' }[threshold.relation]} ${figure(threshold.value)}`

function satisficingSection(found: RobustnessDocument, { outcome }: AnalysisContext) {
  const { policies, best, worlds } = found
  const order = [...policies].sort((a, b) => b.satisficing.share - a.satisficing.share)
  const most = policies[best.mostSatisficing]!
  const { block, data } = barsBlock({
    id: 'satisficing',
    what: 'Share of worlds that meet the threshold',
    rows: order.map(({ levers, satisficing: { share, lower, upper }, mean }) => ({
      name: policyWords(levers),
      note: `mean ${figure(mean)}`,
      bars: [{ value: share, lower, upper }],
    })),
    shares: true,
    caption: `Bar: share of ${count(worlds)} worlds in which ${outcome} is ${limit(found)}. Thin line and brackets: 95 % interval (Wilson).`,
  })
  const section: Section = {
    id: 'satisficing',
    name: 'Satisficing',
    title: `${sentence(policyWords(most.levers))} meets the threshold most often: in ${percent(most.satisficing.share)} of worlds`,
    blocks: [block],
  }
  return { section, data }
}

function regretSection(found: RobustnessDocument, { outcome, meaning }: AnalysisContext) {
  const { policies, best, byUncertainty, prefer } = found
  const first = policies[best.leastRegret]!
  const thirds = byUncertainty.slice(0, shownUncertainties)
  const parts = ['low', 'middle', 'high'] as const
  const values = policies.map(({ regret }, p) => [
    regret.mean,
    ...thirds.flatMap(({ regret: own }) => parts.map(part => own[p]![part])),
  ])
  const data: HeatTableData = {
    rows: policies.map(({ levers }) => policyWords(levers)),
    columns: [
      { group: '', name: 'all worlds' },
      ...thirds.flatMap(({ input }) => parts.map(name => ({ group: input, name }))),
    ],
    values,
    texts: values.map(row => row.map(figure)),
  }
  const meanings = thirds.map(({ input }) => `${input}: ${meaning(input)}`).filter(text => !text.endsWith(': '))
  const blocks: Block[] = [
    {
      kind: 'words',
      line: `The regret of a policy in a world is how much ${prefer === 'high' ? 'higher' : 'lower'} ${outcome} is under the best policy of that world.`,
    },
    {
      kind: 'chart',
      id: 'regret',
      chart: 'heat-table',
      data: 'regret',
      alternative: `Mean regret of ${count(policies.length)} policies. ${sentence(policyWords(first.levers))} has the least, ${figure(first.regret.mean)}.`,
      caption: `Mean regret over all worlds, and in the lower, middle and upper third of the uncertainties it depends on most${meanings.length > 0 ? ` (${meanings.join('; ')})` : ''}.`,
      table: tableOf(
        'Regret over all worlds',
        policies.map(policy => policy),
        [
          { name: 'Policy', value: ({ levers }) => policyWords(levers) },
          { name: 'Mean of the criterion', numeric: true, value: ({ mean }) => figure(mean) },
          { name: 'Mean regret', numeric: true, value: ({ regret }) => figure(regret.mean) },
          { name: '90 % of worlds below', numeric: true, value: ({ regret }) => figure(regret.p90) },
          { name: 'Worst', numeric: true, value: ({ regret }) => figure(regret.max) },
          { name: 'Meets the threshold', numeric: true, value: ({ satisficing }) => percent(satisficing.share, 1) },
          { name: '95 % interval', numeric: true, value: ({ satisficing }) => interval(satisficing) },
        ],
      ),
      print: true,
    },
  ]
  const section: Section = {
    id: 'regret',
    name: 'Regret',
    title: `${sentence(policyWords(first.levers))} is regretted least: ${figure(first.regret.mean)} on average`,
    blocks,
  }
  return { section, data }
}

function vulnerabilitySection(found: RobustnessDocument): Section {
  const told = found.policies.filter((policy): policy is Policy & { vulnerability: object } => !!policy.vulnerability)
  const silent = found.policies.length - told.length
  const items = told.map(({ levers, vulnerability }) => [
    { strong: sentence(policyWords(levers)) },
    `: ${vulnerability.sentence}`,
  ])
  const rest = `For ${count(silent)} of ${count(found.policies.length)} policies no conditions of failure are told: they fail in too few worlds or too many, or no box stands the test on worlds it was not found on.`
  return {
    id: 'failures',
    name: 'Where policies fail',
    title: `Where policies fail: under which conditions ${found.criterion} is not ${limit(found)}`,
    blocks: [
      ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
      ...(silent > 0 ? [{ kind: 'words', line: rest } as const] : []),
    ],
  }
}
