/** Control characters, the format marks that hide or reorder text, and the codes that are no characters, which XML forbids. */
const unseen = /[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\u2028\u2029]/gu
const unpaired = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Text as it can be shown: one line, without marks that a reader cannot see.
 *
 * @example plain('a\u202eb\n c') // => 'ab c'
 */
export function plain(text: string): string {
  return seen(text).trim()
}

/** As `plain`, with the blanks at both ends, so that parts of a line can be joined. */
export function seen(text: string): string {
  return text
    .replace(/[\t-\r ]+/g, ' ')
    .replace(unseen, '')
    .replace(unpaired, '\ufffd')
}

export const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup that is known to be safe, because a function here made it. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Markup | undefined | readonly Part[]

/**
 * HTML from a template; everything put in is cleaned and escaped unless it is markup itself. Lists are joined.
 *
 * @example html`<b>${'1 < 2'}</b>`.text // => '<b>1 &lt; 2</b>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, n) => text + (n < parts.length ? written(parts[n]) : '')).join(''))
}

function written(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(written).join('')
  return seen(String(part))
    .replace(/(\d) %/g, '$1\u00a0%')
    .replace(/[&<>"']/g, character => entities[character]!)
}

/** JSON that may stand inside a script element. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
