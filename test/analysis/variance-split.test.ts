import { describe, expect, it } from 'vitest'
import { drawsOf } from '../../sim/analysis/resampling.ts'
import { splitVariance } from '../../sim/analysis/variance-split.ts'
import { normalQuantile } from '../../sim/core/normal.ts'

describe('the split of variance', () => {
  it('is that of the analysis of variance worked by hand', () => {
    // Means 2 and 6: MS between = 2 · (4 + 4) = 16, MS within = (2 + 2) / 2 = 2, so ignorance = (16 − 2) / 2.
    expect(splitVariance('y', [1, 3, 5, 7], 2)).toMatchObject({ chance: 2, ignorance: 7, share: 7 / 9 })
  })

  it('finds known components within 5 % at 4,000 points', () => {
    const draw = drawsOf('1', 'components')
    const normal = () => normalQuantile((draw(4294967296) + 0.5) / 4294967296)
    const values: number[] = []
    for (let k = 0; k < 4000; k++) {
      const point = 2 * normal()
      for (let r = 0; r < 4; r++) values.push(point + 3 * normal())
    }
    const { chance, ignorance } = splitVariance('y', values, 4)
    expect(Math.abs(chance / 9 - 1)).toBeLessThan(0.05)
    expect(Math.abs(ignorance / 4 - 1)).toBeLessThan(0.08)
  })

  it('is all chance where points do not differ, and all ignorance where runs at a point do not', () => {
    expect(splitVariance('y', [1, 2, 1, 2, 1, 2], 2).share).toBe(0)
    expect(splitVariance('y', [1, 1, 2, 2, 3, 3], 2).share).toBe(1)
  })

  it('needs two points with two runs at each', () => {
    expect(() => splitVariance('y', [1, 2, 3], 1)).toThrow('--replications')
    expect(() => splitVariance('y', [1, 2], 2)).toThrow('got 1 with 2')
  })
})
