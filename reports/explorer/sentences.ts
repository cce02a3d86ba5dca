import { hasOuterTier } from '../../sim/scenario/outer-tier.ts'
import { plain } from '../escape.ts'
import { comparedWithoutOuterTier, withoutOuterTier } from '../outer-tier-words.ts'
import { lookOf } from '../theme.ts'
import { count, listed, shareWords } from '../words.ts'
import { isClear, pointsWords } from './figures.ts'
import type { Frame } from './frame.ts'
import type { Lever } from './lever.ts'
import { leverNumber } from './lever.ts'

/** What was changed, in words: "delivered 0.9 and support 0.4". */
export function changesWords(set: Readonly<Record<string, number>>, levers: ReadonlyMap<string, Lever>): string {
  return listed(
    Object.entries(set).map(([name, value]) => {
      const lever = levers.get(name)
      return `${name} ${lever ? leverNumber(lever, value) : value}`
    }),
  )
}

/** The finding in one sentence: what is most frequent, and what moved most against the reference; then what limits it. */
export function findingSentence(frame: Frame, referenceName: string): string {
  const { now, reference } = frame
  const caveat = hasOuterTier(now.document)
    ? comparedWithoutOuterTier(hasOuterTier(reference.document) ? [] : ['the reference'], false)
    : withoutOuterTier
  const found = foundSentence(frame, referenceName)
  return caveat === undefined ? found : `${found} ${caveat}`
}

function foundSentence(frame: Frame, referenceName: string): string {
  const { now, runs, moves, same } = frame
  const shares = now.outcomeShares(runs)
  const most = shares.reduce((a, b) => (b.share > a.share ? b : a))
  const start = `Of ${count(runs - now.failed(runs))} runs under these assumptions, ${shareWords(most)} end in ${nameOf(most.outcome)}`
  const duality = shares.find(({ outcome }) => outcome === 'duality')!
  const also = most.outcome === 'duality' ? '' : ` and ${shareWords(duality)} in ${nameOf('duality')}`
  if (same) return `${start}${also}.`
  if (!moves) return `${start}${also}. Too few runs to compare yet.`
  const moved = shares
    .map(({ outcome }) => ({ outcome, move: moves.get(`class=${outcome}`)! }))
    .filter(({ move }) => isClear(move))
    .sort((a, b) => Math.abs(b.move.difference.value) - Math.abs(a.move.difference.value))
    .slice(0, 2)
  if (moved.length === 0) return `${start}${also}. Against ${plain(referenceName)} no share moves beyond its interval.`
  const said = moved.map(({ outcome, move }) => `${lookOf(outcome).name} ${pointsWords(move)}`)
  return `${start}${also}. Against ${plain(referenceName)}: ${listed(said)}.`
}

function nameOf(outcome: string): string {
  const article: Readonly<Record<string, string>> = { status_quo: 'the ', council: 'a ', shell: 'a ' }
  return (article[outcome] ?? '') + lookOf(outcome).name
}
