import type { Outcome } from '../model/outcomes.ts'
import { outcomes } from '../model/outcomes.ts'
import { type Batch, storedChunks } from '../store/batch.ts'
import { readColumns } from '../store/parts.ts'
import { type MeasureSplit, summariseAttribution } from './attribution-summary.ts'
import { spreadRuns } from './counterfactual.ts'
import { rerunsOf } from './reruns.ts'
import { representatives, scalesOf, storyIndices, trajectoryDistance, trajectoryOf } from './storyline-distance.ts'
import { type Leaning, leaningsOf } from './storyline-inputs.ts'
import { type Causes, type Story, tellStory } from './storyline-story.ts'

/** Runs of one outcome, and the three that are told. */
export interface OutcomeStories {
  readonly outcome: Outcome
  /** Runs with this outcome, of all that were looked at; candidates computed again to choose from. */
  readonly runs: number
  readonly candidates: number
  /** Mean distance of the candidates to the medoid. */
  readonly spread: number
  /** The inputs in which these runs differ most from all runs. */
  readonly leanings: readonly Leaning[]
  /** Mean changes of the core over the candidates since the start, and their causes; parts add up to the change. */
  readonly core: { readonly ID: number; readonly OP: number; readonly causesOfID: Causes; readonly causesOfOP: Causes }
  /** The medoid, then up to two contrasts. */
  readonly stories: readonly Story[]
}

/** The storylines of a batch. Deterministic: the same batch gives the same runs. */
export interface Storylines {
  /** Runs whose outcome was looked at, of those stored; failed ones among them. */
  readonly looked: number
  readonly failed: number
  readonly outcomes: readonly OutcomeStories[]
}

/** Parts whose outcomes are read, and runs of an outcome that are compared with each other. */
const partsRead = 100
const candidatesOf = 200
/** Candidates whose changes are split by cause. */
const splitOf = 100

/**
 * For each outcome of a batch its medoid run and two that contrast with it, chosen from candidates spread evenly over the
 * runs of the outcome, by `trajectoryDistance`.
 *
 * @throws UserError when a part is damaged
 */
export async function storylinesOf(batch: Batch): Promise<Storylines> {
  const { runsOf, looked, failed } = await runsByOutcome(batch)
  const { simulate, simulator } = rerunsOf(batch)
  const { S } = simulator.model.scenario.sizes
  const { coreActors } = simulator.model
  const sets = outcomes.flatMap((outcome, n) => {
    const runs = runsOf[n]!
    if (runs.length === 0) return []
    const candidates = spreadRuns(candidatesOf, runs.length).map(place => runs[place]!)
    const paths = candidates.map(run => {
      const result = simulate(run, () => undefined)
      return trajectoryOf(result, simulator.ticks, S, coreActors)
    })
    return [{ outcome, runs: runs.length, candidates, paths }]
  })
  const width = storyIndices.length + 2 * coreActors.length
  const scales = scalesOf(
    sets.flatMap(({ paths }) => paths),
    width,
  )
  const told = sets.map(({ outcome, runs, candidates, paths }): OutcomeStories => {
    const chosen = representatives(paths.length, (a, b) =>
      trajectoryDistance(paths[a]!, paths[b]!, scales, storyIndices.length),
    )
    const story = (place: number, role: Story['role'], distance: number) =>
      tellStory(batch, candidates[place]!, role, distance)
    return {
      outcome,
      runs,
      candidates: candidates.length,
      spread: chosen.spread,
      leanings: leaningsOf(batch, candidates),
      core: coreOf(
        batch,
        spreadRuns(splitOf, candidates.length).map(place => candidates[place]!),
      ),
      stories: [
        story(chosen.medoid, 'medoid', 0),
        ...chosen.contrasts.map((place, n) => story(place, 'contrast', chosen.distances[n]!)),
      ],
    }
  })
  return { looked, failed, outcomes: told.sort((a, b) => b.runs - a.runs) }
}

/** What moved the core in some runs, on average. */
function coreOf(batch: Batch, runs: readonly number[]): OutcomeStories['core'] {
  const { ID, OP } = summariseAttribution(batch, runs, 0).actors[0]!
  const causes = ({ parts }: MeasureSplit): Causes =>
    parts.map(({ cause, mean }) => ({ cause, part: mean })).sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
  return { ID: ID.end - ID.start, OP: OP.end - OP.start, causesOfID: causes(ID), causesOfOP: causes(OP) }
}

/** The runs of each outcome, from the stored rows of up to a hundred parts spread evenly over the batch. */
async function runsByOutcome(batch: Batch) {
  const chunks = [...(await storedChunks(batch))].sort((a, b) => a - b)
  const runsOf: number[][] = outcomes.map(() => [])
  let looked = 0
  let failed = 0
  for (const place of spreadRuns(partsRead, chunks.length)) {
    for (const { run, status, outcome } of await readColumns(batch, chunks[place]!, ['run', 'status', 'outcome'])) {
      looked++
      if (status === 0) runsOf[outcome!]!.push(run!)
      else failed++
    }
  }
  return { runsOf, looked, failed }
}
