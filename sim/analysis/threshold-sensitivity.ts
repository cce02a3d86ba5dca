import { type Judged, largest, type Outcome, outcomes, scoreRun, type Thresholds } from '../model/outcomes.ts'
import type { Batch } from '../store/batch.ts'
import { wilson } from './intervals.ts'
import { sampleRuns } from './run-sample.ts'
import type { OutcomeShare, Summary } from './summary.ts'

type ThresholdName = keyof Thresholds

/** A limit that decides whether a run counts as an outcome. */
interface Limit {
  readonly name: ThresholdName
  /** Whether fewer runs count where it is higher, or where it is lower. */
  readonly stricter: 'higher' | 'lower'
  /** It moves by half of this threshold. */
  readonly step: ThresholdName
}

const higher = (name: ThresholdName, step: ThresholdName): Limit => ({ name, stricter: 'higher', step })
const lower = (name: ThresholdName, step: ThresholdName): Limit => ({ name, stricter: 'lower', step })

/**
 * What decides each outcome. A limit moves by half of its scale, the gap of duality by half of itself, and the score of
 * the status quo by half of what makes a run ambiguous.
 */
const limits: Readonly<Record<Outcome, readonly Limit[]>> = {
  status_quo: [lower('status_quo', 'ambiguous')],
  duality: [higher('dual_gap', 'dual_gap'), higher('dual_id', 'dual_id_scale'), higher('dual_v', 'dual_v_scale')],
  council: [
    higher('council_v', 'council_v_scale'),
    higher('council_lead', 'council_lead_scale'),
    higher('council_ext', 'council_ext_scale'),
  ],
  shell: [lower('shell_v', 'shell_scale'), higher('shell_breadth', 'shell_scale')],
  consolidation: [
    higher('consol_op', 'consol_op_scale'),
    higher('consol_id', 'consol_id_scale'),
    higher('consol_lead', 'consol_lead_scale'),
  ],
  realignment: [
    higher('realign_id', 'realign_scale'),
    higher('realign_op', 'realign_scale'),
    lower('realign_breadth', 'realign_breadth_scale'),
  ],
}

/** What runs are judged by: their start, the same for all, and means over the last four ticks, [rows] each. */
export interface JudgedRows {
  readonly rows: number
  readonly start: Readonly<Record<'ID' | 'OP' | 'gap' | 'lead_RU', number>>
  readonly final: Readonly<Record<(typeof judgedIndices)[number], Float64Array>>
}

const judgedIndices = ['ID', 'OP', 'gap', 'v', 'lead_RU', 'ext', 'breadth'] as const

/** The runs judged again, with some thresholds moved. */
export interface Judgement {
  /** What differs from the thresholds in force. */
  readonly moved: Partial<Thresholds>
  /** In the order of `outcomes`. */
  readonly shares: readonly OutcomeShare[]
}

/** The same runs where an outcome is easier and harder to reach. */
export interface MovedLimits {
  readonly outcome: Outcome
  readonly limits: readonly ThresholdName[]
  readonly looser: Judgement
  readonly stricter: Judgement
}

/** How the shares of runs hang on where one outcome ends and the next begins. */
export interface ThresholdSensitivity {
  readonly rows: number
  readonly given: Judgement
  /** For each outcome all its limits at once; of duality the gap alone. */
  readonly outcomes: readonly MovedLimits[]
  /** Each limit alone. */
  readonly single: readonly MovedLimits[]
}

/** Index in `outcomes` of each row, [rows]. */
function outcomesOf({ rows, start, final }: JudgedRows, thresholds: Thresholds): Uint8Array {
  const { ID, OP, gap, v, lead_RU, ext, breadth } = final
  const judged: Judged = { id: 0, op: 0, gap: 0, vitality: 0, lead: 0, external: 0, breadth: 0 }
  const scores = new Float64Array(outcomes.length)
  const found = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    judged.id = ID[row]! - start.ID
    judged.op = OP[row]! - start.OP
    judged.gap = gap[row]! - start.gap
    judged.vitality = v[row]!
    judged.lead = lead_RU[row]! - start.lead_RU
    judged.external = ext[row]!
    judged.breadth = breadth[row]!
    scoreRun(scores, judged, thresholds)
    found[row] = largest(scores)
  }
  return found
}

/**
 * Judges runs again with each outcome easier and harder to reach, the other outcomes as they are.
 *
 * Cost O(rows), some forty times; shares have Wilson's 95 % intervals.
 */
export function thresholdSensitivity(runs: JudgedRows, thresholds: Thresholds): ThresholdSensitivity {
  const judge = (moved: Partial<Thresholds>): Judgement => {
    const counts = outcomes.map(() => 0)
    for (const outcome of outcomesOf(runs, { ...thresholds, ...moved })) counts[outcome]!++
    return { moved, shares: counts.map((count, n) => ({ outcome: outcomes[n]!, ...wilson(count, runs.rows) })) }
  }
  const towards = (side: 'looser' | 'stricter', list: readonly Limit[]) =>
    judge(
      Object.fromEntries(
        list.map(({ name, stricter, step }) => {
          const up = (side === 'stricter') === (stricter === 'higher')
          return [name, thresholds[name] + ((up ? 1 : -1) * Math.abs(thresholds[step])) / 2]
        }),
      ),
    )
  const move = (outcome: Outcome, list: readonly Limit[]): MovedLimits => ({
    outcome,
    limits: list.map(({ name }) => name),
    looser: towards('looser', list),
    stricter: towards('stricter', list),
  })
  return {
    rows: runs.rows,
    given: judge({}),
    outcomes: outcomes.map(outcome =>
      move(outcome, outcome === 'duality' ? limits.duality.slice(0, 1) : limits[outcome]),
    ),
    single: outcomes.flatMap(outcome => limits[outcome].map(limit => move(outcome, [limit]))),
  }
}

/** Rows that are judged again, about, so that a report of any batch costs a fraction of a second and little memory. */
const mostRows = 20_000

/**
 * How the outcome shares of a batch hang on the thresholds, over its runs or 20,000 of them, evenly spread. Undefined
 * where no run has finished, and where this version would judge a stored run otherwise than the one that made it.
 */
export async function thresholdSensitivityOf(
  batch: Batch,
  summary: Pick<Summary, 'indices'>,
): Promise<ThresholdSensitivity | undefined> {
  const { thresholds } = batch.scenario.document
  const sample = await sampleRuns(batch, ['outcome', ...judgedIndices], mostRows)
  const { columns, run } = sample
  if (run.length === 0) return undefined
  const startOf = (name: string) => summary.indices.find(({ index }) => index === name)!.start
  const runs: JudgedRows = {
    rows: run.length,
    start: { ID: startOf('ID'), OP: startOf('OP'), gap: startOf('gap'), lead_RU: startOf('lead_RU') },
    final: Object.fromEntries(judgedIndices.map(name => [name, columns.get(name)!])) as JudgedRows['final'],
  }
  const stored = columns.get('outcome')!
  if (outcomesOf(runs, thresholds).some((outcome, row) => outcome !== stored[row])) return undefined
  return thresholdSensitivity(runs, thresholds)
}
