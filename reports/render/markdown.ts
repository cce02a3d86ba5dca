import { type Block, type ChartBlock, isSafeTarget, type Line, type ReportDocument, type Table } from '../document.ts'
import { codeBlock, codeText, markdownText, summaryText } from './markdown-text.ts'

/** Code hosts take no longer comment than 65,536 characters. */
const room = 60_000
/** Tables that are longer are folded, and cut. */
const shownRows = 8
const keptRows = 60

/** A part of the page that may be left out. */
interface Piece {
  readonly text: string
  /** The higher, the sooner it is left out; 0 for what says the answer. */
  readonly rank: number
  /** What is left out, for the note at the end. */
  readonly name: string
}

/** Path of the picture of a chart, relative to the file. */
type Pictures = ((chart: string) => string | undefined) | undefined

const rankOf = { words: 0, chart: 1, small: 2, table: 3, folded: 4 } as const

/**
 * A report as GitHub-flavoured Markdown of less than 60,000 characters, whatever it holds: charts by their text
 * alternative, long tables folded, and where it grows too long the least important tables left out, with a note of what
 * they are. The first line is a comment by which a script finds the text again.
 *
 * @param pictures - gives the picture of a chart by its id; without it there are none
 */
export function renderMarkdown(document: ReportDocument, pictures?: Pictures): string {
  const pieces: Piece[] = [
    words(`# ${markdownText(document.title, 300)}`),
    ...piecesOf(document.lead, 0, pictures),
    ...document.sections.flatMap(({ title, blocks }) => [
      words(`## ${markdownText(title, 300)}`),
      ...piecesOf(blocks, 0, pictures),
    ]),
    words('---'),
    words(lineText(document.foot)),
  ]
  return joined(`<!-- ${markerOf(document)} -->`, pieces)
}

/** By what the first line of a report in Markdown is found again: the same for the same scenario. */
function markerOf({ kind, id }: ReportDocument): string {
  const name = kind === 'batch' ? 'report' : kind
  return `multivector:${name}:${id.replace(/[^\w.]+/g, '-').slice(0, 100)}`
}

function words(text: string): Piece {
  return { text, rank: rankOf.words, name: '' }
}

function piecesOf(blocks: readonly Block[], depth: number, pictures: Pictures): Piece[] {
  return blocks.flatMap(block => piecesOfBlock(block, depth, pictures))
}

function piecesOfBlock(block: Block, depth: number, pictures: Pictures): Piece[] {
  switch (block.kind) {
    case 'words':
      return [words(paragraph(block.role, lineText(block.line)))]
    case 'list':
      return [words(block.items.map(item => `- ${lineText(item)}`).join('\n'))]
    case 'facts':
      return [words(block.items.map(item => lineText(item)).join(' · '))]
    case 'definitions':
      return [words(block.items.map(({ term, line }) => `- ${markdownText(term)}: ${lineText(line)}`).join('\n'))]
    case 'command':
      return [words(codeBlock(block.text))]
    case 'part':
      return [words(`### ${markdownText(block.title, 300)}`), ...piecesOf(block.blocks, depth, pictures)]
    case 'folded':
      return piecesOf(block.blocks, depth + 1, pictures)
    case 'table':
      return [tablePiece(block, depth === 0 ? rankOf.small : rankOf.folded + depth, depth > 0)]
    case 'chart':
      return chartPieces(block, depth, pictures)
  }
}

function chartPieces(block: ChartBlock, depth: number, pictures: Pictures): Piece[] {
  const path = pictures?.(block.id)
  const picture =
    path !== undefined && isSafeTarget(path) && !path.startsWith('#')
      ? `![${markdownText(block.table.caption, 200)}](${path})\n\n${lineText(block.caption)}\n\n`
      : ''
  const small = block.print === true && block.table.rows.length <= shownRows
  return [
    { text: picture + markdownText(block.alternative, 3000), rank: rankOf.chart + depth, name: `chart ${block.id}` },
    tablePiece(block.table, (small ? rankOf.small : rankOf.table) + depth, !small),
  ]
}

/** A table, folded where it is long or less important. */
function tablePiece({ caption, columns, rows }: Table, rank: number, fold: boolean): Piece {
  const row = (cells: readonly Line[]) => `| ${cells.map(cell => lineText(cell, true) || ' ').join(' | ')} |`
  const lines = [
    row(columns.map(({ name }) => name)),
    `| ${columns.map(({ numeric }) => (numeric ? '---:' : '---')).join(' | ')} |`,
    ...rows.slice(0, keptRows).map(row),
  ]
  const cut =
    rows.length > keptRows ? `\n\n${rows.length - keptRows} more rows are in the page and the JSON of this report.` : ''
  const table = `${lines.join('\n')}${cut}`
  const size = rows.length === 1 ? '1 row' : `${rows.length} rows`
  const text =
    fold || rows.length > shownRows
      ? `<details><summary>${summaryText(caption)} (${size})</summary>\n\n${table}\n\n</details>`
      : `${markdownText(caption)}\n\n${table}`
  return { text, rank, name: caption }
}

function paragraph(role: (Block & { kind: 'words' })['role'], text: string): string {
  if (role === 'answer') return `> ${text}`
  return role === 'warning' ? `> [!WARNING]\n> ${text}` : text
}

function lineText(line: Line, inTable = false): string {
  const limit = inTable ? 200 : 2000
  if (typeof line === 'string') return markdownText(line, limit)
  return line
    .map(span => {
      if (typeof span === 'string') return markdownText(span, limit)
      if ('strong' in span) return span.strong.trim() === '' ? '' : `**${markdownText(span.strong.trim(), limit)}**`
      if ('code' in span) return inTable ? `<code>${markdownText(span.code, limit)}</code>` : codeText(span.code)
      if ('together' in span) return markdownText(span.together, limit)
      const text = markdownText(span.link, limit)
      return isSafeTarget(span.to) && !span.to.startsWith('#') ? `[${text}](${span.to.replace(/[()]/g, '\\$&')})` : text
    })
    .join('')
}

/** Pieces one below the other, without those that do not fit; what is left out is named at the end. */
function joined(marker: string, pieces: readonly Piece[]): string {
  const order = pieces
    .map(({ text, rank }, n) => ({ n, rank, length: text.length }))
    .sort((a, b) => b.rank - a.rank || b.length - a.length)
  const left = new Set<number>()
  // The note and the marker get the rest.
  let size = pieces.reduce((sum, { text }) => sum + text.length + 2, 0) + 3000
  for (const { n, length } of order) {
    if (size < room) break
    left.add(n)
    size -= length + 2
  }
  const kept = pieces.filter((_, n) => !left.has(n)).map(({ text }) => text)
  return `${[marker, ...kept, ...noteOf(pieces.filter((_, n) => left.has(n)))].join('\n\n')}\n`
}

function noteOf(left: readonly Piece[]): string[] {
  if (left.length === 0) return []
  const names = [...new Set(left.map(({ name }) => name))].filter(name => name !== '')
  const named = names.slice(0, 12).map(name => markdownText(name, 60))
  const others = names.length > named.length ? ` and ${names.length - named.length} more` : ''
  const what = named.length === 0 ? 'long texts' : `${named.join('; ')}${others}`
  return [
    `Left out here, to stay below ${room.toLocaleString('en')} characters: ${what}. Everything is in the page and the JSON of this report.`,
  ]
}
