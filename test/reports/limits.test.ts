import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { modelLimits } from '../../reports/sections/limits.ts'

const model = readFileSync('sim/model/README.md', 'utf8')
const sectionOf = (title: string) => model.split(`## ${title}`)[1]!.split('\n## ')[0]!.replace(/\s+/g, ' ')
/** The weak points of the model's document by their number. */
const weak = new Map(
  [...sectionOf('Weak points').matchAll(/(?:^| )(\d+)\. (.*?)(?= \d+\. [A-Zr]|$)/g)].map(match => [
    Number(match[1]),
    match[2]!,
  ]),
)

describe('what a report cannot tell', () => {
  test('has every weak point of the model’s document, and the hindcast', () => {
    expect(weak.size).toBe(12)
    const told = new Set(modelLimits.flatMap(({ from }) => from.map(([place]) => place)))
    expect([...told].filter(place => typeof place === 'number').sort((a, b) => a - b)).toEqual([...weak.keys()])
    expect(told).toContain('hindcast')
  })

  test('says nothing of the model that its document does not say', () => {
    for (const { from } of modelLimits) {
      for (const [place, words] of from) {
        const text = place === 'hindcast' ? sectionOf('What the hindcast says') : weak.get(place)
        expect(text, String(place)).toContain(words)
      }
    }
  })
})
