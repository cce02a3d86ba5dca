import { describe, expect, test } from 'vitest'
import { formatProblem, formatProblems } from '../../sim/scenario/problem.ts'
import { problemsOf } from './files-in-memory.ts'

const below = (text: string) => `extends: baseline.yaml\n${text}\n`

describe('the report', () => {
  test('shows the line, carets under the value and the help', async () => {
    const [problem] = await problemsOf('extends: baseline.yaml\nindices:\n  id_share: 1.4\n')
    expect(formatProblem(problem!)).toBe(
      [
        'test.yaml:3:13: error[id_share-range]: expected a number from 0 to 1, got 1.4',
        '   3 |   id_share: 1.4',
        '     |             ^^^',
        '  help: write 0.014 for 1.4 %',
      ].join('\n'),
    )
  })

  test('shows the first twenty problems and counts the others', async () => {
    const text = below(Array.from({ length: 25 }, (_, i) => `zz${i}: 1`).join('\n'))
    const problems = await problemsOf(text)
    expect(problems).toHaveLength(25)
    const report = formatProblems(problems)
    expect(report.match(/error\[/g)).toHaveLength(20)
    expect(report).toMatch(/\nand 5 more; `check --all` lists all 25$/)
  })

  test('is harmless to a terminal whatever the file says', async () => {
    const problems = await problemsOf(below('batch: { design: "\\e[31m\\u202edrow" }'))
    for (const character of ['\u001b', '\u202e']) expect(formatProblems(problems)).not.toContain(character)
    expect(formatProblems(problems)).toContain('design-choice')
  })

  test('keeps carets under the value after tabs and in long lines', async () => {
    const long = below(`groups: { g: { name: ${'x'.repeat(400)}, members: [KZA] } }`)
    const [problem] = await problemsOf(long)
    const lines = formatProblem(problem!).split('\n')
    expect(lines[2]!.indexOf('^')).toBe(lines[1]!.indexOf('KZA'))
    expect(lines[1]!.length).toBeLessThan(140)
  })
})
