import { describe, expect, test } from 'vitest'
import { placesOf, problemsOf } from './files-in-memory.ts'

const below = (text: string) => `extends: baseline.yaml\n${text}\n`

describe('a mistake in what is sampled', () => {
  const even = (high: number) => `{ distribution: uniform, low: 0, high: ${high} }`

  test('a parameter is an uncertainty or a lever, and what is reported is the one that came later', async () => {
    const ticket = `{ ticket: ${even(0.1)} }`
    expect(await placesOf(below(`levers: ${ticket}\nuncertainties: ${ticket}`))).toEqual(['2:11 sampled-twice'])
    for (const [parent, child] of [
      ['levers', 'uncertainties'],
      ['uncertainties', 'levers'],
    ]) {
      const others = { 'parent.yaml': below(`${parent}: ${ticket}`) }
      const [problem, ...more] = await problemsOf(`extends: parent.yaml\n\n${child}: ${ticket}\n`, others)
      expect(problem).toMatchObject({ code: 'sampled-twice', file: 'test.yaml', line: 3 })
      expect(problem!.help).toContain(`\`${parent}: { ticket: null }\``)
      expect(more).toEqual([])
    }
  })

  describe('on a value and a distribution of one parameter', () => {
    const sampling = { 'parent.yaml': below(`levers: { delivered: ${even(1)} }`) }

    test('is a value over a file that samples it: the distribution would win', async () => {
      const text = 'extends: parent.yaml\nparameters: { delivered: 0 }\n'
      const [problem, ...more] = await problemsOf(text, sampling)
      expect(problem).toMatchObject({
        severity: 'error',
        code: 'value-unheard',
        file: 'test.yaml',
        line: 2,
        column: 15,
      })
      expect(problem!.message).toContain('which parent.yaml gives a distribution under `levers`, got 0')
      expect(problem!.help).toContain('`levers: { delivered: { distribution: fixed, value: 0 } }`')
      expect(more).toEqual([])
    })

    test('is found through more than one file, and in a figure', async () => {
      const others = { ...sampling, 'middle.yaml': 'extends: parent.yaml\ntitle: middle\n' }
      const figure = '{ value: 0.3, source: JUDGE, grade: D }'
      const text = `extends: middle.yaml\nparameters: { delivered: ${figure} }\n`
      expect(await placesOf(text, others)).toEqual(['2:15 value-unheard'])
    })

    test('is not a distribution over a file that gives a value, nor both in one file', async () => {
      const valued = { 'parent.yaml': below('parameters: { delivered: 0.4 }') }
      expect(await problemsOf(`extends: parent.yaml\nlevers: { delivered: ${even(1)} }\n`, valued)).toEqual([])
      expect(await problemsOf(below(`parameters: { delivered: 0.4 }\nlevers: { delivered: ${even(1)} }`))).toEqual([])
    })

    test('is not a value with the sampling taken out', async () => {
      const text = 'extends: parent.yaml\nlevers: { delivered: null }\nparameters: { delivered: 0 }\n'
      expect(await problemsOf(text, sampling)).toEqual([])
    })
  })
})
