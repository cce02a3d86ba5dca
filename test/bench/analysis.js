/**
 * Speed of the analyses on a table of 100,000 runs: sensitivity with 30 inputs, discovery with 20, and the reading of such
 * a table. A sort of as many numbers is timed beside them, since machines drift.
 */
import { readTable } from '../../dist/sim/analysis/csv.js'
import { cart } from '../../dist/sim/analysis/discovery/cart.js'
import { prim } from '../../dist/sim/analysis/discovery/prim.js'
import { drawsOf } from '../../dist/sim/analysis/resampling.js'
import { deltaMeasures } from '../../dist/sim/analysis/sensitivity/delta.js'
import { elementaryEffects } from '../../dist/sim/analysis/sensitivity/morris.js'
import { rankCorrelations } from '../../dist/sim/analysis/sensitivity/rank.js'
import { sobolIndices } from '../../dist/sim/analysis/sensitivity/sobol.js'
import { createDesign } from '../../dist/sim/design/design.js'

const rows = 100_000
const draw = drawsOf('1', 'bench')
const uniform = () => (draw(4294967296) + 0.5) / 4294967296

function tableOf(count, f, design = 'monte-carlo') {
  const inputs = Array.from({ length: count }, (_, n) => ({
    name: `x${n + 1}`,
    distribution: { distribution: 'uniform', low: 0, high: 1 },
  }))
  const { fill } = createDesign(inputs, { design, runs: rows, seed: '1' })
  const columns = inputs.map(() => new Float64Array(rows))
  const point = new Float64Array(count)
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    fill(row, point)
    for (let n = 0; n < count; n++) columns[n][row] = point[n]
    values[row] = f(point)
  }
  return {
    rows,
    inputs: inputs.map(({ name }, n) => ({ name, values: columns[n] })),
    outcome: { name: 'y', values },
  }
}

const smooth = x => x.reduce((sum, value, n) => sum + value / (n + 1), 0) + x[0] * x[1]
const planted = x => (uniform() < (x[0] > 0.6 && x[1] < 0.4 ? 0.85 : 0.1) ? 1 : 0)

/** Seconds of processor time, which others on the machine do not change much. */
function seconds(run) {
  const began = process.cpuUsage()
  run()
  return process.cpuUsage(began).user / 1e6
}

function time(name, most, run) {
  const taken = seconds(run)
  const verdict = taken < most ? '' : `  over the ${most} s it may take`
  console.log(`${name.padEnd(46)} ${taken.toFixed(2)} s, ${(taken / sort).toFixed(0)} sorts${verdict}`)
}

const numbers = Float64Array.from({ length: rows }, uniform)
const sorts = Array.from({ length: 9 }, () => seconds(() => numbers.slice().sort())).sort((a, b) => a - b)
const sort = sorts[4]
console.log(`${'sort of 100,000 numbers'.padEnd(46)} ${(1000 * sort).toFixed(1)} ms`)

const thirty = tableOf(30, smooth)
const saltelli = tableOf(30, smooth, 'saltelli')
const morris = tableOf(30, smooth, 'morris')
time('rank correlations, 30 inputs', 10, () => rankCorrelations(thirty))
time('Borgonovo’s δ, 30 inputs', 10, () => deltaMeasures(thirty, '1'))
time('Sobol’ indices, 30 inputs', 10, () => sobolIndices(saltelli, '1'))
time('elementary effects, 30 inputs', 10, () => elementaryEffects(morris, '1'))
const twenty = tableOf(20, planted)
time('PRIM, 20 inputs, the best 12 considered', 10, () => prim(twenty, { seed: '1' }))
time('PRIM, 20 inputs, all of them considered', 10, () => prim(twenty, { seed: '1', considered: 20 }))
time('CART, 20 inputs', 10, () => cart(twenty, { seed: '1' }))

const names = thirty.inputs.map(({ name }) => name)
const lines = Array.from({ length: rows }, (_, row) =>
  [...thirty.inputs.map(({ values }) => values[row]), thirty.outcome.values[row]].join(','),
)
const text = [[...names, 'y'].join(','), ...lines].join('\n')
time('CSV of 30 inputs, read', 10, () => readTable('table.csv', text, { outcome: 'y' }))
console.log(`${'memory at most'.padEnd(46)} ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
