import type { AttributionSummary } from '../sim/analysis/attribution-summary.ts'
import type { Summary } from '../sim/analysis/summary.ts'
import type { ThresholdSensitivity } from '../sim/analysis/threshold-sensitivity.ts'
import type { ScenarioDocument } from '../sim/scenario/schema.ts'
import type { MapShape } from './charts/map-shape.ts'
import type { ReportDocument, Section } from './document.ts'
import { chartData } from './embedded-data.ts'
import { attributionData, attributionSection } from './explain/attribution-section.ts'
import { actorsSection } from './sections/actors.ts'
import { batchData } from './sections/batch-chart.ts'
import { type Convergence, convergenceData, convergenceSection } from './sections/convergence.ts'
import { batchChoices, depthSection } from './sections/depth.ts'
import { domainsSection } from './sections/domains.ts'
import { type DrivesRequest, drivesSection } from './sections/drives.ts'
import { findingsSection } from './sections/findings.ts'
import { headline } from './sections/headline.ts'
import { inputsSection } from './sections/inputs.ts'
import { limitsSection } from './sections/limits.ts'
import { mapSection } from './sections/map.ts'
import { membershipSection } from './sections/membership.ts'
import { outcomesSection } from './sections/outcomes.ts'
import { pathsSection } from './sections/paths.ts'
import { planeSection } from './sections/plane.ts'
import { reproduceSection } from './sections/reproduce.ts'
import { thresholdData } from './sections/thresholds.ts'
import { conditionSentence } from './words.ts'

const noCauses: Section = {
  id: 'causes',
  name: 'Causes',
  title: 'What moved whom',
  blocks: [
    { kind: 'words', line: 'Causes are told when all runs are there and this version has the model that made them.' },
  ],
}

/**
 * The report of a batch as data, for any renderer in `render/`.
 *
 * @param map - countries, from `loadPageAssets`
 * @param causes - what accounts for the changes, over a sample of runs; without it the section says why
 * @param more - what the summary does not hold: how the outcomes hang on their thresholds, how far each event
 *   reaches, what drives the outcome, whether the
 *   runs were enough, and the names of other pages in the folder of the report
 */
export function batchReport(
  summary: Summary,
  document: ScenarioDocument,
  map: readonly MapShape[],
  causes?: AttributionSummary,
  more: {
    readonly sensitivity?: ThresholdSensitivity | undefined
    readonly reach?: readonly number[] | undefined
    readonly drives?: DrivesRequest | undefined
    readonly convergence?: Convergence | undefined
    readonly pages?: readonly string[]
  } = {},
): ReportDocument {
  const drives = more.drives && drivesSection(more.drives, summary, document)
  const ends = [summary.quarters[0]!, summary.quarters.at(-1)!] as const
  const data = {
    [batchData]: chartData(summary, document, map, more.reach),
    ...(causes ? attributionData(causes, document, ends) : {}),
    ...(more.sensitivity && thresholdData(more.sensitivity)),
    ...drives?.data,
    ...(more.convergence && convergenceData(more.convergence)),
  }
  return {
    kind: 'batch',
    id: summary.id,
    title: summary.title,
    lead: headline(summary),
    sections: [
      findingsSection(summary, document, { causes, drivers: more.drives?.drivers }),
      outcomesSection(summary, document, more.sensitivity),
      planeSection(summary),
      pathsSection(summary, document),
      domainsSection(summary),
      actorsSection(summary),
      ...depthSection(summary, document, data, causes),
      causes ? attributionSection(causes, document, ends, summary) : noCauses,
      ...(drives ? [drives.section] : []),
      ...(more.convergence ? [convergenceSection(more.convergence)] : []),
      membershipSection(summary),
      mapSection(summary),
      inputsSection(summary, document),
      limitsSection(summary, document),
      reproduceSection(summary, more.pages),
    ],
    choices: batchChoices(summary),
    data,
    foot: `multivector ${summary.engine} · ${conditionSentence}`,
  }
}
