import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../sim/core/normal.ts'
import { keyOf, philox, philoxActor, philoxActorPair, philoxAt, uniform } from '../../sim/core/random.ts'

interface Known {
  readonly knownAnswers: readonly { counter: number[]; key: [number, number]; words: number[] }[]
  readonly draws: readonly {
    seed: number
    run: number
    actor: number
    tick: number
    purpose: number
    uniforms: number[]
    normals: number[]
  }[]
  readonly normals: readonly { uniform: number; normal: number }[]
}

const known = JSON.parse(readFileSync(new URL('../golden/draws.json', import.meta.url), 'utf8')) as Known
const relative = (got: number, expected: number) => (expected === 0 ? Math.abs(got) : Math.abs(got / expected - 1))
const word = fc.integer({ min: 0, max: 0xffffffff })

function wordsAt(seed: number, run: number, actor: number, tick: number, purpose: number): Int32Array {
  const words = new Int32Array(4)
  philox(words, keyOf(seed), run, actor, tick, purpose)
  return words
}

describe('Philox4x32-10', () => {
  test.each(known.knownAnswers)('gives the published words at counter $counter', ({ counter, key, words }) => {
    const got = new Int32Array(4)
    philox(got, { low: key[0] | 0, high: key[1] | 0 }, counter[0]!, counter[1]!, counter[2]!, counter[3]!)
    expect([...got].map(value => value >>> 0)).toEqual(words)
  })

  test.each(known.draws)('gives the expected draws at seed $seed, run $run, actor $actor', draw => {
    const got = [...wordsAt(draw.seed, draw.run, draw.actor, draw.tick, draw.purpose)].map(uniform)
    expect(got).toEqual(draw.uniforms)
    got.forEach((u, n) => {
      expect(relative(normalQuantile(u), draw.normals[n]!)).toBeLessThanOrEqual(1e-14)
    })
  })

  test('gives the same words when the work is split by actor, and when two addresses go together', () => {
    fc.assert(
      fc.property(word, word, word, word, word, word, word, (low, high, run, actor, tick, one, other) => {
        const key = { low: low | 0, high: high | 0 }
        const [a, b] = [new Int32Array(6), new Int32Array(6)]
        philoxAt(a, key, run, tick, one)
        philoxAt(b, key, run, tick, other)
        const [first, second, both] = [new Int32Array(4), new Int32Array(4), new Int32Array(8)]
        philoxActor(first, a, actor)
        philoxActor(second, b, actor)
        philoxActorPair(both, a, b, actor)
        expect([...both]).toEqual([...first, ...second])
        const whole = new Int32Array(4)
        philox(whole, key, run, actor, tick, other)
        expect([...second]).toEqual([...whole])
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('gives other words when any part of the address changes', () => {
    fc.assert(
      fc.property(word, word, word, word, fc.integer({ min: 0, max: 4 }), (run, actor, tick, purpose, changed) => {
        const address: [number, number, number, number, number] = [77, run, actor, tick, purpose]
        const before = wordsAt(...address)
        address[changed] = (address[changed]! + 1) % 0x100000000
        expect([...wordsAt(...address)]).not.toEqual([...before])
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  test('accepts seeds from 0 to 2^53 − 1 and no others', () => {
    expect(keyOf(0)).toEqual({ low: 0, high: 0 })
    expect(keyOf(Number.MAX_SAFE_INTEGER)).toEqual({ low: -1, high: 0x1fffff })
    for (const seed of [-1, 0.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => keyOf(seed)).toThrow(RangeError)
    }
  })

  test('uniforms are strictly inside 0 and 1', () => {
    for (const value of [0, 1, -1, -2147483648, 2147483647]) {
      expect(uniform(value)).toBeGreaterThan(0)
      expect(uniform(value)).toBeLessThan(1)
    }
  })
})

/** χ² of pairs of uniforms over a table of 16 by 16 cells, 255 degrees of freedom under independence. */
function chiSquare(pairs: number, pair: (n: number) => readonly [number, number]): number {
  const cells = new Float64Array(256)
  for (let n = 0; n < pairs; n++) {
    const [a, b] = pair(n)
    cells[Math.floor(a * 16) * 16 + Math.floor(b * 16)]!++
  }
  const expected = pairs / 256
  return cells.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0)
}

describe('neighbouring streams', () => {
  // The 0.001 and 0.999 quantiles of χ² with 255 degrees of freedom.
  const [low, high] = [190.9, 330.5]
  const first = (...address: Parameters<typeof wordsAt>) => uniform(wordsAt(...address)[0]!)
  const neighbours = {
    runs: (n: number) => [first(5, n, 398, 4, 10), first(5, n + 1, 398, 4, 10)],
    actors: (n: number) => [first(5, n, 51, 4, 10), first(5, n, 52, 4, 10)],
    ticks: (n: number) => [first(5, n, 398, 4, 10), first(5, n, 398, 5, 10)],
    purposes: (n: number) => [first(5, n, 398, 4, 10), first(5, n, 398, 4, 11)],
    seeds: (n: number) => [first(20251010, n, 398, 4, 10), first(20251011, n, 398, 4, 10)],
    words: (n: number) => [...wordsAt(5, n, 398, 4, 10)].slice(0, 2).map(uniform),
  } as unknown as Record<string, (n: number) => readonly [number, number]>

  test.each(Object.entries(neighbours))('of %s are independent of one another', (_, pair) => {
    const statistic = chiSquare(20_000, pair)
    expect(statistic).toBeGreaterThan(low)
    expect(statistic).toBeLessThan(high)
  })

  test('would be found dependent if they were', () => {
    const leaning = (n: number) => {
      const [a, b] = neighbours.runs!(n)
      return [a, n % 10 === 0 ? a : b] as const
    }
    expect(chiSquare(20_000, leaning)).toBeGreaterThan(high)
  })
})
