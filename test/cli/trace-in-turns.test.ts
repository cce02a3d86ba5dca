import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { traceRun } from '../../sim/model/trace.ts'
import { loadScenarioFile } from '../../sim/scenario-files.ts'
import { multivector } from './command.ts'

// Simulators of one process share an engine; a process of its own has none to share.
test('a run is the same in a process of its own and after runs of other scenarios', async () => {
  const names = ['baseline', 'cis-plus-2030', 'corridor-boom', 'without-cis-plus', 'strict-obligations', 'baseline']
  const paths = names.map(name => resolve('scenarios', `${name}.yaml`))
  const documents = await Promise.all(paths.map(async path => (await loadScenarioFile(path)).document))
  const traces = documents.map(document => traceRun(document, { seed: '8', run: 3, set: { sigma: 0.01 } }))
  const short = traceRun(documents[0]!, { seed: '8', run: 3, set: { sigma: 0.01, horizon: 9 } })
  for (const [n, path] of paths.entries()) {
    const asked = ['trace', path, '--seed', '8', '--run', '3', '--set', 'sigma=0.01', '--json']
    const { stdout } = await multivector(asked, '.')
    expect(JSON.parse(stdout), names[n]).toMatchObject(JSON.parse(JSON.stringify(traces[n])))
  }
  expect(short.indices.gap).toEqual(traces[0]!.indices.gap!.slice(0, 10))
  expect(traces[1]!.indices).not.toEqual(traces[0]!.indices)
  expect(traces[5]).toEqual(traces[0])
})
