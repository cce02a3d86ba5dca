import type { TopLevelSpec } from '../charts/spec.ts'
import { html, Markup } from '../escape.ts'
import { colour, resolveColours } from '../theme.ts'
import { type DrawnChart, drawChart, pictureFonts } from './chart-svg.ts'
import { textWidth } from './font.ts'

/** A chart with what its face must say where no page stands around it. */
export interface Picture {
  /** The finding, as a sentence. */
  readonly title: string
  /** What is shown, with the numbers, for whom it is read aloud. */
  readonly alternative: string
  /** How to read it: what is drawn, which interval. */
  readonly caption: string
  /** Scenario, number of runs and digest. */
  readonly source: string
  readonly chart: (width: number) => TopLevelSpec
}

/** Where a picture goes: a column of an A4 page, or a slide. */
export type PictureSize = 'print' | 'slide'

/** Width of a picture in print, in millimetres and in pixels of 1/96 inch. */
export const printMillimetres = 170
const printWidth = (printMillimetres / 25.4) * 96
/** A slide is drawn in these units and shown twice as large. */
const slide = { width: 960, height: 540, zoom: 2 }

interface TextLook {
  readonly size: number
  readonly weight: number
  readonly lineHeight: number
  readonly colour: string
}

interface Looks {
  readonly margin: number
  readonly title: TextLook
  readonly caption: TextLook
  readonly source: TextLook
}

const ink = colour('ink')
const soft = colour('soft')
const looks: Readonly<Record<PictureSize, Looks>> = {
  print: {
    margin: 14,
    title: { size: 17, weight: 700, lineHeight: 21, colour: ink },
    caption: { size: 11, weight: 400, lineHeight: 14.5, colour: soft },
    source: { size: 9.5, weight: 400, lineHeight: 12.5, colour: soft },
  },
  slide: {
    margin: 24,
    title: { size: 23, weight: 700, lineHeight: 28, colour: ink },
    caption: { size: 12, weight: 400, lineHeight: 15, colour: soft },
    source: { size: 10, weight: 400, lineHeight: 13, colour: soft },
  },
}

/**
 * A picture as SVG: title, caption, chart and source. Text stays text; there is no script, no style sheet and no
 * reference to anything outside.
 */
export async function pictureSvg(picture: Picture, size: PictureSize = 'print', dark = false): Promise<string> {
  const look = looks[size]
  const width = size === 'slide' ? slide.width : printWidth
  const room = width - 2 * look.margin
  const title = lines(picture.title, look.title, room)
  const caption = lines(picture.caption, look.caption, room)
  const source = lines(picture.source, look.source, room)
  const high = (rows: readonly string[], text: TextLook) => rows.length * text.lineHeight
  const top = look.margin + high(title, look.title) + 4 + high(caption, look.caption) + 12
  const below = 12 + high(source, look.source) + look.margin
  const { drawn, zoom } =
    size === 'slide'
      ? await fitted(picture.chart, room, slide.height - top - below)
      : { drawn: await drawChart(picture.chart(room)), zoom: 1 }
  const chartHeight = drawn.height * zoom
  const height = size === 'slide' ? slide.height : top + chartHeight + below
  const left = look.margin + (room - drawn.width * zoom) / 2
  const outer =
    size === 'slide'
      ? html`width="${slide.width * slide.zoom}" height="${slide.height * slide.zoom}"`
      : html`width="${printMillimetres}mm" height="${short((height / 96) * 25.4)}mm"`
  const svg =
    html`<svg xmlns="http://www.w3.org/2000/svg" ${outer} viewBox="0 0 ${short(width)} ${short(height)}" font-family="${pictureFonts}" role="img">
<title>${picture.title}</title><desc>${picture.alternative}</desc>
<rect width="100%" height="100%" fill="${colour('paper')}"/>
${block(title, look.title, look.margin, look.margin)}
${block(caption, look.caption, look.margin, look.margin + high(title, look.title) + 4)}
<g fill="none" stroke-miterlimit="10" transform="translate(${short(left)},${short(top)}) scale(${short(zoom)})">${new Markup(drawn.content)}</g>
${block(source, look.source, look.margin, height - look.margin - high(source, look.source))}
</svg>
`.text
  return resolveColours(svg, dark)
}

/** Shares of the room that a chart of a slide is drawn for, before it is made to fit: the wider, the smaller its text. */
const shares = [0.75, 1, 1.3, 1.7]

/** A chart in the width at which its text is largest, among those that fill the room. */
async function fitted(
  chart: Picture['chart'],
  width: number,
  height: number,
): Promise<{ drawn: DrawnChart; zoom: number }> {
  const candidates: { drawn: DrawnChart; zoom: number }[] = []
  for (const share of shares) {
    const drawn = await drawChart(chart(Math.round(width * share)))
    candidates.push({ drawn, zoom: Math.min(width / drawn.width, height / drawn.height, 1.4) })
  }
  return candidates.reduce((best, one) => (one.zoom > best.zoom * 1.02 ? one : best))
}

/** Text in lines no wider than the room. A word longer than a line is broken. */
function lines(text: string, { size, weight }: TextLook, room: number): string[] {
  const fits = (line: string) => textWidth(line, size, weight) <= room
  const rows: string[] = []
  let row = ''
  for (const word of text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`
    if (fits(longer)) {
      row = longer
      continue
    }
    if (row !== '') rows.push(row)
    row = ''
    for (const character of word) {
      if (!fits(row + character)) {
        rows.push(row)
        row = ''
      }
      row += character
    }
  }
  return row === '' ? rows : [...rows, row]
}

function block(rows: readonly string[], look: TextLook, x: number, top: number): Markup[] {
  return rows.map(
    (row, n) =>
      html`<text x="${short(x)}" y="${short(top + (n + 0.78) * look.lineHeight)}" font-size="${look.size}" font-weight="${look.weight}" fill="${look.colour}">${row}</text>
`,
  )
}

/** A number with at most two decimals. */
function short(value: number): number {
  return Math.round(value * 100) / 100
}
