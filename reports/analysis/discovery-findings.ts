import type { CartDocument } from '../../sim/analysis/discovery/cart.ts'
import type { PrimDocument } from '../../sim/analysis/discovery/prim.ts'
import type { BoxDocument } from '../../sim/analysis/discovery/stated-box.ts'
import type { BoxPanelData } from '../charts/box-panel.ts'
import type { BoxTradeOffData } from '../charts/box-trade-off.ts'
import { type Block, type Section, type Table, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { count, percent } from '../words.ts'
import { barsBlock, exactly, figure } from './bars-block.ts'
import type { AnalysisContext, Findings } from './context.ts'

type Box = PrimDocument['boxes'][number]

/** Boxes of PRIM: limits, trade-off and tests of each, and what each input is worth. */
export function primFindings(result: PrimDocument, context: AnalysisContext): Findings {
  const { boxes, dense, worth, density, outcome } = result
  const data: Record<string, unknown> = {}
  const sections = boxes.map((box, n): Section => {
    const name = `box ${n + 1}`
    const id = `box-${n + 1}`
    data[id] = panelData(box, result, context)
    data[`${id}-steps`] = tradeOffData(result, box, name, n === 0 ? dense : null)
    return {
      id,
      name: name.replace('b', 'B'),
      title: `Box ${n + 1}: ${percent(box.density)} of the rows inside, against ${percent(density)} of all`,
      blocks: [
        { kind: 'words', line: box.sentence },
        {
          kind: 'chart',
          id,
          chart: 'box-panel',
          data: id,
          alternative: `Limits of the box on the range of each input. ${box.sentence}`,
          caption: `Grey: the range of the input in the rows. Blue: the part inside the box. The quasi-p value asks, on rows the box was not found on, for the chance of as many cases if this limit were let go; resamples are ${box.resampling.samples} random halves of the rows, searched again.`,
          table: limitsTable(box, result, context),
          print: true,
        },
        {
          kind: 'part',
          title: 'What a smaller or a larger box would give',
          blocks: [
            {
              kind: 'chart',
              id: `${id}-steps`,
              chart: 'box-trade-off',
              data: `${id}-steps`,
              alternative: `Coverage against density at ${count(box.trajectory.length)} peeling steps, from all rows to the smallest box.`,
              caption:
                'Each point is one step of the peeling, from all rows at the right; every step loses some of the cases and gains density. The diamond is the box that was taken: after peeling, limits that held-out rows do not bear out were let go and others widened, so that it need not lie on the path.',
              table: stepsTable(box),
            },
          ],
        },
      ],
    }
  })
  if (dense) {
    data['box-dense'] = panelData({ ...dense, resampling: undefined }, result, context)
    sections.push(denseSection(dense, result, context))
  }
  const worthBars = barsBlock({
    id: 'worth',
    what: `Worth of knowing each input for ${plain(outcome)}`,
    rows: worth.map(({ input, value }) => ({ name: input, note: context.meaning(input), bars: [exactly(value)] })),
    shares: true,
    intervals: false,
    caption: 'Part of the variance of being a case that the input explains alone, freed of what chance would give.',
  })
  sections.push({
    id: 'worth',
    name: 'Worth of knowing',
    title: 'Which inputs are most worth knowing, each alone',
    blocks: [worthBars.block],
  })
  return { answer: result.sentence, sections, data: { ...data, ...worthBars.data } }
}

function denseSection(dense: BoxDocument, result: PrimDocument, context: AnalysisContext): Section {
  return {
    id: 'dense',
    name: 'Denser box',
    title: `A denser box that still holds a quarter of the cases: ${percent(dense.density)} of the rows inside`,
    blocks: [
      { kind: 'words', line: dense.sentence },
      {
        kind: 'chart',
        id: 'box-dense',
        chart: 'box-panel',
        data: 'box-dense',
        alternative: `Limits of the denser box on the range of each input. ${dense.sentence}`,
        caption: 'As above, searched for density alone. It overlaps with the first box.',
        table: limitsTable({ ...dense, resampling: undefined }, result, context),
        print: true,
      },
    ],
  }
}

interface ShownBox extends Pick<BoxDocument, 'limits' | 'categories' | 'quasiP'> {
  readonly resampling: Box['resampling'] | undefined
}

function testWords({ quasiP, resampling }: ShownBox, name: string): string {
  const p = quasiP[name] ?? Number.NaN
  const found = resampling?.restricted[name]
  return `quasi-p ${p < 0.001 ? '< 0.001' : figure(p)}${found === undefined ? '' : `, in ${percent(found)} of resamples`}`
}

/** A value of an input to a thousandth of its range. */
function short(value: number, [least, most]: readonly [number, number]): string {
  const digits = Math.max(0, Math.min(12, 2 - Math.floor(Math.log10(most - least || 1))))
  return String(Number(value.toFixed(digits))).replace('-', '−')
}

function panelData(box: ShownBox, { ranges }: PrimDocument, { meaning }: AnalysisContext): BoxPanelData {
  const numbers = Object.entries(box.limits).map(([name, [low, high]]) => {
    const range = ranges[name] ?? [low, high]
    const [least, most] = range
    const part = (value: number) => (most > least ? Math.min(1, Math.max(0, (value - least) / (most - least))) : 0)
    return {
      ...{ name: plain(name), note: plain(meaning(name)), from: part(low), to: part(high), test: testWords(box, name) },
      ...{ low: short(low, range), high: short(high, range), least: short(least, range), most: short(most, range) },
    }
  })
  const texts = Object.entries(box.categories).map(([name, kept]) => ({
    ...{ name: plain(name), note: plain(kept.join(' or ')), from: 0, to: 1, test: testWords(box, name) },
    ...{ low: '', high: '', least: '', most: '' },
  }))
  return { limits: [...numbers, ...texts] }
}

function limitsTable(box: ShownBox, { ranges }: PrimDocument, { meaning }: AnalysisContext): Table {
  const rows = [
    ...Object.entries(box.limits).map(([name, [low, high]]) => {
      const range = ranges[name] ?? [low, high]
      const [least, most] = range.map(value => short(value, range))
      return { name, low: short(low, range), high: short(high, range), range: `${least} to ${most}` }
    }),
    ...Object.entries(box.categories).map(([name, kept]) => ({ name, low: kept.join(' or '), high: '', range: '' })),
  ]
  return tableOf('Limits of the box', rows, [
    { name: 'Input', value: row => row.name },
    { name: 'From', numeric: true, value: row => row.low },
    { name: 'To', numeric: true, value: row => row.high },
    { name: 'Range in the rows', numeric: true, value: row => row.range },
    { name: 'Test', value: ({ name }) => testWords(box, name) },
    { name: 'Meaning', value: ({ name }) => meaning(name) },
  ])
}

function tradeOffData(result: PrimDocument, box: Box, name: string, dense: BoxDocument | null): BoxTradeOffData {
  return {
    cases: plain(result.outcome),
    base: result.density,
    steps: box.trajectory.map(({ coverage, density, mass }) => ({ coverage, density, mass })),
    taken: [
      { name, coverage: box.coverage, density: box.density },
      ...(dense ? [{ name: 'denser box', coverage: dense.coverage, density: dense.density }] : []),
    ],
  }
}

function stepsTable({ trajectory }: Box): Table {
  const rows = trajectory.map((step, n) => ({ ...step, n }))
  return tableOf('Steps of the peeling', rows, [
    { name: 'Step', value: ({ n }) => String(n) },
    { name: 'Coverage', numeric: true, value: row => percent(row.coverage, 1) },
    { name: 'Density', numeric: true, value: row => percent(row.density, 1) },
    { name: 'Mass', numeric: true, value: row => percent(row.mass, 1) },
    { name: 'Inputs restricted', value: row => Object.keys({ ...row.limits, ...row.categories }).join(', ') },
  ])
}

/** The tree as a table of rules, and what its splits are worth. */
export function cartFindings(result: CartDocument, { meaning }: AnalysisContext): Findings {
  const { boxes, importance, leaves, error, density } = result
  const conditions = ({ sentence }: BoxDocument) => /^Where (.*?), \d/.exec(sentence)?.[1] ?? sentence
  const rules: Block[] =
    boxes.length === 0
      ? [{ kind: 'words', line: result.sentence }]
      : [
          tableOf(`Leaves denser than the ${percent(density, 1)} of all rows, on held-out rows too`, boxes, [
            { name: 'Where', value: conditions },
            { name: 'Density', numeric: true, value: box => percent(box.density) },
            { name: 'Coverage', numeric: true, value: box => percent(box.coverage) },
            { name: 'Mass', numeric: true, value: box => percent(box.mass) },
            { name: 'Held-out density', numeric: true, value: box => percent(box.heldOut.density) },
            { name: 'Held-out coverage', numeric: true, value: box => percent(box.heldOut.coverage) },
          ]),
        ]
  const { block, data } = barsBlock({
    id: 'importance',
    what: 'Part of the fall of impurity',
    rows: importance
      .filter(({ value }) => value > 0)
      .map(({ input, value }) => ({ name: input, note: meaning(input), bars: [exactly(value)] })),
    shares: true,
    intervals: false,
    caption: 'Which inputs the splits of the tree use, by how much purer they make its leaves.',
  })
  const used = importance.some(({ value }) => value > 0)
  return {
    answer: result.sentence,
    sections: [
      {
        id: 'rules',
        name: 'Rules',
        title: `A tree with ${count(leaves)} leaves as a cross-check of boxes`,
        blocks: [
          ...rules,
          {
            kind: 'words',
            line: `On held-out rows the squared error of the tree is ${figure(error.tree)}, against ${figure(error.overall)} of the share of all rows.`,
          },
        ],
      },
      ...(used ? [{ id: 'importance', name: 'Inputs', title: 'What the tree splits by', blocks: [block] }] : []),
    ],
    data: used ? data : {},
  }
}
