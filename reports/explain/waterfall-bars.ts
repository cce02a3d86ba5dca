import type { MeasureSplit } from '../../sim/analysis/attribution-summary.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import type { WaterfallBar } from '../charts/waterfall.ts'
import { causeName } from './cause-words.ts'

/** Parts smaller than this on average are added up in one bar. */
const small = 0.0005

/** Bars from the start to the end, the largest part first; parts too small to see are one bar, so nothing is lost. */
export function waterfallBars(
  { start, end, parts }: MeasureSplit,
  ends: readonly [string, string],
  document: ScenarioDocument,
): WaterfallBar[] {
  const large = parts.filter(({ mean }) => Math.abs(mean) >= small).sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))
  const rest = parts.filter(part => !large.includes(part))
  const bars: WaterfallBar[] = [{ label: ends[0], from: start, to: start }]
  let at = start
  for (const { cause, mean, low, high } of large) {
    bars.push({ label: causeName(cause, document), from: at, to: at + mean, part: { mean, low, high } })
    at += mean
  }
  const left = rest.reduce((sum, { mean }) => sum + mean, 0)
  if (rest.length > 0) {
    const part = { mean: left, low: left, high: left }
    bars.push({ label: `${rest.length} small ones`, from: at, to: at + left, part })
  }
  return [...bars, { label: ends[1], from: end, to: end }]
}
