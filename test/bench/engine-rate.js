/** Runs the engine at the baseline for so many seconds once it is warm, and prints runs a second: `node engine-rate.js <seconds>`. */
import { keyOf } from '../../dist/sim/core/random.js'
import { createModel } from '../../dist/sim/model/model.js'
import { createSimulator } from '../../dist/sim/model/simulate.js'
import { compileScenario } from '../../dist/sim/scenario/compile.js'
import { loadScenarioFile } from '../../dist/sim/scenario-files.js'

const { document } = await loadScenarioFile('scenarios/baseline.yaml')
const scenario = compileScenario(document)
const simulator = createSimulator(createModel(scenario))
const key = keyOf(1)
function runsIn(seconds) {
  const began = performance.now()
  let runs = 0
  while (performance.now() - began < 1000 * seconds) {
    for (let n = 0; n < 50; n++) simulator.simulate(key, runs++, scenario.parameters)
  }
  return (1000 * runs) / (performance.now() - began)
}
runsIn(1)
console.log(runsIn(Number(process.argv[2])))
