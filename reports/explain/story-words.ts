import type { Causes, Period, Story } from '../../sim/analysis/storyline-story.ts'
import type { OutcomeStories } from '../../sim/analysis/storylines.ts'
import { quarterAfter } from '../../sim/core/quarter.ts'
import type { Moment } from '../../sim/model/timeline.ts'
import { hasOuterTier } from '../../sim/scenario/outer-tier.ts'
import { parameterCatalogue } from '../../sim/scenario/parameter.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { lookOf } from '../theme.ts'
import { change, count, listed, number, sentence } from '../words.ts'
import { causeWords } from './cause-words.ts'
import { byTick, momentSentences } from './moment-words.ts'

/** Sentences with their date. Looking back sums up a year. */
export interface Told {
  readonly quarter: string
  readonly sentence: string
  readonly back: boolean
}

/** Inputs are named from this difference on, in standard deviations. */
const clear = 0.25
/** Below this a year's change is called none. */
const still = 0.002

/**
 * A run as dated sentences: what happened to the core and to the format, and after each year what moved and why.
 *
 * @param everything - also what happened to outsiders alone, and when events ended
 */
export function toldStory(story: Story, document: ScenarioDocument, everything = false): Told[] {
  const told: Told[] = []
  const moments = byTick(story.moments.filter(moment => everything || concernsCore(moment, document)))
  let from = 0
  for (const period of story.periods) {
    for (const [tick, list] of moments) {
      if (tick <= from || tick > period.to) continue
      const quarter = quarterAfter(document.start, tick)
      told.push({ quarter, sentence: momentSentences(list, document).join(' '), back: false })
    }
    from = period.to
    const span = `${quarterAfter(document.start, period.from + 1)}–${quarterAfter(document.start, period.to)}`
    told.push({ quarter: span, sentence: periodSentence(period, document), back: true })
  }
  return told
}

/** Whether a moment is about the core, the format and its outer tier, or the world as a whole. */
function concernsCore(moment: Moment, document: ScenarioDocument): boolean {
  if (moment.kind === 'event') return !moment.ends
  if (moment.kind === 'tier' && Object.keys(document.institutions).indexOf(moment.institution) < 2) return true
  return 'actor' in moment ? document.actors[moment.actor]!.core : true
}

/** What moved in some quarters and why. */
function periodSentence(period: Period, document: ScenarioDocument): string {
  const { mover } = period
  const { name } = document.actors[mover.actor]!
  const most =
    Math.abs(mover.OP) < still
      ? ''
      : ` ${name} moves most (${change(mover.OP)}), through ${causeWords(mover.OP, mover.causes, document)}.`
  return `${coreSentence(period, document)}${most}`
}

/** What moved the core and why: practice first, then institutional alignment. */
export function coreSentence(
  { ID, OP, causesOfID, causesOfOP }: Pick<Period, 'ID' | 'OP' | 'causesOfID' | 'causesOfOP'>,
  document: ScenarioDocument,
): string {
  const of = (what: string, moved: number, causes: Causes) => {
    if (Math.abs(moved) < still) return `${what} holds (${change(moved)})`
    const side = moved < 0 ? 'away from' : 'towards'
    return `${what} moves ${side} Russia by ${number(Math.abs(moved))}, through ${causeWords(moved, causes, document)}`
  }
  return `${sentence(of('practice', OP, causesOfOP))}; ${of('institutional alignment', ID, causesOfID)}.`
}

/** How a run ended. */
export function endSentence(
  { outcome, margin, final, actorOutcomes, coercions }: Story,
  document: ScenarioDocument,
): string {
  const states = new Map<string, string[]>()
  for (const [id, own] of Object.entries(actorOutcomes)) {
    states.set(own, [...(states.get(own) ?? []), document.actors[id]!.name])
  }
  const outer = hasOuterTier(document)
    ? `vitality of CIS Plus ${number(final.v, 2)}, ${count(final.ext)} outsiders in it, `
    : ''
  const groups = [...states].map(([own, names]) => `${lookOf(own).name} in ${listed(names)}`)
  return (
    `It ends as ${lookOf(outcome).name}, ${number(margin, 2)} ahead of the next outcome: institutional alignment ${change(final.ID)}, ` +
    `operational ${change(final.OP)}, gap ${change(final.gap)}, ${outer}` +
    `${count(coercions)} ${coercions === 1 ? 'coercion' : 'coercions'}. State by state: ${groups.join('; ')}.`
  )
}

const compared = [
  ['ID', 'institutional alignment', 0.005],
  ['OP', 'operational alignment', 0.005],
  ['v', 'vitality of CIS Plus', 0.03],
  ['lead_RU', 'Russia’s leadership', 0.01],
  ['ext', 'outsiders in CIS Plus', 0.75],
] as const

/** How a contrast differs from the medoid where it ends. */
export function contrastSentence({ final }: Story, medoid: Story, outerTier: boolean): string {
  const apart = compared.flatMap(([name, words, least]) => {
    const off = final[name] - medoid.final[name]
    if (Math.abs(off) < least || (name === 'v' && !outerTier)) return []
    return [`${words} ${name === 'ext' ? change(off, 1) : change(off, 3)}`]
  })
  if (apart.length === 0) return 'It ends where the typical run ends, by another way.'
  return `Against the typical run: ${listed(apart)}.`
}

/** The inputs that set runs of an outcome apart from all runs, each as a line. */
export function leaningLines({ leanings }: OutcomeStories, document: ScenarioDocument): string[] {
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  return leanings
    .filter(({ deviations }) => Math.abs(deviations) >= clear)
    .map(
      ({ input, here, overall, deviations }) =>
        `${deviations > 0 ? 'higher' : 'lower'} ${input}, ${number(here)} on average against ${number(overall)} in all runs: ${catalogue.get(input)!.meaning}`,
    )
}
