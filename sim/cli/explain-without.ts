import { outcomeName } from '../../reports/explain/moment-words.ts'
import { change, count as countWords, listed } from '../../reports/words.ts'
import {
  type Counterfactual,
  compareWithout,
  type Difference,
  type Omission,
  omissionsOf,
  spreadRuns,
  without,
} from '../analysis/counterfactual.ts'
import { requireRun } from '../analysis/reruns.ts'
import { hasOuterTier } from '../scenario/outer-tier.ts'
import type { Batch } from '../store/batch.ts'
import { placeOf } from './explain-names.ts'
import { replay, requireVersion } from './explain-run.ts'
import { printJson, printOut } from './print.ts'

export interface WithoutFlags {
  readonly without: string
  readonly run?: number | undefined
  readonly sample: number
  readonly json: boolean
  readonly quiet: boolean
}

/** Prints what the same random worlds are with something, less what they are without it. */
export async function explainWithout(batch: Batch, flags: WithoutFlags): Promise<void> {
  requireVersion(batch)
  const { document } = batch.scenario
  const all = omissionsOf(document)
  const omission =
    all[
      placeOf(
        'without',
        all.map(({ id }) => id),
        flags.without,
        'events, institutions and drivers',
      )
    ]!
  if (flags.run !== undefined) {
    requireRun(batch, flags.run)
    await replay(batch, flags.run)
  }
  const runs = flags.run === undefined ? spreadRuns(flags.sample, batch.manifest.plan.runs) : [flags.run]
  const found = compareWithout(batch, omission, runs)
  if (flags.json) {
    printJson({ batch: batch.manifest.batch, run: flags.run ?? null, ...found })
    return
  }
  printOut(worldsSentence(found, flags.run))
  const done = found.concerned - found.failed
  if (done === 0) return
  const alone = done === 1
  printOut(
    `\nWith ${omission.id} less without it, changes since ${document.start}${alone ? '' : '; mean with its 95 % interval'}`,
  )
  printOut(`  ${''.padEnd(16)}${['ID', 'OP', 'gap'].map(name => name.padEnd(30)).join('')}`)
  const row = (name: string, of: { readonly ID: Difference; readonly OP: Difference; readonly gap: Difference }) =>
    printOut(
      `  ${name.slice(0, 15).padEnd(16)}${[of.ID, of.OP, of.gap].map(d => words(d, alone).padEnd(30)).join('')}`.trimEnd(),
    )
  row('core', found.indices)
  for (const id of batch.scenario.actors)
    if (document.actors[id]!.core) row(document.actors[id]!.name, found.actors[id]!)
  // The vitality of a body that is left out, or was not there, is that of no body.
  const vitality = hasOuterTier(without(document, omission))
    ? `vitality of CIS Plus ${words(found.indices.v, alone)} · `
    : ''
  printOut(`  ${vitality}Russia's leadership ${words(found.indices.lead_RU, alone)}`)
  if (!flags.quiet) printOut(`\n${turnSentence(found)}`)
}

function words({ value, halfWidth }: Difference, alone: boolean): string {
  return alone
    ? change(value, 4)
    : `${change(value, 4)} (${change(value - halfWidth, 4)} to ${change(value + halfWidth, 4)})`
}

const subjects: Readonly<Record<Omission['kind'], string>> = {
  event: 'the event',
  institution: 'the institution',
  driver: 'the driver',
}

function worldsSentence({ omission, runs, concerned, failed }: Counterfactual, run: number | undefined): string {
  const what = `${subjects[omission.kind]} ${omission.id}`
  const which = run === undefined ? `${countWords(runs)} runs of the batch, evenly spread` : `run ${run}`
  const happened = omission.kind === 'event' ? `; it happens in ${countWords(concerned)} of ${countWords(runs)}` : ''
  const lost = failed === 0 ? '' : `; ${countWords(failed)} failed with or without it and are left out`
  return `The same random worlds with and without ${what}: ${which}${happened}${lost}.`
}

function turnSentence({ omission, turned, concerned, failed }: Counterfactual): string {
  if (omission.kind === 'institution')
    return 'Outcomes are not compared: they read institutions, and this one is left out.'
  const done = concerned - failed
  const all = turned.reduce((sum, { runs }) => sum + runs, 0)
  if (all === 0) return `The outcome stays the same in ${done === 1 ? 'this run' : `all ${countWords(done)} runs`}.`
  const turns = turned
    .slice(0, 4)
    .map(({ from, to, runs }) => `${countWords(runs)} from ${outcomeName(from)} to ${outcomeName(to)}`)
  return `Without it the outcome of ${countWords(all)} of ${countWords(done)} is another: ${listed(turns)}${turned.length > 4 ? ', and other turns' : ''}.`
}
