import type { Difference } from '../../sim/analysis/compare.ts'
import { type Compared, type ComparisonResult, personOf } from '../../sim/analysis/comparison-result.ts'
import type { ForestData, ForestPanel } from '../charts/forest.ts'
import { type Block, type Section, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { labelOf, quantityName } from '../quantity-names.ts'
import { count, listed, sentence } from '../words.ts'
import type { ComparisonPart } from './comparison-report.ts'
import { byVerdict, differenceOf, differenceWords, intervalOf, levelOf, roundedUp } from './comparison-words.ts'
import { filledColumns } from './filled-columns.ts'

/** Rows of a panel of the forest; there are more in the table. */
const shownRows = 12

const panels = [
  { unit: 'share', title: 'Shares of runs, difference in points', times: 100 },
  { unit: 'index', title: 'Indices, difference', times: 1 },
  { unit: 'count', title: 'Numbers of states or events, difference', times: 1 },
] as const

const key = (suffix: string) => `differences${suffix}`

/** What the forest of a comparison draws. */
export function differenceData({ result, suffix }: Omit<ComparisonPart, 'of'>): Record<string, ForestData> {
  const { compared } = result
  if (!compared || compared.verdict === 'identical') return {}
  return { [key(suffix)]: { panels: forestPanels(compared, result.people) } }
}

/** The rows that matter: what changed, then what is open, then, where there is neither, what is nearest to a change. */
function forestPanels(compared: Compared, people: ComparisonResult['people']): ForestPanel[] {
  const { quantities } = compared
  const ranked = (['changed', 'inconclusive', 'unchanged'] as const).flatMap(verdict => byVerdict(quantities, verdict))
  return panels.flatMap(({ unit, title, times }) => {
    const own = ranked.filter(({ quantity }) => quantityName(quantity, people).unit === unit)
    const telling = own.filter(({ verdict }) => verdict !== 'unchanged').length
    const rows = own.slice(0, Math.min(shownRows, Math.max(3, telling))).map(each => ({
      label: sentence(labelOf(each.quantity, people)),
      ...each.difference,
      smallest: each.smallestEffect,
      verdict: each.verdict,
    }))
    return rows.length === 0 ? [] : [{ title, times, rows }]
  })
}

/** The differences that matter as a forest, the state that changed most, and all the others folded. */
export function differencesSection({ result, suffix, of }: ComparisonPart, compared: Compared): Section {
  const { people } = result
  const { quantities, counts } = compared
  const told = byVerdict(quantities, 'changed').slice(0, 5)
  const alternative =
    told.length > 0
      ? `Differences with 95 % intervals. ${told.map(each => sentence(differenceWords(each, people))).join('; ')}.`
      : 'Differences with 95 % intervals. None lies beyond the smallest effect that matters.'
  const rows = (['changed', 'inconclusive'] as const).flatMap(verdict => byVerdict(quantities, verdict))
  const unchanged = byVerdict(quantities, 'unchanged')
  return {
    id: key(suffix),
    name: `${of}Differences`,
    title:
      counts.changed > 0
        ? `${of}${counts.changed} of ${quantities.length} quantities changed`
        : `${of}No quantity is shown to have changed`,
    blocks: [
      {
        kind: 'chart',
        id: `forest${suffix}`,
        chart: 'forest',
        data: key(suffix),
        alternative,
        caption:
          'Mark: difference of means over runs, or of shares of runs. Line: 95 % interval. Grey zone: differences that do not matter. Filled square: changed; filled circle: unchanged; open diamond: open. Verdicts hold over all quantities together (Holm), so that a line just beyond the zone may be open.',
        table:
          rows.length > 0
            ? differencesTable('What changed or is open', rows, people)
            : differencesTable('All quantities', unchanged, people),
        print: true,
      },
      ...mostBlocks(compared, people),
      ...(rows.length > 0 && unchanged.length > 0
        ? [
            {
              kind: 'folded',
              label: `${unchanged.length} quantities that are unchanged`,
              blocks: [differencesTable('Unchanged within the smallest effect that matters', unchanged, people)],
            } as const,
          ]
        : []),
    ],
  }
}

function mostBlocks({ most, quantities }: Compared, people: ComparisonResult['people']): Block[] {
  if (!most)
    return [{ kind: 'words', line: 'No state’s gap, and no state’s share in duality, is shown to have changed.' }]
  const ids = byVerdict(quantities, 'changed').flatMap(({ quantity }) => personOf(quantity) ?? [])
  const others = [...new Set(ids)].filter(id => id !== most.id).map(id => plain(people[id] ?? id))
  const own = quantities.filter(({ quantity }) => personOf(quantity) === most.id)
  return [
    {
      kind: 'words',
      line: [
        { strong: plain(most.name) },
        ` is affected most: ${listed(most.differences.map(each => differenceWords(each, people, false)))}.${others.length === 0 ? ' No other state or group is shown to have changed.' : ` Also changed: ${listed(others)}.`}`,
      ],
    },
    ...(own.length > most.differences.length
      ? [differencesTable(`Quantities of ${plain(most.name)}`, own, people)]
      : []),
  ]
}

function differencesTable(caption: string, rows: readonly Difference[], people: ComparisonResult['people']) {
  return filledColumns(
    tableOf(caption, rows, [
      { name: 'Quantity', value: row => sentence(labelOf(row.quantity, people)) },
      { name: 'From', numeric: true, value: row => levelOf(row.quantity, row.a) },
      { name: 'To', numeric: true, value: row => levelOf(row.quantity, row.b) },
      { name: 'Difference', numeric: true, value: row => differenceOf(row.quantity, row.difference.value) },
      { name: '95 % interval', numeric: true, value: row => intervalOf(row.quantity, row.difference) },
      {
        name: 'Matters from',
        numeric: true,
        value: row => differenceOf(row.quantity, row.smallestEffect).replace(/^\+/, ''),
      },
      { name: 'Verdict', value: row => (row.verdict === 'inconclusive' ? 'open' : row.verdict) },
      {
        name: 'Runs that would decide',
        numeric: true,
        value: row => (row.runsNeeded === null ? '' : count(roundedUp(row.runsNeeded))),
      },
    ]),
  )
}
