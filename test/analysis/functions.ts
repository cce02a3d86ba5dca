import type { Table } from '../../sim/analysis/table.ts'
import { createDesign } from '../../sim/design/design.ts'
import type { DesignName } from '../../sim/design/plan.ts'

/** A table of a function of d uniforms on the unit interval, over a design. */
export function tableOf(
  f: (u: readonly number[]) => number,
  d: number,
  design: DesignName,
  runs: number,
  seed = '1',
): Table {
  const inputs = Array.from({ length: d }, (_, n) => ({
    name: `x${n + 1}`,
    distribution: { distribution: 'uniform', low: 0, high: 1 } as const,
  }))
  const { fill } = createDesign(inputs, { design, runs, seed })
  const columns = inputs.map(() => new Float64Array(runs))
  const values = new Float64Array(d)
  const y = new Float64Array(runs)
  for (let run = 0; run < runs; run++) {
    fill(run, values)
    for (let n = 0; n < d; n++) columns[n]![run] = values[n]!
    y[run] = f([...values])
  }
  return {
    rows: runs,
    inputs: inputs.map(({ name }, n) => ({ name, values: columns[n]! })),
    outcome: { name: 'y', values: y },
  }
}

/** Ishigami & Homma (1990), a = 7, b = 0.1, from uniforms. */
export function ishigami(u: readonly number[]): number {
  const [a, b, c] = u.map(x => Math.PI * (2 * x - 1)) as [number, number, number]
  return Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a)
}

/** Weights of the g-function of Sobol', as in Saltelli et al. (2008), Global sensitivity analysis: the primer. */
export const gWeights = [0, 1, 4.5, 9, 99, 99, 99, 99]

/** Π (|4u − 2| + a) / (1 + a). */
export function gFunction(u: readonly number[]): number {
  return u.reduce((product, x, n) => (product * (Math.abs(4 * x - 2) + gWeights[n]!)) / (1 + gWeights[n]!), 1)
}

/** First and total indices of the g-function in closed form. */
export function gIndices(): { first: number[]; total: number[] } {
  const partial = gWeights.map(a => 1 / (3 * (1 + a) ** 2))
  const all = partial.reduce((product, v) => product * (1 + v), 1)
  return { first: partial.map(v => v / (all - 1)), total: partial.map(v => (v * all) / (1 + v) / (all - 1)) }
}

const sign = (n: number) => (n % 2 === 0 ? 1 : -1)

/** Coefficients of Morris (1991), section 5, with alternating ones in place of the small random ones. */
const single = (i: number) => (i <= 10 ? 20 : sign(i))
const pair = (i: number, j: number) => (j <= 6 ? -15 : sign(i + j))

/** Transformed input i of the 20-input function. */
function w(i: number, x: number): number {
  return [3, 5, 7].includes(i) ? 2 * ((1.1 * x) / (x + 0.1) - 0.5) : 2 * (x - 0.5)
}

/** The 20-input function of Morris (1991). */
export function morrisFunction(u: readonly number[]): number {
  const z = u.map((x, n) => w(n + 1, x))
  let y = 0
  for (let i = 1; i <= 20; i++) {
    y += single(i) * z[i - 1]!
    for (let j = i + 1; j <= 20; j++) y += pair(i, j) * z[i - 1]! * z[j - 1]!
  }
  for (let i = 1; i <= 5; i++)
    for (let j = i + 1; j <= 5; j++) for (let l = j + 1; l <= 5; l++) y -= 10 * z[i - 1]! * z[j - 1]! * z[l - 1]!
  return y + 5 * z[0]! * z[1]! * z[2]! * z[3]!
}

/** Mean elementary effect of each input, exactly: inputs are independent on the grid 0, 1/3, 2/3, 1. */
export function morrisMeans(): number[] {
  const grid = [0, 1 / 3, 2 / 3, 1]
  const mean = Array.from({ length: 20 }, (_, n) => grid.reduce((sum, x) => sum + w(n + 1, x) / 4, 0))
  const slope = (i: number) => [0, 1 / 3].reduce((sum, x) => sum + (w(i, x + 2 / 3) - w(i, x)) / (2 / 3) / 2, 0)
  return mean.map((_, n) => {
    const i = n + 1
    // The function is linear in each transformed input, so the means of the others stand for them.
    const at = (z: number) => {
      const held = mean.map((m, k) => (k === n ? z : m))
      return polynomial(held)
    }
    return slope(i) * (at(1) - at(0))
  })
}

function polynomial(z: readonly number[]): number {
  // `morrisFunction` on inputs that already are transformed.
  const back = z.map((value, n) => {
    if (![3, 5, 7].includes(n + 1)) return value / 2 + 0.5
    const share = value / 2 + 0.5
    return (0.1 * share) / (1.1 - share)
  })
  return morrisFunction(back)
}
