import { actorOutcomes, outcomes } from '../scenario/judged-names.ts'
import type { ScenarioDocument } from '../scenario/schema.ts'

/** Outcomes of a run, and of an actor or a group; a tie of scores goes to the earlier one. */
export { actorOutcomes, outcomes }
export type Outcome = (typeof outcomes)[number]
export type ActorOutcome = (typeof actorOutcomes)[number]

export type Thresholds = ScenarioDocument['thresholds']

/** What a run is judged by: means over the last four ticks, changes against tick 0. */
export interface Judged {
  /** Changes of the core means of institutional alignment, operational alignment and gap. */
  id: number
  op: number
  gap: number
  /** Vitality of CIS Plus, level. */
  vitality: number
  /** Change of Russia's share of leadership. */
  lead: number
  /** External participants in CIS Plus, level. */
  external: number
  /** Share of the core still in the CIS, level. */
  breadth: number
}

/** Writes the score of each outcome to `scores`, [6], in the order of `outcomes`. */
export function scoreRun(
  scores: Float64Array,
  { id, op, gap, vitality, lead, external, breadth }: Judged,
  t: Thresholds,
): void {
  scores[0] = t.status_quo
  scores[1] = Math.min(
    (gap - t.dual_gap) / t.dual_gap_scale,
    (id - t.dual_id) / t.dual_id_scale,
    (vitality - t.dual_v) / t.dual_v_scale,
  )
  scores[2] = Math.min(
    (vitality - t.council_v) / t.council_v_scale,
    (-lead - t.council_lead) / t.council_lead_scale,
    (external - t.council_ext) / t.council_ext_scale,
  )
  scores[3] = Math.min((breadth - t.shell_breadth) / t.shell_scale, (t.shell_v - vitality) / t.shell_scale)
  scores[4] = Math.min(
    (op - t.consol_op) / t.consol_op_scale,
    (id - t.consol_id) / t.consol_id_scale,
    (lead - t.consol_lead) / t.consol_lead_scale,
  )
  scores[5] = Math.max(
    (-id - t.realign_id) / t.realign_scale,
    (-op - t.realign_op) / t.realign_scale,
    (t.realign_breadth - breadth) / t.realign_breadth_scale,
  )
}

/** Index of the largest value; the first of equals. */
export function largest(values: Float64Array): number {
  let best = 0
  for (let n = 1; n < values.length; n++) if (values[n]! > values[best]!) best = n
  return best
}

/** Difference of the two largest values. */
export function margin(values: Float64Array): number {
  const best = largest(values)
  let second = Number.NEGATIVE_INFINITY
  for (let n = 0; n < values.length; n++) if (n !== best && values[n]! > second) second = values[n]!
  return values[best]! - second
}

const actorScores = new Float64Array(actorOutcomes.length)

/**
 * Outcome of an actor or group from the changes of its institutional and operational alignment since tick 0.
 *
 * @returns index in `actorOutcomes`
 */
export function judgeActor(id: number, op: number, t: Thresholds): number {
  const gap = id - op
  actorScores[0] = t.status_quo
  actorScores[1] = Math.min((gap - t.dual_gap) / t.dual_gap_scale, (id - t.dual_id) / t.dual_id_scale)
  actorScores[2] = Math.min((-gap - t.dual_gap) / t.dual_gap_scale, (op - t.dual_id) / t.dual_id_scale)
  actorScores[3] = Math.min((op - t.consol_op) / t.consol_op_scale, (id - t.consol_id) / t.consol_id_scale)
  actorScores[4] = Math.min((-id - t.realign_id) / t.realign_scale, (-op - t.actor_realign_op) / t.realign_scale)
  return largest(actorScores)
}
