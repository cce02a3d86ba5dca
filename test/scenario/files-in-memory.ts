import { readFileSync } from 'node:fs'
import { exitCode, UserError } from '../../sim/core/errors.ts'
import { type LoadedScenario, loadScenario, type ScenarioFiles } from '../../sim/scenario/load.ts'
import { type Problem, ScenarioError } from '../../sim/scenario/problem.ts'

export const baseline = readFileSync(new URL('../../scenarios/baseline.yaml', import.meta.url), 'utf8')

/** Scenario files that exist only in a test; `baseline.yaml` is always there. */
export function filesInMemory(texts: Record<string, string>): ScenarioFiles {
  const all = new Map(Object.entries({ 'baseline.yaml': baseline, ...texts }))
  return {
    async read(path) {
      const text = all.get(path)
      if (text === undefined) throw new UserError(exitCode.noInput, `${path}: no such file`)
      return { text, path }
    },
    async resolve(_, reference) {
      return reference
    },
  }
}

export function load(text: string, others: Record<string, string> = {}): Promise<LoadedScenario> {
  return loadScenario('test.yaml', filesInMemory({ ...others, 'test.yaml': text }))
}

/** Everything said about a scenario: its problems, or its warnings when it loads. */
export async function problemsOf(text: string, others: Record<string, string> = {}): Promise<readonly Problem[]> {
  try {
    return (await load(text, others)).warnings
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems
    throw error
  }
}

/** As `line:column code`, the way people look for them. */
export async function placesOf(text: string, others: Record<string, string> = {}): Promise<string[]> {
  return (await problemsOf(text, others)).map(p => `${p.line}:${p.column} ${p.code}`)
}
