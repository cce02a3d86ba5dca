import { outcomeName } from '../../reports/explain/moment-words.ts'
import { change, percent } from '../../reports/words.ts'
import { flipParameter, flipsOf, type ParameterFlip, type Question } from '../analysis/flip-run.ts'
import { exitCode } from '../core/errors.ts'
import { quarterAfter } from '../core/quarter.ts'
import { type DecisionFlags, tickOf } from './explain-decision.ts'
import { placeOf } from './explain-names.ts'
import { proofSentence, type Replay } from './explain-run.ts'
import { printJson, printOut } from './print.ts'

/** Values tried each way: for one parameter, and for each of all. */
const trialsForOne = 64
const trialsForAll = 16
/** Parameters shown of all. */
const shown = 12

/** What is to be turned, as the flags say it. */
export interface FlipFlags extends Omit<DecisionFlags, 'actor'> {
  readonly flip: string
  readonly actor?: string | undefined
}

/** Prints the smallest change of a parameter, or of any, that turns what the run came to. */
export function explainFlip(replayed: Replay, flags: FlipFlags): void {
  const { reruns, run } = replayed
  const { scenario } = reruns
  const question = questionOf(replayed, flags)
  const any = flags.flip === 'any'
  const names = [...scenario.catalogue.keys()].filter(name => name !== 'horizon')
  const flips = any
    ? flipsOf(reruns, run, question, trialsForAll)
    : [flipParameter(reruns, run, question, names[placeOf('flip', names, flags.flip, 'parameters')]!, trialsForOne)]
  const found = flips.filter(({ nearest }) => nearest !== undefined)
  if (found.length === 0) process.exitCode = exitCode.answerIsNo
  if (flags.json) {
    printJson({ run, question: asked(replayed, question), flips })
    return
  }
  if (!flags.quiet) printOut(`${proofSentence(replayed)}\n`)
  const first = flips[0]
  if (!first || found.length === 0) {
    const what = any ? 'No parameter turns it on its own' : `No value of ${flags.flip} turns it`
    printOut(`${asked(replayed, question)}. ${what}, anywhere inside its bounds.`)
    return
  }
  printOut(
    `${asked(replayed, question)}: ${outcomeName(first.present)}. What would turn it, everything else and every draw as it was:`,
  )
  for (const flip of found.slice(0, shown)) printOut(`  ${flipWords(flip)}`)
  if (found.length > shown) printOut(`  and ${found.length - shown} more, by larger changes`)
  if (!flags.quiet) {
    const trials = any ? trialsForAll : trialsForOne
    printOut(
      `Found by running it again with ${trials} values each way inside the bounds, then halving; a turn that turns back between two of them is not seen.`,
    )
  }
}

function flipWords({ parameter, value, nearest, change: moved, share }: ParameterFlip): string {
  const size = share === undefined ? '' : `, ${percent(share, 1)} of its documented range`
  return `${parameter} ${digits(nearest!.value)} instead of ${digits(value)} (${change(moved!, 6)}${size}): ${outcomeName(nearest!.verdict)}`
}

const digits = (value: number) => String(Number(value.toPrecision(7))).replace('-', '−')

function questionOf({ reruns }: Replay, flags: FlipFlags): Question {
  const { actors, institutions } = reruns.scenario
  if (flags.actor === undefined) return { of: 'run' }
  const actor = placeOf('actor', actors, flags.actor, 'actors')
  if (flags.institution === undefined) return { of: 'actor', actor }
  const institution = placeOf('institution', institutions, flags.institution, 'institutions')
  return { of: 'tier', actor, institution, tick: tickOf(flags.tick, reruns.simulator.ticks) }
}

/** What is asked about. */
function asked({ run, reruns }: Replay, question: Question): string {
  const { document, actors, institutions } = reruns.scenario
  if (question.of === 'run') return `Outcome of run ${run}`
  const { name } = document.actors[actors[question.actor]!]!
  if (question.of === 'actor') return `Outcome of ${name} in run ${run}`
  const body = document.institutions[institutions[question.institution]!]!.name
  return `Tier of ${name} in ${body} after ${quarterAfter(document.start, question.tick)}, run ${run}`
}
