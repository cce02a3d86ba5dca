/** The steps of a lesson, in order. */
export const steps = ['question', 'background', 'predict', 'reveal', 'why', 'discuss'] as const
export type Step = (typeof steps)[number]

/** Where somebody is in a lesson, as it stands in the fragment of the address: `#lesson=ID&step=…`. */
export interface LessonPlace {
  readonly id: string
  readonly step: Step
  /** Class code as it was typed. */
  readonly code: string
  /** The prediction somebody committed to: whole percents, or the number; undefined before. */
  readonly guess: readonly number[] | undefined
  /** State whose terms are shown; empty for the first. */
  readonly actor: string
  /** Large type and few words, for a projector. */
  readonly projector: boolean
  /** A lesson somebody opened, by name. */
  readonly files: Readonly<Record<string, string>>
}

export const mostCode = 60

/** Reads a fragment; whatever does not make sense is left out. */
export function readLessonPlace(id: string, query: URLSearchParams): LessonPlace {
  const step = steps.find(one => one === query.get('step')) ?? 'question'
  const guess = query
    .get('guess')
    ?.split(',')
    .map(text => (text.trim() === '' ? Number.NaN : Number(text)))
  return {
    id,
    step,
    code: (query.get('code') ?? '').slice(0, mostCode),
    guess: guess && guess.length <= 8 && guess.every(Number.isFinite) ? guess : undefined,
    actor: query.get('actor') ?? '',
    projector: query.has('projector'),
    files: Object.fromEntries(
      [...query].flatMap(([key, value]) => (key.startsWith('file.') ? [[key.slice('file.'.length), value]] : [])),
    ),
  }
}

/** The fragment of a place in a lesson, with its `#`. */
export function lessonAddress(place: LessonPlace): string {
  const query = new URLSearchParams({ lesson: place.id })
  if (place.step !== 'question') query.set('step', place.step)
  if (place.code !== '') query.set('code', place.code)
  if (place.guess) query.set('guess', place.guess.join(','))
  if (place.actor !== '') query.set('actor', place.actor)
  for (const [name, text] of Object.entries(place.files)) query.set(`file.${name}`, text)
  if (place.projector) query.set('projector', '')
  return `#${query}`
}
