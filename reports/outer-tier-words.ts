import { lookOf } from './theme.ts'

/**
 * What is said of a world without the outer tier (`hasOuterTier`). There the vitality of CIS Plus is that of no body, and
 * so are the scores of the outcomes that read it.
 */

/** Outcomes of runs that are scored by the vitality of CIS Plus. */
const byVitality: readonly string[] = ['duality', 'council', 'shell']

/** Said once, where a report or an answer begins. */
export const withoutOuterTier =
  'CIS Plus does not exist in this scenario. Its vitality is still computed, as the figure it would have, and runs are scored by it for strategic duality, council and shell; so no share of an outcome of runs can be compared with a world in which CIS Plus exists. Compare how indices change.'

/** Beside an outcome of runs that is scored by a body that is not there; undefined for the others. */
export function shadowNote(outcome: string, outerTier: boolean): string | undefined {
  return outerTier || !byVitality.includes(outcome) ? undefined : 'by the vitality CIS Plus would have'
}

/** What a run of an outcome looks like, after "in which". */
export function outcomeMeaning(outcome: string, outerTier: boolean): string {
  const note = shadowNote(outcome, outerTier)
  return note === undefined ? lookOf(outcome).meaning : `${lookOf(outcome).meaning}, ${note}`
}

/**
 * What keeps two scenarios from being compared by their outcomes; undefined where CIS Plus exists in both.
 *
 * @param without - those in which it does not exist, as they are called
 * @param all - whether that is every one of them
 */
export function comparedWithoutOuterTier(without: readonly string[], all: boolean): string | undefined {
  if (without.length === 0) return undefined
  if (all)
    return 'CIS Plus exists on neither side: its vitality and the outcomes of runs that read it (strategic duality, council and shell) are those of no body. Compare indices.'
  return `CIS Plus does not exist in ${without.join(' and ')}: there a council and outsiders in CIS Plus are ruled out by construction, the outcomes of runs read the vitality it would have, and institutional alignment, and with it the gap, starts without the depth in it. Compare how indices change since the start, not outcomes.`
}
