import { describe, expect, it } from 'vitest'
import { sobolSequence, sobolWord } from '../../sim/design/sobol.ts'
import { directionNumbers } from '../../sim/design/sobol-directions.ts'

const dimensions = [1, 2, 9, 68, 99, 137, 255]

describe('the Sobol’ sequence', () => {
  it.each([
    [7, [0.875, 0.125, 0.125, 0.875, 0.375, 0.625, 0.875]],
    [994, [0.0986328125, 0.1376953125, 0.9345703125, 0.2021484375, 0.5634765625, 0.5791015625, 0.2666015625]],
    [512, [0.7529296875, 0.6123046875, 0.8505859375, 0.7861328125, 0.5302734375, 0.0224609375, 0.8427734375]],
  ])('has the coordinates of point %i that SciPy 1.17 gives for new-joe-kuo-6', (index, coordinates) => {
    expect(dimensions.map(d => (sobolWord(directionNumbers(d), index) >>> 0) / 4294967296)).toEqual(coordinates)
  })
})

describe('a scrambled sequence', () => {
  const names = Array.from({ length: 256 }, (_, n) => `x${n}`)
  const columns = (seed: string, count: number) => {
    const fill = sobolSequence(names, seed)
    const u = new Float64Array(256)
    return Array.from({ length: count }, (_, index) => {
      fill(index, u)
      return u.slice()
    })
  }

  it('puts one of 256 points in each stratum of every dimension, strictly inside the unit interval', () => {
    const points = columns('3', 256)
    for (let d = 0; d < 256; d++) {
      expect(new Set(points.map(u => Math.floor(256 * u[d]!))).size).toBe(256)
      expect(points.every(u => u[d]! > 0 && u[d]! < 1)).toBe(true)
    }
  })

  it('puts one of 256 points in each 16 × 16 cell of the first two dimensions, as a (0, 8, 2)-net does', () => {
    const cells = new Set(columns('5', 256).map(u => 16 * Math.floor(16 * u[0]!) + Math.floor(16 * u[1]!)))
    expect(cells.size).toBe(256)
  })

  it('is another one for another seed, and uniform over seeds at any index', () => {
    const draws = Array.from({ length: 2000 }, (_, seed) => columns(String(seed), 4)[3]!.slice(0, 2))
    for (const d of [0, 1]) {
      const counts = Array.from({ length: 10 }, (_, bin) => draws.filter(u => Math.floor(10 * u[d]!) === bin).length)
      // Chi-square with 9 degrees of freedom is below 27.9 with probability 0.999.
      expect(counts.reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0)).toBeLessThan(27.9)
    }
  })

  it('integrates a smooth product in five dimensions some hundred times as exactly as plain sampling of the same size', () => {
    const error = (count: number) => {
      const errors = ['1', '2', '3', '4', '5', '6', '7', '8'].map(seed => {
        const values = columns(seed, count).map(u => [0, 1, 2, 3, 4].reduce((f, d) => f * (0.5 + u[d]!), 1))
        return values.reduce((sum, f) => sum + f, 0) / count - 1
      })
      return Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)
    }
    // The standard deviation of the product is 0.7, so plain sampling of 4,096 points errs by 0.011.
    expect(error(4096)).toBeLessThan(0.0002)
  })

  it('is refused beyond the table', () => {
    expect(() => sobolSequence([...names, 'one more'], '1')).toThrow('at most 256')
  })
})
