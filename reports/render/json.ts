import type { ReportDocument } from '../document.ts'

/** Everything that could steer a terminal or hide in a text. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029<>&]/gu

/**
 * A report as JSON: the `ReportDocument` with the version of its structure. Equal documents give equal bytes. Characters
 * that a terminal or a page could act on are written as escapes, so whoever parses it gets every character back.
 */
export function renderJson(document: ReportDocument): string {
  return `${JSON.stringify({ reportVersion: 1, ...document }).replace(unseen, escaped)}\n`
}

function escaped(character: string): string {
  return character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
