import { describe, expect, it } from 'vitest'
import { looksOf, meanHalfWidth, parseTargets, runsNeeded, shareHalfWidth } from '../../sim/analysis/convergence.ts'
import { wilson } from '../../sim/analysis/intervals.ts'
import { drawsOf } from '../../sim/analysis/resampling.ts'

describe('looks', () => {
  it('double up to the most and spend 5 % in all', () => {
    const looks = looksOf(1000, 40_000)
    expect(looks.map(({ runs }) => runs)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 40_000])
    expect(looks.reduce((sum, { alpha }) => sum + alpha, 0)).toBeCloseTo(0.05, 12)
    expect(looksOf(500, 500)).toEqual([{ runs: 500, alpha: 0.05 }])
  })

  it('keep the coverage of the share a batch stops at above 95 %, where plain 95 % intervals lose it', () => {
    const rates = { spent: 0, plain: 0 }
    const batches = 1000
    for (let batch = 0; batch < batches; batch++) {
      const draw = drawsOf(String(batch), 'coverage')
      const looks = looksOf(100, 1600)
      let [runs, count] = [0, 0]
      const held = { spent: false, plain: false }
      const open = new Set(['spent', 'plain'] as const)
      for (const look of looks) {
        for (; runs < look.runs; runs++) if (draw(10) === 0) count++
        for (const rule of open) {
          const alpha = rule === 'spent' ? look.alpha : 0.05
          // Half-widths that many batches meet at each of the looks.
          if (shareHalfWidth(count, runs, alpha) > 0.03 && look !== looks.at(-1)) continue
          const { lower, upper } = wilson(count, runs, 1 - alpha)
          held[rule] = lower <= 0.1 && 0.1 <= upper
          open.delete(rule)
        }
      }
      for (const rule of ['spent', 'plain'] as const) if (held[rule]) rates[rule] += 1 / batches
    }
    expect(rates.spent).toBeGreaterThan(0.95)
    expect(rates.plain).toBeLessThan(rates.spent)
  })
})

describe('half-widths', () => {
  it('are 1.96 sd / √n of a mean at 5 %', () => {
    expect(meanHalfWidth(2, 400, 0.05)).toBeCloseTo(0.195996, 6)
  })

  it('are halved by four times the runs', () => {
    expect(runsNeeded(500, meanHalfWidth(1, 500, 0.05), meanHalfWidth(1, 2000, 0.05))).toBe(2000)
  })
})

describe('targets', () => {
  it('are names with half-widths', () => {
    expect(parseTargets('gap=0.005, share=1e-2')).toEqual([
      { quantity: 'gap', halfWidth: 0.005 },
      { quantity: 'share', halfWidth: 0.01 },
    ])
  })

  it.each(['', 'gap', 'gap=', 'gap=0', 'gap=-1', 'gap=x', 'gap=0.1,,share=1'])('%j is refused', text => {
    expect(() => parseTargets(text)).toThrow('--until: expected half-widths')
  })
})
