import { entities, seen } from '../escape.ts'

/** A comment that is not shown: it parts a text that a code host would turn into a mention, a reference or a picture. */
const seam = '<!-- -->'

/**
 * Text for one line of GitHub-flavoured Markdown, also in a table: nothing in it is read as markup, as a link, as a
 * mention of somebody, as a reference to an issue, or as a command of a build server. This is the one escaping point
 * for Markdown.
 *
 * @param limit - characters that are kept
 * @example markdownText('a*b @team #12') // => 'a\\*b \\@<!-- -->team \\#<!-- -->12'
 */
export function markdownText(text: string, limit = 1000): string {
  const letters = [...seen(text)]
  const kept = letters.length > limit ? `${letters.slice(0, limit).join('')}…` : letters.join('')
  return parted(
    kept
      .replace(/(\d) %/g, '$1\u00a0%')
      .replace(/[\\*_{}<>#!|~^&$@"]|:(?=\S)/g, '\\$&')
      // Parsers differ about escaped ones inside a link or beside code.
      .replace(/[`[\]]/g, mark => `&#${mark.charCodeAt(0)};`)
      .replace(/^(\s*)([-+=])(?=[-+=\s]|$)/, '$1\\$2')
      .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
      .replace(/(www)(\.)/gi, '$1\\$2'),
  )
}

/** Text inside a tag that Markdown leaves alone, such as `summary`. */
export function summaryText(text: string, limit = 300): string {
  const letters = [...seen(text)]
  const kept = letters.length > limit ? `${letters.slice(0, limit).join('')}…` : letters.join('')
  const safe = kept.replace(/(\d) %/g, '$1\u00a0%').replace(/[&<>"']/g, character => entities[character]!)
  return parted(safe).replace(/([:#])(?=\1)/g, `$1${seam}`)
}

/** Text between backticks; not for a table, where a bar parts cells even so. */
export function codeText(text: string): string {
  const kept = [...commandText(text)].slice(0, 300).join('')
  const fence = fenceFor(kept, 1)
  const [before, after] = [/^`/.test(kept) ? ' ' : '', /`$/.test(kept) ? ' ' : '']
  return kept === '' ? '' : `${fence}${before}${kept}${after}${fence}`
}

/** A block of code. */
export function codeBlock(text: string): string {
  const kept = commandText(text)
  const fence = fenceFor(kept, 3)
  return `${fence}\n${kept}\n${fence}`
}

function commandText(text: string): string {
  return seen(text)
    .trim()
    .replace(/^:(?=:)/, ': ')
    .replace(/##(?=\w*\[)/g, '# #')
}

/** More backticks than the text has in a row. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}

function parted(text: string): string {
  return text
    .replace(/@(?=\S)/g, `@${seam}`)
    .replace(/(?<!&)#(?=\d)/g, `#${seam}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1${seam}-`)
    .replace(/:(?=[\w+-]+\\?:)/g, `:${seam}`)
}
