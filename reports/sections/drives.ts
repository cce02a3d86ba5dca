import type { Drivers } from '../../sim/analysis/drivers.ts'
import type { DeltaMeasures } from '../../sim/analysis/sensitivity/delta.ts'
import type { Summary } from '../../sim/analysis/summary.ts'
import type { VarianceSplit } from '../../sim/analysis/variance-split.ts'
import { parameterCatalogue } from '../../sim/scenario/parameter.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type BarsRow, barsBlock } from '../analysis/bars-block.ts'
import { varianceBars } from '../analysis/sensitivity-findings.ts'
import type { Block, Section } from '../document.ts'
import { inputWords } from '../inputs.ts'
import { quantityName } from '../quantity-names.ts'
import { count, sentence } from '../words.ts'

/** What is known of the inputs of a batch beside its outcomes. */
export interface DrivesRequest {
  readonly drivers: Drivers | undefined
  readonly chance: readonly VarianceSplit[]
}

/** Which inputs the gap and the outcome depend on, and how much of the spread is chance. */
export function drivesSection(
  { drivers, chance }: DrivesRequest,
  summary: Summary,
  document: ScenarioDocument,
): { section: Section; data: Record<string, unknown> } {
  // Without CIS Plus the outcome of a run is told by nothing that is there.
  const byOutcome = summary.outerTier ? drivers?.outcome : undefined
  const parts = [
    drivers?.gap && tornado('drives-gap', 'the gap', drivers.gap, drivers, document),
    drivers && byOutcome && tornado('drives-class', 'the outcome of a run', byOutcome, drivers, document),
  ].filter(part => part !== undefined)
  const split = chanceBlocks(chance, summary)
  const leading = (measures: DeltaMeasures | undefined) =>
    measures ? strongest(measures).filter(name => measures.delta[name]!.value >= measures.noise) : []
  const [gap, outcome] = [leading(drivers?.gap), leading(byOutcome)]
  const finding = [
    ...(gap.length > 0 ? [`the gap depends most on ${inputWords(gap[0]!, document)}`] : []),
    ...(outcome.length > 0 ? [`the outcome on ${inputWords(outcome[0]!, document)}`] : []),
  ]
  const title = finding.length > 0 ? sentence(finding.join('; ')) : 'What drives it'
  const basis: Block = {
    kind: 'words',
    line: drivers
      ? `Borgonovo’s δ over ${count(drivers.rows)} runs of this batch: the part of the distribution that moves when an input is known, 0 to 1. Of ${count(drivers.inputs)} sampled inputs the strongest are shown; pale ones are not told from noise. multivector analyse has more methods.`
      : 'What drives the outcome is told of a batch with sampled inputs and single points (monte-carlo, latin-hypercube, sobol) and at least 200 runs; of other designs multivector analyse tells it by the method of the design.',
  }
  return {
    section: {
      id: 'drives',
      name: 'What drives it',
      title,
      blocks: [basis, ...parts.map(({ block }) => block), ...split.blocks],
    },
    data: Object.assign({}, ...parts.map(({ data }) => data), split.data),
  }
}

function strongest({ delta }: DeltaMeasures): string[] {
  return Object.keys(delta).sort((a, b) => delta[b]!.value - delta[a]!.value)
}

function tornado(
  id: string,
  what: string,
  measures: DeltaMeasures,
  { direction }: Drivers,
  document: ScenarioDocument,
): { block: Block; data: Record<string, unknown> } {
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  const way = (name: string, faint: boolean) => {
    const own = id === 'drives-gap' ? direction?.correlation[name] : undefined
    if (own === undefined) return ''
    if (faint || (own.lower <= 0 && own.upper >= 0)) return 'direction uncertain: '
    return own.value > 0 ? 'widens it: ' : 'narrows it: '
  }
  const rows = strongest(measures).map((name): BarsRow => {
    const definition = catalogue.get(name)
    const faint = measures.delta[name]!.value < measures.noise
    const note = way(name, faint) + (definition ? `${definition.meaning} (${definition.unit})` : '')
    return { name, note, faint, bars: [measures.delta[name]!] }
  })
  const { block, data } = barsBlock({
    id,
    what: `Borgonovo’s δ for ${what}`,
    rows,
    mark: { value: measures.noise, label: 'noise' },
    caption: `How much of the distribution of ${what} moves when the input is known. Thin line and brackets: 95 % interval.${id === 'drives-gap' ? ' Widens, narrows: the sign of the rank correlation. The direction is uncertain where its interval includes zero, and for pale bars.' : ''}`,
  })
  return { block: { kind: 'part', title: `For ${what}`, blocks: [block] }, data }
}

function chanceBlocks(
  splits: readonly VarianceSplit[],
  { plan, id }: Summary,
): { blocks: Block[]; data: Record<string, unknown> } {
  const title = 'Chance or ignorance'
  if (splits.length === 0)
    return {
      blocks: [
        {
          kind: 'part',
          title,
          blocks: [
            {
              kind: 'words',
              line: 'This batch runs every point once, so that chance and not knowing the inputs cannot be told apart. More runs at each point tell them apart:',
            },
            { kind: 'command', text: `multivector run scenarios/${id}.yaml --runs ${plan.runs} --replications 10` },
          ],
        },
      ],
      data: {},
    }
  const named = splits.map(split => ({ ...split, name: quantityName(split.outcome, {}).what }))
  const { block, data } = varianceBars(named)
  const gap = named.find(({ outcome }) => outcome === 'gap') ?? named[0]!
  return { blocks: [{ kind: 'part', title, blocks: [{ kind: 'words', line: gap.sentence }, block] }], data }
}
