/** A value at which a verdict turns, next to one at which it does not. */
interface Turn {
  readonly value: number
  readonly verdict: string
  /** The nearest value towards the present one at which the verdict is still the present one: a neighbour in doubles. */
  readonly stays: number
}

/** What to look for: a verdict as a function of one number. */
export interface FlipSearch {
  /** The verdict at a value; undefined where there is none, which counts as no turn. */
  readonly verdictAt: (value: number) => string | undefined
  /** The present value, inside the bounds. */
  readonly present: number
  /** Values looked at, [low, high]. */
  readonly bounds: readonly [number, number]
  /** Whether only whole numbers are meant. */
  readonly integer?: boolean | undefined
  /** Values tried each way before bisection, at least 1; closer together near the present value. */
  readonly trials?: number
}

/** The turns nearest to the present value on each side, where there are any. */
export interface Flip {
  readonly present: string
  readonly down: Turn | undefined
  readonly up: Turn | undefined
  /** The nearer of both. */
  readonly nearest: Turn | undefined
  /** How often the verdict was asked for. */
  readonly asked: number
}

/**
 * The smallest change of a number that turns a verdict, each way. Values are tried outwards from the present one, closer
 * together near it; the first that turns the verdict is bisected with the last that does not, down to neighbours. A turn
 * that turns back between two tried values is not seen, so the change is the smallest at the resolution of the trials.
 *
 * @throws RangeError when there is no verdict at the present value, or the present value is outside the bounds
 * @example findFlip({ verdictAt: x => (x < 2 ? 'low' : 'high'), present: 1, bounds: [0, 10] }).up.value // => 2
 * @example findFlip({ verdictAt: x => (x < 2 ? 'low' : 'high'), present: 1, bounds: [0, 10] }).down // => undefined
 */
export function findFlip({ verdictAt, present, bounds, integer = false, trials = 64 }: FlipSearch): Flip {
  const [low, high] = bounds
  if (!(present >= low && present <= high))
    throw new RangeError(`expected a value from ${low} to ${high}, got ${present}`)
  let asked = 0
  const ask = (value: number) => {
    asked++
    return verdictAt(value)
  }
  const verdict = ask(present)
  if (verdict === undefined) throw new RangeError(`expected a verdict at ${present}, got none`)
  const turnedAt = (value: number) => {
    const found = ask(value)
    return found === undefined || found === verdict ? undefined : found
  }

  const towards = (end: number): Turn | undefined => {
    let stays = present
    for (let n = 1; n <= trials; n++) {
      const part = (n / trials) * (n / trials)
      const exact = n === trials ? end : present + (end - present) * part
      const value = integer ? Math.round(exact) : exact
      if (value === stays) continue
      const turned = turnedAt(value)
      if (turned !== undefined) return bisect(stays, value, turned)
      stays = value
    }
    return undefined
  }

  const bisect = (from: number, to: number, found: string): Turn => {
    let stays = from
    let value = to
    let turned = found
    for (;;) {
      const half = stays + (value - stays) / 2
      const middle = integer ? Math.trunc(half) : half
      if (middle === stays || middle === value || (integer && Math.abs(value - stays) === 1)) break
      const other = turnedAt(middle)
      if (other === undefined) stays = middle
      else {
        value = middle
        turned = other
      }
    }
    return { value, verdict: turned, stays }
  }

  const down = towards(low)
  const up = towards(high)
  const distance = (turn: Turn | undefined) => (turn ? Math.abs(turn.value - present) : Number.POSITIVE_INFINITY)
  return { present: verdict, down, up, nearest: distance(down) < distance(up) ? down : up, asked }
}
