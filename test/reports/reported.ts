import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportDocument } from '../../reports/document.ts'
import { type Atlas, mapShapes } from '../../reports/page/map-shapes.ts'
import type { PageAssets } from '../../reports/page-assets.ts'
import { renderHtml } from '../../reports/render/html.ts'
import { batchReport } from '../../reports/report.ts'
import type { DrivesRequest } from '../../reports/sections/drives.ts'
import { type AttributionSummary, summariseAttribution } from '../../sim/analysis/attribution-summary.ts'
import { chanceOf } from '../../sim/analysis/chance.ts'
import { spreadRuns } from '../../sim/analysis/counterfactual.ts'
import { driversOf } from '../../sim/analysis/drivers.ts'
import { eventReach } from '../../sim/analysis/event-reach.ts'
import type { Summary } from '../../sim/analysis/summary.ts'
import { type ThresholdSensitivity, thresholdSensitivityOf } from '../../sim/analysis/threshold-sensitivity.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { loadScenarioFile } from '../../sim/scenario-files.ts'

/** What a report is made from. */
export interface Reported {
  readonly summary: Summary
  readonly document: ScenarioDocument
  /** Over a few runs. */
  readonly causes: AttributionSummary
  readonly drives: DrivesRequest
  readonly sensitivity: ThresholdSensitivity | undefined
  readonly reach: readonly number[]
}

/** A small batch of a shipped scenario, with its texts changed if wanted. */
export async function reported(
  change: (document: ScenarioDocument) => ScenarioDocument = document => document,
  name = 'cis-plus-2030',
  runs = 200,
): Promise<Reported> {
  const { id, document: written } = await loadScenarioFile(`scenarios/${name}.yaml`)
  const document = change(written)
  const directory = await mkdtemp(join(tmpdir(), 'reported-'))
  try {
    const { summary, batch } = await runBatch({ id, document, directory, executor: serialExecutor(), runs })
    const drives = { drivers: await driversOf(batch), chance: await chanceOf(batch) }
    const sensitivity = await thresholdSensitivityOf(batch, summary)
    const causes = summariseAttribution(batch, spreadRuns(10, runs))
    return { summary, document, causes, drives, sensitivity, reach: eventReach(batch) }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const atlas = JSON.parse(readFileSync('node_modules/world-atlas/countries-110m.json', 'utf8')) as Atlas

export const map = mapShapes(atlas)

/** The report of a batch, and its page. */
export function reportOf({ summary, document, causes, ...more }: Reported): ReportDocument {
  return batchReport(summary, document, map, causes, more)
}

export function pageOf(reported: Reported, assets: PageAssets = bare): string {
  return renderHtml(reportOf(reported), assets)
}

/** A page without script and style, for tests of the text. */
export const bare: PageAssets = { script: '', scriptHash: 'sha256-', style: '', styleHash: 'sha256-', map }

const hostileText = '</script><img src=x onerror="alert(1)">\u202Etxt.exe\u2066 & \'q\' "q" $& {{2}} =cmd|x'

/** The document with a hostile text behind every title, name, note and source. */
export function hostile(document: ScenarioDocument): ScenarioDocument {
  return withTexts(document, text => text + hostileText)
}

/** As `hostile`, with letters in place of everything that could mean something. */
export function harmless(document: ScenarioDocument): ScenarioDocument {
  const letters = hostileText.replace(/[\u202e\u2066]/g, '').replace(/[<>"'&$`]/g, 'x')
  return withTexts(document, text => text + letters)
}

function withTexts(document: ScenarioDocument, change: (text: string) => string): ScenarioDocument {
  const each = <T>(table: Record<string, T>, to: (one: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(table).map(([id, one]) => [id, to(one)]))
  return {
    ...document,
    title: change(document.title),
    question: change(document.question),
    sources: each(document.sources, change),
    actors: each(document.actors, actor => ({
      ...actor,
      name: change(actor.name),
      tiers: { ...actor.tiers, note: change('A note') },
    })),
    groups: each(document.groups, group => ({ ...group, name: change(group.name) })),
    events: each(document.events, event => ({
      ...event,
      title: change(event.title),
      system: change('A system'),
      note: change('A note'),
    })),
  }
}
