import { expect, it } from 'vitest'
import { packed, packedFloats } from '../../sim/core/packed.ts'

it('puts columns of every kind behind each other, each where its numbers may begin', () => {
  const bytes = packed(Uint8Array.of(1, 2, 3))
  const floats = packed(Float64Array.of(0.5, -0.5))
  const whole = packed(Int32Array.of(7))
  const zeros = packedFloats(2)
  expect([[...bytes], [...floats], [...whole], [...zeros]]).toEqual([[1, 2, 3], [0.5, -0.5], [7], [0, 0]])
  expect(new Set([bytes, floats, whole, zeros].map(column => column.buffer)).size).toBe(1)
  expect([floats, whole, zeros].map(column => column.byteOffset - bytes.byteOffset)).toEqual([8, 24, 32])
})

it('copies, and takes new memory for what does not fit', () => {
  const own = Float64Array.of(1)
  const copy = packed(own)
  own[0] = 2
  expect(copy[0]).toBe(1)
  const large = packedFloats(100_000)
  const next = packedFloats(100_000)
  expect([large.length, next.length]).toEqual([100_000, 100_000])
  expect(large.buffer).not.toBe(next.buffer)
})
