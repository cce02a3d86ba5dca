import { exitCode, UserError } from '../core/errors.ts'

/** A flag that takes a whole number from `low` to `high`; also written 1e6 or 1_000_000. */
export function count(name: string, low: number, high: number): (text: string | undefined) => number | undefined {
  return text => {
    if (text === undefined) return undefined
    const value = /^\d[\d_]*(e\d{1,2})?$/i.test(String(text)) ? Number(String(text).replaceAll('_', '')) : Number.NaN
    if (Number.isInteger(value) && value >= low && value <= high) return value
    throw new UserError(
      exitCode.usage,
      `--${name}: expected a whole number from ${low} to ${high}, got ${JSON.stringify(text)}`,
    )
  }
}

/** A seed as text: any, but for the empty one. */
export function seedText(text: string | undefined): string | undefined {
  if (text === '' || (text !== undefined && text.length > 200)) {
    throw new UserError(exitCode.usage, `--seed: expected a text of 1 to 200 characters, got ${text.length}`)
  }
  return text
}

/**
 * Values given as name=number.
 *
 * @example assignments(['delivered=0.9']) // => { delivered: 0.9 }
 */
export function assignments(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map(text => {
      const [, name, value] = /^([A-Za-z]\w*)=(.+)$/.exec(text) ?? []
      if (name === undefined || value === undefined || value.trim() === '' || !Number.isFinite(Number(value))) {
        throw new UserError(exitCode.usage, `--set: expected name=number, got ${JSON.stringify(text)}`)
      }
      return [name, Number(value)]
    }),
  )
}
