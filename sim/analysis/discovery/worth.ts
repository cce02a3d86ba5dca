import type { InputColumn } from '../table.ts'

/** How much an input, known alone, tells about being a case. */
export interface Worth {
  readonly input: string
  /** Share of the variance of being a case that the input explains, 0 … 1, corrected for chance. */
  readonly value: number
}

/**
 * Ranks inputs by the correlation ratio of the case indicator over classes of equal size:
 *
 *     η² = Σ n_m (p_m − p)² / (N p (1 − p)),   value = max(0, 1 − (1 − η²) (N − 1) / (N − M))
 *
 * Cost O(inputs × rows), given the orders.
 *
 * @see Kelley (1935) for the correction; Plischke (2010), RESS 95(4), for the use as a first-order index
 */
export function worthOfKnowing(
  inputs: readonly InputColumn[],
  orders: readonly Uint32Array[],
  cases: Uint8Array,
): Worth[] {
  const rows = cases.length
  const classes = Math.max(2, Math.min(20, Math.floor(rows / 25)))
  const p = cases.reduce((sum, one) => sum + one, 0) / rows
  return inputs
    .map(({ name, values, categories }, n) => {
      const order = orders[n]!
      let [between, used, from] = [0, 0, 0]
      while (from < rows) {
        let end = categories ? from + 1 : Math.min(rows, Math.max(from + 1, Math.round(((used + 1) * rows) / classes)))
        while (end < rows && values[order[end]!] === values[order[end - 1]!]) end++
        let found = 0
        for (let k = from; k < end; k++) found += cases[order[k]!]!
        between += (end - from) * (found / (end - from) - p) ** 2
        used++
        from = end
      }
      const explained = between / (rows * p * (1 - p))
      return { input: name, value: Math.max(0, 1 - ((1 - explained) * (rows - 1)) / (rows - used)) }
    })
    .sort((a, b) => b.value - a.value || (a.input < b.input ? -1 : 1))
}
