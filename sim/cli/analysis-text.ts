import type { AnalysisDocument } from '../analysis/analysis-document.ts'
import type { PrimDocument } from '../analysis/discovery/prim.ts'
import type { Estimate } from '../analysis/resampling.ts'
import { counted } from '../core/counted.ts'

/** Inputs shown in a table for people. */
const shown = 20

/** An analysis for people: a sentence, then a line for each input, the strongest first. */
export function analysisText(result: AnalysisDocument): string {
  switch (result.method) {
    case 'variance':
      return result.sentence
    case 'prim':
      return [
        result.sentence,
        ...result.boxes.flatMap(primBox),
        ...(result.dense ? ['', `Denser: ${result.dense.sentence}`] : []),
        '',
        ...ranking('worth knowing', result.worth),
      ].join('\n')
    case 'cart':
      return [
        `Tree for ${result.outcome}: ${counted(result.leaves, 'leaf', 'leaves')}, squared error ${figure(result.error.tree)} on held-out rows (${figure(result.error.overall)} without it)`,
        ...(result.boxes.length === 0 ? [result.sentence] : result.boxes.map(({ sentence }) => sentence)),
        '',
        ...ranking('fall of impurity', result.importance),
      ].join('\n')
    case 'sobol':
      return [
        `Sobol’ indices of ${result.outcome}: ${result.blocks} blocks, variance ${figure(result.variance)}`,
        `${leading(result.total)} matters most; interactions explain ${figure(100 * result.interactions)} % of the variance`,
        ...columns({ 'first order': result.first, total: result.total }, 'total'),
      ].join('\n')
    case 'morris':
      return [
        `Elementary effects on ${result.outcome}: ${result.trajectories} trajectories`,
        `${leading(result.muStar)} moves it most over its range`,
        ...columns({ 'μ*': result.muStar, σ: result.sigma, μ: result.mu }, 'μ*'),
      ].join('\n')
    case 'delta':
      return [
        `Borgonovo’s δ for ${result.outcome}: ${result.rows} rows, ${result.classes} classes`,
        `${leading(result.delta)} moves its distribution most; values below ${figure(result.noise)} are not told from 0`,
        ...columns({ δ: result.delta }, 'δ'),
      ].join('\n')
    case 'rank':
      return [
        `Spearman’s rank correlation with ${result.outcome}: ${result.rows} rows`,
        `${leading(result.correlation)} has the strongest monotonic tie`,
        ...columns({ ρ: result.correlation }, 'ρ'),
      ].join('\n')
  }
}

function primBox({ sentence, quasiP, resampling }: PrimDocument['boxes'][number], n: number): string[] {
  const tests = Object.entries(quasiP).map(
    ([name, p]) =>
      `${name} quasi-p ${p < 0.001 ? '< 0.001' : figure(p)}, in ${100 * (resampling.restricted[name] ?? 0)} % of resamples`,
  )
  return ['', `${n + 1}. ${sentence}`, `   ${tests.join(' · ')}`]
}

function ranking(words: string, list: readonly { readonly input: string; readonly value: number }[]): string[] {
  const some = list.filter(({ value }) => value > 0).slice(0, 10)
  return [`Inputs by ${words}: ${some.map(({ input, value }) => `${input} ${figure(value)}`).join(', ') || 'none'}`]
}

type Measure = Readonly<Record<string, Estimate>>

function sorted(measure: Measure): string[] {
  return Object.entries(measure)
    .sort(([, a], [, b]) => Math.abs(b.value) - Math.abs(a.value))
    .map(([name]) => name)
}

const leading = (measure: Measure) => sorted(measure)[0]

function columns(measures: Readonly<Record<string, Measure>>, by: string): string[] {
  const names = sorted(measures[by]!)
  const wide = Math.max(...names.map(name => name.length), 5) + 2
  const cell = ({ value, lower, upper }: Estimate) =>
    `${figure(value)} (${figure(lower)} to ${figure(upper)})`.padEnd(30)
  const lines = names.slice(0, shown).map(name =>
    `  ${name.padEnd(wide)}${Object.values(measures)
      .map(measure => cell(measure[name]!))
      .join('')}`.trimEnd(),
  )
  const head = `  ${'input'.padEnd(wide)}${Object.keys(measures)
    .map(name => name.padEnd(30))
    .join('')}`.trimEnd()
  const rest = names.length > shown ? [`  and ${names.length - shown} more (--json)`] : []
  return ['', `${head}  95 % interval in brackets`, ...lines, ...rest]
}

/** A number to three digits. @example figure(0.123456) // => '0.123' */
export function figure(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && magnitude < 0.0005) return value.toExponential(1).replace('-', '−')
  return (magnitude >= 100 ? value.toFixed(0) : value.toFixed(magnitude >= 10 ? 1 : 3)).replace('-', '−')
}
