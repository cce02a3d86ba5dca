import type { Estimate } from '../../sim/analysis/resampling.ts'
import type { DeltaMeasures } from '../../sim/analysis/sensitivity/delta.ts'
import type { ElementaryEffects } from '../../sim/analysis/sensitivity/morris.ts'
import type { RankCorrelations } from '../../sim/analysis/sensitivity/rank.ts'
import type { SobolIndices } from '../../sim/analysis/sensitivity/sobol.ts'
import type { VarianceSplit } from '../../sim/analysis/variance-split.ts'
import type { MorrisPlaneData } from '../charts/morris-plane.ts'
import { type Section, tableOf } from '../document.ts'
import { plain } from '../escape.ts'
import { count, listed, percent, sentence } from '../words.ts'
import { barsBlock, estimateWords, figure } from './bars-block.ts'
import type { AnalysisContext, Findings } from './context.ts'

type Measure = Readonly<Record<string, Estimate>>

/** Names by the size of a measure, the largest first. */
function strongest(measure: Measure): string[] {
  return Object.entries(measure)
    .sort(([, a], [, b]) => Math.abs(b.value) - Math.abs(a.value))
    .map(([name]) => name)
}

const bounds =
  'Thin line and brackets: 95 % interval, which shrinks with more rows and says nothing about the model being right.'

/** Borgonovo's δ as a tornado over the noise. */
export function deltaFindings(
  { delta, noise, rows }: DeltaMeasures,
  { outcome, meaning, called }: AnalysisContext,
): Findings {
  const names = strongest(delta)
  const { block, data } = barsBlock({
    id: 'delta',
    what: 'Borgonovo’s δ',
    rows: names.map(name => ({
      name,
      note: meaning(name),
      faint: delta[name]!.value < noise,
      bars: [delta[name]!],
    })),
    mark: { value: noise, label: 'noise' },
    caption: `δ is the part of the distribution of the outcome that moves when the input is known: 0 for an input that does not matter, 1 for one that decides alone. It sees every kind of effect and no direction. Pale bars lie below what 39 of 40 meaningless inputs stay under. ${bounds}`,
  })
  const sure = names.filter(name => delta[name]!.value >= noise)
  return {
    answer:
      sure.length === 0
        ? `No input is told from noise for ${outcome} on ${count(rows)} rows.`
        : `${sentence(outcome)} depends most on ${listed(sure.slice(0, 3).map(name => `${called(name)} with δ ${figure(delta[name]!.value)}`))}; ${count(sure.length)} of ${count(names.length)} inputs are told from noise on ${count(rows)} rows.`,
    sections: [section(`How much each input moves ${outcome}`, [block])],
    data,
  }
}

/** Spearman's rank correlations as a tornado to both sides. */
export function rankFindings(
  { correlation, rows }: RankCorrelations,
  { outcome, meaning, called }: AnalysisContext,
): Findings {
  const names = strongest(correlation)
  const unsure = (name: string) => correlation[name]!.lower <= 0 && correlation[name]!.upper >= 0
  const { block, data } = barsBlock({
    id: 'rank',
    what: 'Spearman’s rank correlation',
    rows: names.map(name => ({ name, note: meaning(name), faint: unsure(name), bars: [correlation[name]!] })),
    caption: `Right of zero: the outcome is higher where the input is. It sees effects in one direction only. Pale bars have an interval that contains zero. ${bounds}`,
  })
  const sure = names.filter(name => !unsure(name))
  const leading = sure.slice(0, 3).map(name => `${called(name)} at ${figure(correlation[name]!.value)}`)
  return {
    answer:
      sure.length === 0
        ? `No input has a monotonic tie to ${outcome} that is told from none on ${count(rows)} rows.`
        : `${sentence(outcome)} is tied most to ${listed(leading)}, by rank correlation on ${count(rows)} rows.`,
    sections: [section(`Which way each input moves ${outcome}`, [block])],
    data,
  }
}

/** Sobol' indices, first order and total, as pairs of bars. */
export function sobolFindings(result: SobolIndices, { outcome, meaning, called }: AnalysisContext): Findings {
  const { first, total, interactions, blocks, estimators } = result
  const names = strongest(total)
  const { block, data } = barsBlock({
    id: 'sobol',
    what: 'Sobol’ indices',
    rows: names.map(name => ({
      name,
      note: meaning(name),
      faint: total[name]!.lower <= 0,
      bars: [first[name]!, total[name]!],
    })),
    series: ['alone (first order)', 'with interactions (total)'],
    shares: true,
    caption: `Alone: the part of the variance of the outcome that knowing this input would take away. With interactions: the part that would be left if all but this input were known. Estimates of no effect scatter around 0. ${sentence(estimators)}. ${bounds}`,
  })
  const leading = names.slice(0, 3).map(name => `${estimateWords(total[name]!, true)} on ${called(name)}`)
  return {
    answer: `Of the variance of ${outcome} hang, alone and with other inputs, ${listed(leading)}; ${percent(interactions)} is explained by interactions only. ${count(blocks)} blocks.`,
    sections: [section(`What the variance of ${outcome} hangs on`, [block])],
    data,
  }
}

/** Elementary effects in the plane of μ* and σ. */
export function morrisFindings(result: ElementaryEffects, { outcome, meaning, called }: AnalysisContext): Findings {
  const { mu, muStar, sigma, trajectories } = result
  const names = strongest(muStar)
  const plane: MorrisPlaneData = {
    outcome: plain(outcome),
    inputs: names.map(name => {
      const { value, lower, upper } = muStar[name]!
      return { name: plain(name), muStar: value, lower, upper, sigma: sigma[name]!.value }
    }),
  }
  const still = names.filter(name => muStar[name]!.value === 0).length
  const leading = names.slice(0, 3).map(name => `${called(name)} by ${figure(muStar[name]!.value)}`)
  return {
    answer: `Over their ranges, inputs move ${outcome} most: ${listed(leading)}${still > 0 ? `; ${count(still)} of ${count(names.length)} do not move it at all` : ''}. ${count(trajectories)} trajectories.`,
    sections: [
      section(`How far each input moves ${outcome}, and how evenly`, [
        {
          kind: 'chart',
          id: 'morris',
          chart: 'morris-plane',
          data: 'morris',
          alternative: `Points of inputs: mean absolute effect across, its standard deviation up. ${listed(leading)}.`,
          caption:
            'Right: the input moves the outcome far. Up: it moves it by different amounts at different places, by its own level or by other inputs. Below σ = 0.1 μ* effects are about linear; above σ = μ* they change their sign or depend on others. Lines through points: 95 % interval of μ*.',
          table: tableOf('Elementary effects over the whole range of each input, with 95 % intervals', names, [
            { name: 'Input', value: name => name },
            { name: 'μ*', numeric: true, value: name => estimateWords(muStar[name]!, false) },
            { name: 'σ', numeric: true, value: name => estimateWords(sigma[name]!, false) },
            { name: 'μ', numeric: true, value: name => estimateWords(mu[name]!, false) },
            { name: 'Meaning', value: meaning },
          ]),
        },
      ]),
    ],
    data: { morris: plane },
  }
}

/** Chance and ignorance of quantities, as the part of the variance that is not knowing the inputs. */
export function varianceBars(
  splits: readonly (VarianceSplit & { readonly name: string })[],
): ReturnType<typeof barsBlock> {
  return barsBlock({
    id: 'variance',
    what: 'Part of the variance that is not knowing the inputs',
    rows: splits.map(({ name, share, lower, upper }) => ({
      name,
      note: `the other ${percent(1 - share)} is chance`,
      bars: [{ value: share, lower, upper }],
    })),
    shares: true,
    caption:
      'Bar: variance between points of the design, freed of chance, as a part of all variance. The rest is chance: variance between runs at the same point. Thin line and brackets: 95 % interval, by the jackknife over points.',
  })
}

export function varianceFindings(result: VarianceSplit, { outcome }: AnalysisContext): Findings {
  const { block, data } = varianceBars([{ ...result, name: outcome }])
  return { answer: result.sentence, sections: [section('Chance or ignorance', [block])], data }
}

function section(title: string, blocks: Section['blocks']): Section {
  return { id: 'inputs', name: 'Inputs', title, blocks }
}
