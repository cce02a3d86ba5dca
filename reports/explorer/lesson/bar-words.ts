import { barNames } from '../../../sim/analysis/lesson/score.ts'
import type { Lesson } from '../../../sim/scenario/lesson.ts'
import type { Prediction } from '../../../sim/scenario/lesson-schema.ts'
import { lookOf, type Token } from '../../theme.ts'
import { number } from '../../words.ts'
import { quantityWords } from './lesson-words.ts'

/** How a bar of a prediction is named and coloured. */
export interface BarLook {
  readonly name: string
  /** A few words below the name; empty where the name says it. */
  readonly note: string
  readonly token: Token
}

const changeLooks: Readonly<Record<string, Pick<BarLook, 'name' | 'token'>>> = {
  falls: { name: 'Falls', token: 'away3' },
  same: { name: 'Stays about the same', token: 'status_quo' },
  rises: { name: 'Rises', token: 'toward3' },
}

/** Names and colours of the bars of a lesson, in order. */
export function barLooks(lesson: Lesson): BarLook[] {
  const { bars } = lesson.document.predict
  return barNames(bars).map(name => barLook(name, bars, lesson))
}

function barLook(name: string, bars: Prediction, lesson: Lesson): BarLook {
  switch (bars.kind) {
    case 'outcomes': {
      const look = lookOf(name)
      return { name: look.short, note: look.meaning, token: look.token }
    }
    case 'change': {
      const size = number(bars.same, 3)
      return { ...changeLooks[name]!, note: name === 'same' ? `changes by at most ${size}` : `by more than ${size}` }
    }
    case 'actors':
      return { name: lesson.base.actors[name]!.name, note: '', token: 'accent' }
    case 'number':
      return { name: quantityWords(name, lesson), note: '', token: 'accent' }
  }
}
