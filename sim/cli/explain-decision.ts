import { bodyName } from '../../reports/explain/moment-words.ts'
import { change, number, percent, sentence } from '../../reports/words.ts'
import { exitCode, UserError } from '../core/errors.ts'
import { quarterAfter } from '../core/quarter.ts'
import {
  type ChoiceExplanation,
  explainChoice,
  explainMembership,
  type MembershipExplanation,
} from '../model/decision.ts'
import { placeOf } from './explain-names.ts'
import { proofSentence, type Replay } from './explain-run.ts'
import { printJson, printOut } from './print.ts'

/** Which decision of a run to explain, as the flags say it. */
export interface DecisionFlags {
  readonly actor: string
  readonly domain?: string | undefined
  readonly option?: string | undefined
  readonly against?: string | undefined
  readonly institution?: string | undefined
  readonly tick?: number | undefined
  readonly json: boolean
  readonly quiet: boolean
}

/** Prints why an actor's shares in a domain changed: the parts of the drivers, which add up to the change. */
export function explainShares(replayed: Replay, flags: DecisionFlags): void {
  const { reruns, run } = replayed
  const { simulator, scenario, key } = reruns
  const { document, actors, domains, options } = scenario
  const choice = {
    actor: placeOf('actor', actors, flags.actor, 'actors'),
    domain: placeOf('domain', domains, flags.domain!, 'domains'),
    option: placeOf('option', options, flags.option ?? options[0]!, 'options'),
    against: placeOf('against', options, flags.against ?? options.at(-1)!, 'options'),
    tick: tickOf(flags.tick, simulator.ticks),
  }
  if (choice.option === choice.against)
    throw new UserError(exitCode.usage, `--against: expected another option than ${options[choice.option]}`)
  let found: ChoiceExplanation
  try {
    found = explainChoice(simulator, { key, run, parameters: reruns.parametersOf(run) }, choice)
  } catch (error) {
    throw error instanceof RangeError ? new UserError(exitCode.usage, `--option: ${error.message}`) : error
  }
  const sum = found.parts.reduce((total, { part }) => total + part, 0)
  const names = {
    actor: actors[choice.actor]!,
    domain: domains[choice.domain]!,
    option: options[choice.option]!,
    against: options[choice.against]!,
  }
  if (flags.json) {
    printJson({ run, ...names, tick: choice.tick, ...found, sum, remainder: sum - found.change })
    return
  }
  if (!flags.quiet) printOut(`${proofSentence(replayed)}\n`)
  const { name } = document.actors[names.actor]!
  printOut(
    `${name}, ${names.domain} domain, ${quarterAfter(document.start, choice.tick)}: ${names.option} ${percent(found.share, 1)} ` +
      `(${percent(found.share0, 1)} at the start), ${names.against} ${percent(found.againstNow, 1)} (${percent(found.against0, 1)})`,
  )
  printOut(`Log-odds of ${names.option} against ${names.against} since ${document.start}, by driver`)
  for (const { driver, part, values } of [...found.parts].sort((a, b) => Math.abs(b.part) - Math.abs(a.part))) {
    const valued = Object.entries(values).map(([value, amount]) => `${value} ${number(amount)}`)
    printOut(`  ${driver.padEnd(11)} ${change(part, 4).padStart(8)}   ${valued.join(', ')}`)
  }
  printOut(`  ${'sum'.padEnd(11)} ${change(sum, 4).padStart(8)}   ${remainderWords(sum - found.change)}`)
}

function remainderWords(remainder: number): string {
  return `the change of the shares in log-odds is the same, but for ${Math.abs(remainder).toExponential(0)}`
}

/** Prints why an actor rose, fell or stayed in an institution: at one summit, or at all of the run. */
export function explainTier(replayed: Replay, flags: DecisionFlags): void {
  const { reruns, run } = replayed
  const { simulator, scenario, key } = reruns
  const { document, actors, institutions } = scenario
  const actor = placeOf('actor', actors, flags.actor, 'actors')
  const institution = placeOf('institution', institutions, flags.institution!, 'institutions')
  const address = { key, run, parameters: reruns.parametersOf(run) }
  const all = explainMembership(simulator, address, actor, institution)
  const decisions = flags.tick === undefined ? all : all.filter(({ tick }) => tick === flags.tick)
  if (decisions.length === 0)
    throw new UserError(
      exitCode.usage,
      `--tick: expected a summit of the run, ${all.map(({ tick }) => tick).join(', ')}, got ${flags.tick}`,
    )
  if (flags.json) {
    printJson({ run, actor: actors[actor], institution: institutions[institution], decisions })
    return
  }
  if (!flags.quiet) printOut(`${proofSentence(replayed)}\n`)
  const { name } = document.actors[actors[actor]!]!
  const body = bodyName(institutions[institution]!, document)
  for (const decision of decisions) {
    printOut(`${quarterAfter(document.start, decision.tick)}  ${name} and ${body}: ${stepWords(decision)}`)
    for (const line of reasons(decision)) printOut(`        ${line}`)
  }
}

function stepWords({ from, to }: MembershipExplanation): string {
  return from === to ? `stays ${from === 'none' ? 'outside' : from}` : `from ${from} to ${to}`
}

function reasons({
  terms,
  benefit,
  appetite,
  tendency,
  entry,
  exit,
  rise,
  fall,
  draw,
}: MembershipExplanation): string[] {
  if (draw === undefined) return ['neither appetite for a higher tier nor tendency to a lower one, so nothing is drawn']
  const parts = Object.entries(terms).map(([term, part]) => `${term} ${change(part)}`)
  const drawn =
    draw < rise
      ? 'below the chance of a rise'
      : draw > 1 - fall
        ? 'above 1 less the chance of a fall'
        : 'between the two'
  return [
    `net benefit ${change(benefit)} = ${parts.join(', ')}`,
    `chance of a rise ${percent(rise, 1)} (${percent(entry, 1)} without the change, appetite ${number(appetite, 2)}), ` +
      `of a fall ${percent(fall, 1)} (${percent(exit, 1)}, tendency ${number(tendency, 2)})`,
    sentence(`draw ${number(draw, 4)}: ${drawn}`),
  ]
}

/** A tick of the run; the last when none is given. */
export function tickOf(tick: number | undefined, ticks: number): number {
  if (tick === undefined) return ticks
  if (tick <= ticks) return tick
  throw new UserError(exitCode.usage, `--tick: expected a tick of the run, 0 to ${ticks}, got ${tick}`)
}
