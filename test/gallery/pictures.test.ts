import { compile } from 'vega-lite'
import { beforeAll, describe, expect, test } from 'vitest'
import { covers, fontFiles, textWidth } from '../../reports/render/font.ts'
import { pictureSvg, printMillimetres } from '../../reports/render/picture.ts'
import { type NamedPicture, picturesOf, sourceOf, specOf } from '../../reports/render/pictures.ts'
import { pictureInPng } from '../../reports/render/png.ts'
import { harmless, hostile, type Reported, reported, reportOf } from '../reports/reported.ts'

/** One picture of each chart of a report. */
function picturesOnce(of: Reported): NamedPicture[] {
  const all = picturesOf(reportOf(of), sourceOf(of.summary))
  return [...new Map(all.map(picture => [picture.name, picture])).values()]
}

let pictures: NamedPicture[]
const drawn = new Map<string, { print: string; slide: string }>()
beforeAll(async () => {
  pictures = picturesOnce(await reported())
  for (const picture of pictures)
    drawn.set(picture.id, { print: await pictureSvg(picture), slide: await pictureSvg(picture, 'slide', true) })
})

/** Tags of an SVG with the names of their attributes: what a text could change if it were read as markup. */
function structure(svg: string): string[] {
  return [...svg.matchAll(/<(\/?[\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)].map(
    ([, name, attributes, closed]) =>
      `${name} ${[...attributes!.matchAll(/([\w:-]+)="/g)].map(match => match[1]).join(' ')}${closed}`,
  )
}

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1]!)

describe('a picture', () => {
  test('says on its face what was found, how to read it, and where it comes from', () => {
    for (const picture of pictures) {
      const words = texts(drawn.get(picture.id)!.print).join(' ')
      expect(words).toContain(picture.title.slice(0, 40))
      expect(words).toMatch(/200 runs · seed 20251010 · digest [0-9a-f]{12} · multivector/)
      expect(words).toContain('They are not forecasts.')
    }
  })

  test('is text and shapes alone: no script, no style sheet, nothing from elsewhere, colours resolved', () => {
    for (const svg of [...drawn.values()].flatMap(({ print, slide }) => [print, slide])) {
      expect(svg).not.toMatch(/<(script|style|image|foreignObject|use|a)\b|\son\w+="|href|url\((?!#)|var\(--/)
      expect(svg).not.toMatch(/NaN|undefined/)
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="(170mm|1920)"/)
    }
  })

  test('has no text below 6.5 points in print, and none below 14 pixels on a slide but in the list of events', () => {
    for (const { id, name } of pictures) {
      const { print, slide } = drawn.get(id)!
      expect(smallest(print, (printMillimetres / 25.4) * 72), `${id} in print`).toBeGreaterThanOrEqual(6.5)
      expect(smallest(slide, 1920), `${id} on a slide`).toBeGreaterThanOrEqual(name === 'event-windows' ? 9 : 14)
    }
  })

  test('with hostile texts has the structure of its harmless twin', async () => {
    const twins = await Promise.all(
      [hostile, harmless].map(async change => {
        const twin = await reported(change, undefined, 40)
        return Promise.all(picturesOnce(twin).map(picture => pictureSvg(picture)))
      }),
    )
    expect(twins[0]!.length).toBeGreaterThan(12)
    twins[0]!.forEach((svg, n) => {
      expect(svg).not.toMatch(/[\u202e\u2066]|<img|<\/script/)
      // Every tag was understood: nothing is left that could be one.
      expect(structure(svg).length).toBe(svg.match(/</g)!.length)
      const [evil, plain] = [structure(svg), structure(twins[1]![n]!)].map(tags =>
        tags.filter(tag => !/^\/?text/.test(tag)),
      )
      expect(evil).toEqual(plain)
    })
  })

  test('is a PNG of 170 mm at 300 dots an inch, or of 1920 by 1080 pixels', () => {
    const svg = drawn.get(pictures[0]!.id)!
    const print = pictureInPng(svg.print, 'print')
    const slide = pictureInPng(svg.slide, 'slide')
    expect(print.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect(print.readUInt32BE(16)).toBe(Math.round((printMillimetres / 25.4) * 300))
    expect([slide.readUInt32BE(16), slide.readUInt32BE(20)]).toEqual([1920, 1080])
    expect(print.subarray(37, 41).toString('latin1')).toBe('pHYs')
    expect(print.readUInt32BE(41)).toBe(11811)
  })
})

/** The smallest text of a picture that is shown so wide. */
function smallest(svg: string, shown: number): number {
  const width = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)![1])
  const zoom = Number(/<g fill="none"[^>]* scale\(([\d.]+)\)/.exec(svg)![1])
  const [before, inside] = svg.split('<g fill="none" stroke-miterlimit="10" transform="translate') as [string, string]
  const sizes = (part: string) => [...part.matchAll(/font-size="([\d.]+)(?:px)?"/g)].map(match => Number(match[1]))
  const [chart, after] = [inside.slice(0, inside.lastIndexOf('</g>')), inside.slice(inside.lastIndexOf('</g>'))]
  return (Math.min(...sizes(before), ...sizes(after), ...sizes(chart).map(size => size * zoom)) / width) * shown
}

describe('a specification', () => {
  test('stands alone: it compiles without a warning, has its data in it and its colours resolved', () => {
    for (const picture of pictures) {
      const spec = specOf(picture)
      const heard: string[] = []
      const keep = (...words: readonly unknown[]) => heard.push(words.join(' '))
      const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger } as never
      compile(spec, { logger })
      expect(heard).toEqual([])
      const text = JSON.stringify(spec)
      expect(text).toContain('https://vega.github.io/schema/vega-lite/v6.json')
      expect(text).not.toMatch(/var\(--|"url"|"signal"|"expr"/)
      expect(text).toContain('"values":[')
    }
  })
})

describe('the font of pictures', () => {
  test('is there, and its widths are those of the letters', () => {
    expect(fontFiles).toHaveLength(3)
    // Advances of Source Sans 3 in thousandths: m 829, i 246, space 200.
    expect(textWidth('m', 1000)).toBe(829)
    expect(textWidth('i', 1000)).toBe(246)
    expect(textWidth('mi m', 10)).toBeCloseTo((829 * 2 + 246 + 200) / 100, 10)
    expect(textWidth('mi', 10, 700)).toBeGreaterThan(textWidth('mi', 10, 400))
    expect([covers('Қазақстан, Türkiye, −0.5 → 1'), covers('中国')]).toEqual([true, false])
    for (const letter of 'Қ−→↑≥–’ü') expect(textWidth(letter, 1000), letter).not.toBe(textWidth('\u{10ffff}', 1000))
  })
})
