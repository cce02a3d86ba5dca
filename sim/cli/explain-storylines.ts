import { join } from 'node:path'
import { outcomeName } from '../../reports/explain/moment-words.ts'
import { coreSentence } from '../../reports/explain/story-words.ts'
import { renderStorylines } from '../../reports/explain/storyline-page.ts'
import { loadPageAssets } from '../../reports/page-assets.ts'
import { count as countWords } from '../../reports/words.ts'
import { summariseAttribution } from '../analysis/attribution-summary.ts'
import { spreadRuns } from '../analysis/counterfactual.ts'
import { storylinesOf } from '../analysis/storylines.ts'
import { exitCode, UserError } from '../core/errors.ts'
import type { Batch } from '../store/batch.ts'
import { io, writeDurably } from '../store/durable.ts'
import { reportFolder } from '../store/inside.ts'
import { requireVersion } from './explain-run.ts'
import { printJson, printOut } from './print.ts'
import { duration } from './progress.ts'

/** Tells the runs that stand for each outcome and what moved whom, as a page and as JSON beside it. */
export async function explainStorylines(
  batch: Batch,
  { sample, json, quiet }: { sample: number; json: boolean; quiet: boolean },
): Promise<void> {
  requireVersion(batch)
  const began = performance.now()
  const storylines = await storylinesOf(batch)
  if (storylines.outcomes.length === 0)
    throw new UserError(
      exitCode.noInput,
      `${batch.directory}: no run has finished, so there is nothing to tell; finish the batch with the command that began it`,
    )
  const attribution = summariseAttribution(batch, spreadRuns(sample, batch.manifest.plan.runs))
  const folder = await reportFolder(batch.directory)
  const page = join(folder, 'storylines.html')
  const data = { batch: batch.manifest.batch, scenario: batch.manifest.scenario.id, ...storylines, attribution }
  const text = renderStorylines(batch, storylines, attribution, await loadPageAssets())
  await io(folder, async () => {
    await writeDurably(join(folder, 'storylines.json'), JSON.stringify(data))
    await writeDurably(page, text)
  })
  if (json) {
    printJson({ ...data, page })
    return
  }
  if (!quiet) {
    for (const { outcome, runs, stories, core } of storylines.outcomes) {
      const [typical, ...others] = stories
      const contrasts = others.map(({ run }) => run).join(' and ')
      printOut(
        `${outcomeName(outcome)}, ${countWords(runs)} of ${countWords(storylines.looked)} runs: typical run ${typical!.run}${contrasts === '' ? '' : `, contrasts ${contrasts}`}`,
      )
      printOut(`  On average: ${coreSentence(core, batch.scenario.document)}`)
    }
    printOut(
      `Told in ${duration((performance.now() - began) / 1000)}; causes over ${countWords(attribution.runs)} runs`,
    )
  }
  printOut(`Page    ${page}`)
}
