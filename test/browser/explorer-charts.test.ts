import { describe, expect, test } from 'vitest'
import { executablePath, needs, settled, useExplorer } from './explorer-page.ts'

describe.skipIf(executablePath === undefined)(`a chart of the explorer in Chromium${needs}`, () => {
  const { written, opened } = useExplorer()

  test.each(['', '&set.delivered=0.9'])('gives the change of a gap alike in the plane and on the map%s', async set => {
    const viewport = { width: 1280, height: 4000 }
    const { page } = await opened(`${await written()}#explore&runs=200${set}`, { viewport })
    await settled(page)
    const changes = (figure: string) =>
      page.$$eval(`#figure-${figure} text[data-actor]`, all => all.map(one => one.textContent!))
    const plane = await changes('plane')
    expect(plane).toHaveLength(9)
    expect(plane.filter(text => !/^[A-Z]{3} [+−]?\d\.\d{3}$/.test(text))).toEqual([])
    expect((await changes('map')).filter(text => text.includes(' ')).sort()).toEqual(plane.sort())
    const captions = await page.$$eval('#figure-plane figcaption, #figure-map figcaption', all =>
      all.map(one => one.textContent!),
    )
    const words = set
      ? 'the mean over runs of the change of the gap against'
      : 'the median over runs of the change of the gap since'
    for (const caption of captions) expect(caption).toContain(words)
    expect(captions[0]).toContain('Largest ring: the state shown in depth')
    await page.context().close()
  })

  test('explains bars of causes, blue where they lead away from Russia: a wider gap, less alignment', async () => {
    const { page } = await opened(`${await written()}#explore&runs=200`, { viewport: { width: 1280, height: 4000 } })
    await settled(page)
    const colours = await page.$$eval('#figure-causes svg', all =>
      all.map(picture =>
        [...picture.querySelectorAll('rect')].map((bar, n) => {
          const number = picture.querySelectorAll('text[font-size="13"]')[n]!.textContent!
          return `${number[0]} ${bar.getAttribute('fill')}`
        }),
      ),
    )
    const clear = colours.map(bars => [...new Set(bars.filter(bar => /^[+−]/.test(bar)))].sort())
    expect(clear).toEqual([
      ['+ var(--away3)', '− var(--toward3)'],
      ['+ var(--toward3)', '− var(--away3)'],
      ['+ var(--toward3)', '− var(--away3)'],
    ])
    const caption = await page.textContent('#figure-causes figcaption')
    expect(caption).toContain('Bars to the right widen the gap or raise the alignment')
    expect(caption).toContain('Blue is away from Russia')
    await page.context().close()
  })
})
