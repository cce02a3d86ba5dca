/**
 * What a report says, before anything is drawn: sections of words, tables and charts as plain data. Every report is
 * built as this and then rendered, as a page, as Markdown, as pictures or as JSON. Text is data: no renderer reads any
 * of it as markup.
 */

/** What may stand in a line. `to` is the id of a section as `#id`, a path beside the report, or an https address. */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  | { readonly link: string; readonly to: string }
  /** Never broken over two lines, such as an interval. */
  | { readonly together: string }

/** A line of text. */
export type Line = string | readonly Span[]

interface TableColumn {
  readonly name: string
  readonly numeric?: boolean
}

/** A table; the first column names the row. Every row has a cell for every column. */
export interface Table {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly Line[])[]
}

/** A chart with everything that stands in for it. */
export interface ChartBlock {
  readonly kind: 'chart'
  /** Unique in the report; names the picture's file. */
  readonly id: string
  /** Name of the chart in `charts/catalogue.ts`. */
  readonly chart: string
  /** Which data of the report it draws; a key of `ReportDocument.data`. */
  readonly data: string
  /** Where a reader chooses an actor: begins the key of the data of each, drawn in place of `data`. */
  readonly follows?: string
  /** What the picture shows, as a sentence with the numbers: read aloud in place of the picture. */
  readonly alternative: string
  /** How to read it. */
  readonly caption: Line
  readonly table: Table
  /** Whether the table is short enough to be printed. */
  readonly print?: boolean
}

export type Block =
  | { readonly kind: 'words'; readonly line: Line; readonly role?: 'answer' | 'condition' | 'question' | 'warning' }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  /** A few figures in one row, such as the number of runs. */
  | { readonly kind: 'facts'; readonly items: readonly Line[] }
  | { readonly kind: 'definitions'; readonly items: readonly { readonly term: string; readonly line: Line }[] }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'part'; readonly title: string; readonly blocks: readonly Block[] }
  /** Behind a line to open; opened for print when `print`. */
  | { readonly kind: 'folded'; readonly label: string; readonly blocks: readonly Block[]; readonly print?: boolean }
  | Table
  | ChartBlock

export interface Section {
  readonly id: string
  /** The finding, as a heading. */
  readonly title: string
  /** Its name in the contents. */
  readonly name: string
  readonly blocks: readonly Block[]
}

/** What a reader of the page may choose; charts of the catalogue that know a choice follow it. */
export interface Choices {
  /** Key of the `ChartData` the choices are of. */
  readonly data: string
  readonly actors: readonly { readonly id: string; readonly name: string }[]
  readonly outcomes: readonly { readonly id: string; readonly name: string }[]
  readonly quarters: readonly string[]
  /** Id of the section about one actor. */
  readonly depth?: string
}

export interface ReportDocument {
  readonly kind: 'batch' | 'comparison' | 'analysis' | 'robustness' | 'hypotheses'
  /** The same for the same question asked again, such as the id of the scenario: finds an earlier report again. */
  readonly id: string
  readonly title: string
  /** Before the contents: the question, the answer and what limits it. */
  readonly lead: readonly Block[]
  readonly sections: readonly Section[]
  readonly choices?: Choices
  /** Data of the charts by key; each chart takes the type it documents. */
  readonly data: Readonly<Record<string, unknown>>
  readonly foot: Line
}

/** A column of a table under construction: how a row gives its cell. */
export interface ColumnOf<Row> extends TableColumn {
  readonly value: (row: Row) => Line
}

/** A table of rows of any kind. */
export function tableOf<Row>(caption: string, rows: readonly Row[], columns: readonly ColumnOf<Row>[]): Table {
  return {
    kind: 'table',
    caption,
    columns: columns.map(({ name, numeric }) => (numeric ? { name, numeric } : { name })),
    rows: rows.map(row => columns.map(column => column.value(row))),
  }
}

/** Every chart of a report, in order. */
export function chartsIn(document: ReportDocument): ChartBlock[] {
  const inside = (block: Block): ChartBlock[] => {
    if (block.kind === 'chart') return [block]
    return block.kind === 'part' || block.kind === 'folded' ? block.blocks.flatMap(inside) : []
  }
  return [...document.lead, ...document.sections.flatMap(({ blocks }) => blocks)].flatMap(inside)
}

/** A text whose intervals in brackets, such as "(39–42 %)" and "(−0.02 to +0.01)", each stay on one line. */
export function unbroken(text: string): Span[] {
  return text
    .split(/(\([+−\d.]+(?:–| to )[+−\d.]+(?:\s%)?\))/)
    .map((part, n) => (n % 2 === 1 ? { together: part } : part))
    .filter(part => part !== '')
}

/** Whether a link leads to a section, a file beside the report, or an https address. */
export function isSafeTarget(to: string): boolean {
  return /^(?:#[\w.:-]+|https:\/\/[^\s"'<>\\]+|\w[\w./-]*)$/.test(to)
}
