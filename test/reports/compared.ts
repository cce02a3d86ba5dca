import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComparisonResult } from '../../sim/analysis/comparison-result.ts'
import { gateVerdict } from '../../sim/analysis/expectations.ts'
import { compareSides } from '../../sim/cli/compared.ts'
import { namesOf, openSide } from '../../sim/cli/compared-side.ts'
import { judgeExpectations, namesOfDistances } from '../../sim/cli/judged-expectations.ts'
import { serialExecutor } from '../../sim/execute/serial.ts'
import { runBatch } from '../../sim/experiment.ts'
import { loadScenarioFile } from '../../sim/scenario-files.ts'

/** Two shipped scenarios compared over a few runs. */
export async function compared(a: string, b: string, runs = 200): Promise<ComparisonResult> {
  const folder = await mkdtemp(join(tmpdir(), 'compared-'))
  try {
    const [left, right] = await Promise.all(
      [a, b].map(async (name, n) => {
        const { id, document } = await loadScenarioFile(`scenarios/${name}.yaml`)
        const directory = join(folder, `${n}-${id}`)
        await runBatch({ id, document, directory, executor: serialExecutor(), runs })
        return openSide(directory, { workers: 0, allowLarge: false, quiet: true })
      }),
    )
    const found = await compareSides(left!, right!, () => 0.02, namesOfDistances(right!))
    const expectations = await judgeExpectations(right!, found, true)
    const gate = expectations.length === 0 ? null : gateVerdict(expectations)
    return { b: right!.side, compared: found.compared, expectations, gate, people: namesOf(right!) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A comparison with a text in every place where a scenario, a path or a batch may put one. */
export function withText(result: ComparisonResult, text: string): ComparisonResult {
  const side = <S extends ComparisonResult['b']>(one: S, of: string): S => ({
    ...one,
    title: `${of} ${text}`,
    path: `${of}/${text}`,
    id: `id${text}`,
    plan: { ...one.plan, seed: text },
  })
  const { compared: found, expectations, people } = result
  return {
    ...result,
    b: side(result.b, 'b'),
    people: Object.fromEntries(Object.keys(people).map(id => [id, `${id} ${text}`])),
    expectations: expectations.map((each, n) => ({
      ...each,
      verdict: (['met', 'not met', 'inconclusive'] as const)[n % 3]!,
      detail: text,
      expectation: { ...each.expectation, why: text },
      at: { file: text, line: 3 },
    })),
    gate: 'not met',
    compared: found && {
      ...found,
      a: side(found.a, 'a'),
      notes: [text],
      most: found.most && { ...found.most, name: text },
      changes: [
        { section: 'events', path: ['e', text], from: text, to: text },
        { section: text, path: [], from: null, to: text },
      ],
    },
  }
}
