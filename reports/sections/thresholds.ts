import type { Judgement, MovedLimits, ThresholdSensitivity } from '../../sim/analysis/threshold-sensitivity.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { settingKeys } from '../../sim/scenario/settings.ts'
import type { ThresholdSharesData } from '../charts/threshold-shares.ts'
import { type Block, type ColumnOf, tableOf } from '../document.ts'
import { lookOf } from '../theme.ts'
import { amount, count, listed, percent, ranked, sentence, shareWords } from '../words.ts'

/** Key of the data of the chart. */
const key = 'threshold-shares'

const shareIn = (outcome: string, { shares }: Judgement) => shares.find(share => share.outcome === outcome)!

/** Outcomes by their share with the thresholds in force. */
function ordered({ outcomes, given }: ThresholdSensitivity): MovedLimits[] {
  const places = ranked(given.shares).map(({ outcome }) => outcome)
  return [...outcomes].sort((a, b) => places.indexOf(a.outcome) - places.indexOf(b.outcome))
}

export function thresholdData(found: ThresholdSensitivity): { [key]: ThresholdSharesData } {
  const meanings = limitMeanings()
  const rows = ordered(found).map(({ outcome, limits, looser, stricter }) => ({
    outcome,
    note: limits.map(name => meanings.get(name)!).join(', '),
    stricter: shareIn(outcome, stricter),
    given: shareIn(outcome, found.given),
    looser: shareIn(outcome, looser),
  }))
  return { [key]: { rows } }
}

/** How the outcome shares hang on the thresholds, and where these are listed. */
export function thresholdsPart(found: ThresholdSensitivity, runs: number, document: ScenarioDocument): Block {
  const rows = ordered(found)
  const columns = sensitivityColumns(found, document)
  const said = rows.map(
    ({ outcome, stricter, looser }) =>
      `${lookOf(outcome).name} ${[stricter, found.given, looser].map(one => percent(shareIn(outcome, one).share)).join(', ')}`,
  )
  const sample = found.rows === runs ? `all ${count(runs)} runs` : `${count(found.rows)} runs, evenly spread,`
  return {
    kind: 'part',
    title: findingOf(found, document),
    blocks: [
      {
        kind: 'words',
        line: [
          `Where one outcome ends and the next begins is chosen: thresholds and scales were set after the spread of earlier runs of the model had been seen. Here ${sample} are judged again with the limits of one outcome moved. ${mostFrequent(found)} `,
          { link: 'All thresholds in force', to: '#inputs' },
          ' are among the inputs.',
        ],
      },
      {
        kind: 'chart',
        id: key,
        chart: key,
        data: key,
        alternative: `Lines from stricter to looser thresholds. Share of runs with stricter ones, as set, and with looser ones: ${said.join('; ')}.`,
        caption:
          'The gap of duality at half and at one and a half times its threshold; of the other outcomes all limits at once, each by half of its scale; the score of the status quo by half of what makes a run ambiguous. Thin line: 95 % interval.',
        table: tableOf('Share of runs in an outcome where its thresholds are moved, 95 % interval', rows, columns),
        print: true,
      },
      {
        kind: 'folded',
        label: 'Each threshold moved alone',
        blocks: [
          tableOf('Share of runs in an outcome where one threshold is moved, 95 % interval', found.single, columns),
        ],
      },
    ],
  }
}

function sensitivityColumns(found: ThresholdSensitivity, { thresholds }: ScenarioDocument): ColumnOf<MovedLimits>[] {
  const side = (name: string, read: (row: MovedLimits) => Judgement): ColumnOf<MovedLimits> => ({
    name,
    numeric: true,
    value: row => shareWords(shareIn(row.outcome, read(row))),
  })
  const moves = ({ limits, stricter, looser }: MovedLimits) =>
    limits
      .map(name => `${name} ${[stricter.moved, thresholds, looser.moved].map(one => amount(one[name]!)).join(' · ')}`)
      .join('; ')
  return [
    { name: 'Outcome', value: ({ outcome }) => sentence(lookOf(outcome).name) },
    { name: 'Thresholds: stricter · as set · looser', value: moves },
    side('Stricter', ({ stricter }) => stricter),
    side('As set', () => found.given),
    side('Looser', ({ looser }) => looser),
  ]
}

function findingOf(found: ThresholdSensitivity, { thresholds }: ScenarioDocument): string {
  const { looser, stricter } = found.outcomes.find(({ outcome }) => outcome === 'duality')!
  const share = (one: Judgement) => percent(shareIn('duality', one).share)
  return `Lowering the gap that counts as duality from ${amount(thresholds.dual_gap)} to ${amount(looser.moved.dual_gap!)} takes it from ${share(found.given)} to ${share(looser)} of runs, raising it to ${amount(stricter.moved.dual_gap!)} to ${share(stricter)}`
}

/** Whether the most frequent outcome is the same however the thresholds are moved. */
function mostFrequent({ given, outcomes }: ThresholdSensitivity): string {
  const first = ({ shares }: Judgement) => ranked(shares)[0]!.outcome
  const cases = outcomes.flatMap(({ outcome, looser, stricter }) =>
    Object.entries({ looser, stricter }).map(([side, one]) => ({ outcome, side, leads: first(one) })),
  )
  const others = cases.filter(({ leads }) => leads !== first(given))
  const name = sentence(lookOf(first(given)).name)
  if (others.length === 0) return `${name} stays the most frequent outcome in all ${cases.length} cases.`
  const said = others.map(
    ({ outcome, side, leads }) =>
      `${lookOf(leads).name} where ${leads === outcome ? 'its own' : `the limits of ${lookOf(outcome).name}`} are ${side}`,
  )
  return `${name} is the most frequent outcome in ${cases.length - others.length} of ${cases.length} cases; in the others it is ${listed(said)}.`
}

/** Of each threshold what it limits, without the outcome. */
function limitMeanings(): Map<string, string> {
  return new Map(settingKeys('thresholds').map(({ name, meaning }) => [name, meaning.replace(/^.*?: /, '')]))
}
