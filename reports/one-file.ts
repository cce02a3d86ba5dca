import { embeddedJson, html, Markup } from './escape.ts'

/** A page in one file that needs no network: what it says, its one style and its one script, with their hashes. */
export interface OneFile {
  readonly title: string
  readonly body: Markup
  /** What the script works on, for JSON. */
  readonly data: unknown
  readonly style: string
  readonly styleHash: string
  /** Without texts that would end a script element. */
  readonly script: string
  readonly scriptHash: string
  /** What the policy allows beyond script and style [pictures that are in the file]. */
  readonly allowed?: readonly string[]
}

/** The file. Its policy allows its script and its style, by hash; nothing is loaded and nothing is sent. */
export function oneFile({
  title,
  body,
  data,
  style,
  styleHash,
  script,
  scriptHash,
  allowed = ['img-src data:'],
}: OneFile): string {
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    ...allowed,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style></head>
<body>
${body}
${dataBlock(data)}
<script>${new Markup(script)}</script>
</body></html>
`.text
}

const opening = '<script type="application/json" id="data">'
const closing = '</script>'

function dataBlock(data: unknown): Markup {
  return new Markup(`${opening}${embeddedJson(data)}${closing}`)
}

/** The data of a file that was made here. */
export function dataOf(file: string): unknown {
  const [from, end] = placeOf(file)
  return JSON.parse(file.slice(from + opening.length, end - closing.length))
}

/** The same file with other data. */
export function withData(file: string, data: unknown): string {
  const [from, end] = placeOf(file)
  return file.slice(0, from) + dataBlock(data).text + file.slice(end)
}

/** Where the data is, with its element. */
function placeOf(file: string): [from: number, end: number] {
  const from = file.indexOf(opening)
  const end = file.indexOf(closing, from)
  if (from === -1 || end === -1) throw new RangeError('page: expected a data element, got none')
  return [from, end + closing.length]
}
