import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadLesson } from '../../sim/analysis/lesson/load.ts'
import { exitCode, UserError } from '../../sim/core/errors.ts'
import { isLesson } from '../../sim/scenario/lesson.ts'
import type { ScenarioFiles } from '../../sim/scenario/load.ts'
import { ScenarioError } from '../../sim/scenario/problem.ts'
import { multivector } from '../cli/command.ts'

const template = readFileSync('scenarios/lessons/template.yaml', 'utf8')
/** The shipped scenarios and one lesson, without a disk. */
const filesWith = (lesson: string): ScenarioFiles => ({
  read: async path => ({
    path,
    text: path === 'my.yaml' ? lesson : readFileSync(`scenarios/${path}`, 'utf8'),
  }),
  resolve: async (_, reference) => {
    const name = reference.replace(/^\.\.\//, '')
    if (!/^[a-z0-9-]+\.yaml$/.test(name)) throw new UserError(exitCode.badData, 'expected a file below the folder')
    return name
  },
})

/** Problems of a lesson as `line:column code`, in order. */
async function problemsOf(lesson: string): Promise<string[]> {
  try {
    await loadLesson('my.yaml', filesWith(lesson))
    return []
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    return error.problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)
  }
}

/** The template with one text replaced, and where that text stands in it. */
function broken(from: string, to: string): { lesson: string; place: string } {
  const at = template.indexOf(from)
  if (at === -1) throw new RangeError(`template: expected ${from}`)
  const before = template.slice(0, at).split('\n')
  return { lesson: template.replace(from, to), place: `my.yaml:${before.length}:${before.at(-1)!.length + 1}` }
}

describe('a broken lesson is reported at its line and column', () => {
  test.each([
    ['an unknown world', 'world: changed }\n\n', 'world: chnaged }\n\n', 7, 'unknown-world'],
    ['an unknown quantity', '{ quantity: v, label', '{ quantity: vv, label', 12, 'unknown-quantity'],
    ['an unknown driver', '{ winwin: raises }', '{ winwinn: raises }', 2, 'unknown-driver'],
    ['an unknown state', 'actors: [KAZ, UZB]\n  measure', 'actors: [KAZ, UZX]\n  measure', 14, 'unknown-actor'],
    ['an unknown measure', 'measure: OP', 'measure: OPP', 9, 'unknown-measure'],
    ['an unknown source', 'source: JUDGE', 'source: JUGDE', 8, 'unknown-source'],
    ['a finding without a bound', '    above: 0.05\n', '', undefined, 'finding-bound'],
    ['a share compared with the start', 'quantity: v\n', 'quantity: class=shell\n', undefined, undefined],
    ['a parameter outside its bounds', 'value: 0.9 }', 'value: 9 }', undefined, 'sampled-range'],
    ['an unknown lever', 'delivered: {', 'deliverd: {', 0, 'unknown-parameter'],
    ['a missing key', 'lesson: Title of your lesson\n', 'lesson: x\nlessn: y\n', undefined, 'unknown-key'],
    ['two questions to discuss', '  - Third question?\n', '', undefined, 'discuss-range'],
    [
      'a prediction of no kind',
      'kind: outcomes, world: changed }\n\n# Q',
      'kind: guess }\n\n# Q',
      undefined,
      'kind-choice',
    ],
    ['a scenario that leads out', '../cis-plus-2030.yaml', '../../secret.yaml', 0, 'scenario-path'],
  ])('%s', async (_, from, to, shift, code) => {
    const { lesson, place } = broken(from, to)
    const problems = await problemsOf(lesson)
    if (code === undefined) {
      expect(problems).toEqual([])
      return
    }
    expect(problems.join('\n')).toContain(` ${code}`)
    if (shift !== undefined) {
      const [, line, column] = /:(\d+):(\d+)$/.exec(place)!
      expect(problems[0]).toBe(`my.yaml:${line}:${Number(column) + shift} ${code}`)
    }
  })

  test('all of them at once, and none twice', async () => {
    const lesson = template
      .replace('world: changed }\n\n', 'world: chnaged }\n\n')
      .replace('measure: OP', 'measure: OPP')
      .replace('delivered: {', 'deliverd: {')
    const codes = (await problemsOf(lesson)).map(problem => problem.split(' ')[1])
    expect(codes).toEqual(['unknown-parameter', 'unknown-world', 'unknown-measure'])
  })
})

test('a file is a lesson by its first key, also when it is broken', () => {
  expect(isLesson('a.yaml', template)).toBe(true)
  expect(isLesson('a.yaml', 'lesson: x\n  y: : z')).toBe(true)
  expect(isLesson('a.yaml', 'title: x\nquestion: lesson: y')).toBe(false)
})

test('the command checks lessons and scenarios alike, and runs no lesson', async () => {
  const good = await multivector(['check', 'scenarios/lessons/template.yaml', 'scenarios/free-ticket.yaml'], '.')
  expect(good.code).toBe(0)
  expect(good.stdout).toContain('a lesson of 12 minutes, 2 worlds, 1 finding; no problems')
  expect(good.stdout).toContain('22 actors')
  const run = await multivector(['trace', 'scenarios/lessons/template.yaml'], '.')
  expect(run.code).toBe(65)
  expect(run.stderr).toMatch(/template\.yaml:\d+:1: error\[lesson-file\]: expected a scenario, got a lesson/)
})
