import type { Compared } from '../../sim/analysis/comparison-result.ts'
import type { ScenarioChange } from '../../sim/analysis/scenario-changes.ts'
import { type Block, type Section, tableOf } from '../document.ts'
import type { ComparisonPart } from './comparison-report.ts'

/** More changes than this are folded. */
const shownChanges = 20

/** What the scenarios themselves have otherwise. */
export function changesSection({ suffix, of }: ComparisonPart, { changes, a }: Compared): Section {
  const section = (title: string, blocks: readonly Block[]): Section => ({
    id: `scenarios${suffix}`,
    name: `${of}Scenarios`,
    title: of + title,
    blocks,
  })
  if (changes === null)
    return section('The scenarios differ', [
      {
        kind: 'words',
        line: `${a.kind === 'baseline' ? 'The baseline' : 'One side'} holds the hash of its scenario and not the scenario, so only that they differ is known. Compare two scenario files to see what differs.`,
      },
    ])
  if (changes.length === 0)
    return section('The scenarios are the same', [
      { kind: 'words', line: ['After ', { code: 'extends' }, ' and defaults both say the same.'] },
    ])
  const table = tableOf('What the scenarios have otherwise', changes, [
    { name: 'Part', value: ({ section: part }) => part },
    { name: 'What', value: ({ path }) => path.join(' › ') },
    { name: 'Change', value: change => changeWords(change) },
  ])
  const size = changes.length === 1 ? 'in one thing' : `in ${changes.length} things`
  return section(`The scenarios differ ${size}`, [
    changes.length > shownChanges ? { kind: 'folded', label: `All ${changes.length} changes`, blocks: [table] } : table,
  ])
}

/** @example changeWords({ section: 'levers', path: ['delivered'], from: 'uniform 0 to 1', to: 'fixed 0.9' }) // => 'uniform 0 to 1 → fixed 0.9' */
export function changeWords({ from, to }: ScenarioChange): string {
  if (from === null) return `added: ${to}`
  return to === null ? `taken out: ${from}` : `${from} → ${to}`
}
