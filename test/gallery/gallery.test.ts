import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { charts, drawing } from '../../reports/charts/catalogue.ts'
import { pictureSvg } from '../../reports/render/picture.ts'
import { type NamedPicture, picturesOf } from '../../reports/render/pictures.ts'
import { sentence } from '../../reports/words.ts'
import { chartExamples } from '../reports/chart-examples.ts'
import { reported, reportOf } from '../reports/reported.ts'
import { compact, pictureDifferences } from './normal-form.ts'

/** Committed pictures; `npm run docs` renews them. */
const folder = 'reports/gallery/charts'
const index = 'reports/gallery/README.md'
const renew = process.env.RENEW_GALLERY !== undefined

const names = Object.keys(charts).sort()
const pictures = new Map<string, NamedPicture>()
const drawn = new Map<string, string>()

beforeAll(async () => {
  const source = 'From a small fixed batch or from invented numbers, to show the chart; no finding.'
  const batch = picturesOf(reportOf(await reported()), source)
  const others = Object.entries(chartExamples).map(([name, data]): NamedPicture => {
    const title = sentence(name.replaceAll('-', ' '))
    const texts = { title, alternative: title, caption: 'Invented numbers.', source }
    return { id: name, name, ...texts, chart: width => drawing(name, data, width) }
  })
  for (const picture of [...batch, ...others]) {
    if (!pictures.has(picture.name)) pictures.set(picture.name, picture)
  }
  for (const [name, picture] of pictures) drawn.set(name, compact(await pictureSvg(picture)))
  if (!renew) return
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const [name, svg] of drawn) await writeFile(`${folder}/${name}.svg`, svg)
  await writeFile(index, indexPage())
})

/** The page that shows every picture. */
function indexPage(): string {
  const entries = names.map(name => `## ${name}\n\n![${pictures.get(name)!.title}](charts/${name}.svg)\n`)
  const head = `# Every chart

One picture of each chart, drawn from a small fixed batch as \`multivector report --format svg\` draws it. \`npm run docs\`
renews them, and a test compares them with what the code draws.
`
  return [head, ...entries].join('\n')
}

describe('the gallery', () => {
  test('shows every chart of the catalogue, and nothing else', async () => {
    expect([...pictures.keys()].sort()).toEqual(names)
    expect((await readdir(folder)).sort()).toEqual(names.map(name => `${name}.svg`))
  })

  test.each(names)('has the picture of %s that is drawn today', async name => {
    const kept = await readFile(`${folder}/${name}.svg`, 'utf8')
    expect(pictureDifferences(drawn.get(name)!, kept), 'npm run docs renews the gallery; look at it').toEqual([])
  })

  test('has an index that is up to date', async () => {
    expect(await readFile(index, 'utf8')).toBe(indexPage())
  })

  test('is small', async () => {
    const files = await Promise.all((await readdir(folder)).map(name => readFile(`${folder}/${name}`)))
    expect(files.length).toBeGreaterThan(10)
    expect(files.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(3_000_000)
  })
})

describe('a comparison of pictures', () => {
  const kept = '<path d="M0,10L20.5,30"/><text x="3">41 %</text>'
  test('passes over what nobody sees', () => {
    expect(pictureDifferences('<path d="M0,10.4L20,30.2"/><text x="3.1">41 %</text>', kept)).toEqual([])
  })

  test.each([
    ['a moved point', '<path d="M0,10L20.5,33"/><text x="3">41 %</text>'],
    ['another number', '<path d="M0,10L20.5,30"/><text x="3">44 %</text>'],
    ['another word', '<path d="M0,10L20.5,30"/><text x="3">41 of</text>'],
    ['a mark less', '<path d="M0,10L20.5,30"/>'],
    ['a mark more', `${kept}<rect/>`],
    ['another colour', kept.replace('d=', 'fill="#000000" d=')],
  ])('reports %s', (_, other) => {
    expect(pictureDifferences(other, kept)).not.toEqual([])
    expect(pictureDifferences(kept, other)).not.toEqual([])
  })
})
