/** What every scenario keeps to, whether somebody wrote it as YAML or a program as data. */

/** Levels of lists and maps. */
export const deepest = 32

/** Names that cannot be told from what every object of the language has; `<<` would merge. */
export const reserved: ReadonlySet<string> = new Set([
  '<<',
  'prototype',
  ...Object.getOwnPropertyNames(Object.prototype),
])

/** Why a number cannot be kept exactly; undefined for one that can. @param written - as it is to be shown */
export function inexact(value: number, written: string): string | undefined {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined
  return `expected a number between −2^53 and 2^53, got ${written}`
}
