import type { Summary } from '../../sim/analysis/summary.ts'
import { type Block, type Section, type Span, tableOf } from '../document.ts'
import { count } from '../words.ts'

/** Failed runs that are listed one by one. */
const listedFailures = 200

/** Pages beside the report that are listed. */
const listedPages = 30

/**
 * Everything another person needs to get the same numbers.
 *
 * @param pages - names of other pages in the folder of the report
 */
export function reproduceSection(summary: Summary, pages: readonly string[] = []): Section {
  const { plan, failed, runs, quarters } = summary
  const command = `multivector run scenarios/${summary.id}.yaml --runs ${plan.runs} --seed ${quotedForShell(plan.seed)} --design ${plan.design}`
  const failures: Block[] =
    failed.length === 0
      ? []
      : [
          {
            kind: 'folded',
            label: `${count(failed.length)} failed runs${failed.length > listedFailures ? `, the first ${listedFailures}` : ''}`,
            blocks: [
              tableOf('Runs that left the finite numbers; they are counted nowhere', failed.slice(0, listedFailures), [
                { name: 'Run', value: ({ run }) => String(run) },
                { name: 'Quarter', value: ({ tick }) => quarters[tick] ?? String(tick) },
                { name: 'Variable', value: ({ variable, of }) => (of === '' ? variable : `${variable} of ${of}`) },
              ]),
            ],
            print: true,
          },
        ]
  return {
    id: 'reproduce',
    name: 'Reproduce',
    title: 'How to reproduce this report',
    blocks: [
      { kind: 'command', text: command },
      {
        kind: 'words',
        line: 'The same scenario, seed and versions give the same digest on every machine and with any number of workers.',
      },
      {
        kind: 'words',
        line: [
          'Try it: ',
          { link: 'explore.html', to: 'explore.html' },
          ' beside this report has the model itself. Move a lever and see what changes in the same random worlds; it opens offline, with this scenario and seed.',
        ],
      },
      ...besides(pages),
      {
        kind: 'definitions',
        items: [
          { term: 'Scenario', line: summary.id },
          { term: 'Scenario SHA-256', line: [{ code: summary.scenarioHash }] },
          { term: 'Batch', line: [{ code: summary.batch }] },
          { term: 'Digest of the runs', line: [{ code: summary.digest }] },
          { term: 'Seed, design', line: `${plan.seed}, ${plan.design}` },
          {
            term: 'Runs',
            line: `${count(runs)} of ${count(plan.runs)} planned, ${count(failed.length)} failed`,
          },
          { term: 'Time', line: `${quarters[0]} to ${quarters.at(-1)}, ${quarters.length - 1} quarters` },
          { term: 'Versions', line: `engine ${summary.engine}, model ${summary.model}` },
        ],
      },
      ...failures,
    ],
  }
}

/** Analyses and explanations that were written beside the report before it. */
function besides(pages: readonly string[]): Block[] {
  if (pages.length === 0) return []
  const rest = pages.length - listedPages
  const links = pages
    .slice(0, listedPages)
    .flatMap((name, n): Span[] => [n === 0 ? '' : ', ', { link: name, to: name }])
  return [
    {
      kind: 'words',
      line: [
        'Other pages of this batch that lay beside this report when it was written: ',
        ...links,
        rest > 0 ? ` and ${count(rest)} more` : '',
        '. Their links need the folder of the report; send the whole folder, or the page that is meant.',
      ],
    },
  ]
}

/** A text as one word of a POSIX shell. */
export function quotedForShell(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
