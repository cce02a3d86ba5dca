import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Workflow {
  readonly on: unknown
  readonly permissions: Record<string, string>
  readonly env?: Record<string, string>
  readonly jobs: Record<string, { readonly env?: Record<string, string>; readonly steps: readonly Step[] }>
}

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly with?: Record<string, unknown>
}

/** The workflows of the document by their file. */
const workflows = Object.fromEntries(
  [
    ...readFileSync('reports/comparison/README.md', 'utf8').matchAll(
      /```yaml\n# (\.github\/workflows\/\S+)\n([\s\S]*?)```/g,
    ),
  ].map(([, name, text]) => [name!, parse(text!) as Workflow]),
)
const build = workflows['.github/workflows/scenarios.yml']!
const post = workflows['.github/workflows/scenarios-comment.yml']!
const stepsOf = (workflow: Workflow) => Object.values(workflow.jobs).flatMap(({ steps }) => steps)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'multivector-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a step as GitHub does, in the folder, with the command that was built here. */
function runStep(workflow: Workflow, name: string, env: Record<string, string> = {}) {
  const { run } = stepsOf(workflow).find(step => step.name === name)!
  const script = run!.replaceAll('npx multivector', `"${process.execPath}" "${resolve('dist/command/main.js')}"`)
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...workflow.env, ...env },
  })
  return { status, stdout, stderr }
}

const inFolder = (name: string) => readFileSync(join(folder, name), 'utf8')
const has = (tool: string) => spawnSync('bash', ['-c', `command -v ${tool}`]).status === 0

describe('the workflow that builds', () => {
  const scenario = build.env!.SCENARIO!

  beforeAll(() => {
    cpSync('scenarios', join(folder, 'scenarios'), { recursive: true })
    const main = join(folder, 'scenarios', 'cis-plus-2030.yaml')
    const text = readFileSync(main, 'utf8')
    expect(text).toContain('runs: 10000')
    writeFileSync(main, text.replace('runs: 10000', 'runs: 300'))
    mkdirSync(join(folder, 'base'))
    cpSync(join(folder, 'scenarios'), join(folder, 'base', 'scenarios'), { recursive: true })
  })

  const compare = () => {
    writeFileSync(join(folder, 'summary.md'), '')
    return runStep(build, 'Compare', { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') })
  }

  it('says of an unchanged scenario that it is unchanged, also the second time', () => {
    for (const time of [1, 2]) {
      const { status, stdout, stderr } = compare()
      expect([status, stderr], String(time)).toEqual([0, ''])
      expect(stdout).toMatch(
        /^::notice title=Comparison::Unchanged: scenarios\/\S+ gives the same numbers as base\/\S+ in/,
      )
      expect(inFolder('summary.md')).toContain('> Unchanged: ')
      expect(inFolder('summary.md')).toContain('> All 3 expectations are met.')
    }
  })

  it('says of a changed one that it changed, names the state, and fails when something is not met', () => {
    const file = join(folder, scenario)
    const text = readFileSync(file, 'utf8')
    const changed = text.replace(
      'delivered: { distribution: uniform, low: 0, high: 0.2 }',
      'delivered: { distribution: fixed, value: 1 }',
    )
    expect(changed).not.toBe(text)
    writeFileSync(file, changed)
    const { status, stdout } = compare()
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /^::error file=scenarios\/win-win-in-words\.yaml,line=\d+,title=words_hollow_out%3A not met::/m,
    )
    expect(stdout).toMatch(/^::notice title=Comparison::Changed: .* is affected most of the core states: /m)
    expect(inFolder('summary.md')).toMatch(/> Changed: .* is affected most of the core states/)
    expect(inFolder('summary.md')).toMatch(/\| levers \| delivered \| uniform 0 to 0\.2 → fixed 1 \|/)
    for (const name of ['comparison.html', 'comparison.md', 'comparison.json', 'junit.xml'])
      expect(inFolder(join('comparison', name)).length, name).toBeGreaterThan(500)
  })

  it('takes an inconclusive gate for no failure', () => {
    const file = join(folder, scenario)
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/expect:[\s\S]*/, 'expect: { edge: { mean: gap, at_least: 0.2 } }\n'),
    )
    const direct = spawnSync(
      process.execPath,
      [resolve('dist/command/main.js'), 'compare', scenario, '--gate', '--json'],
      { cwd: folder, encoding: 'utf8' },
    )
    const { value } = JSON.parse(direct.stdout).comparisons[0].expectations[0].found
    writeFileSync(file, readFileSync(file, 'utf8').replace('at_least: 0.2', `at_least: ${value}`))
    const { status, stdout } = compare()
    expect(stdout).toContain('::warning file=')
    expect(status).toBe(0)
  })
})

const missing = ['unzip', 'zip', 'jq', 'iconv'].filter(tool => !has(tool))
const needs = missing.length === 0 ? '' : ` (skipped: no ${missing.join(', ')})`

describe.skipIf(missing.length > 0)(`the workflow that posts${needs}`, () => {
  const comparison = '<!-- multivector:comparison:win-win-in-words -->\n\n# Title\n\n> Changed: é\n'
  const artefact = (text: string | Buffer) => {
    rmSync(join(folder, 'comparison.zip'), { force: true })
    mkdirSync(join(folder, 'packed'), { recursive: true })
    writeFileSync(join(folder, 'packed', 'comparison.md'), text)
    expect(spawnSync('zip', ['-qj', 'comparison.zip', 'packed/comparison.md'], { cwd: folder }).status).toBe(0)
    return runStep(post, 'Read the artefact as text').status
  }

  it('takes a comparison as it is', () => {
    expect(artefact(comparison)).toBe(0)
    expect(inFolder('comment.md')).toBe(comparison)
  })

  it('mentions nobody and shows no picture, whatever the artefact says', () => {
    expect(artefact(`${comparison}@team @a/b ![x](https://example.com/x.png)\n`)).toBe(0)
    expect(inFolder('comment.md')).not.toMatch(/@\w|!\[/)
  })

  it('refuses what does not begin as a comparison, and cuts what is too long', () => {
    expect(artefact('# Another\n')).not.toBe(0)
    expect(artefact(' <!-- multivector:comparison:x -->\n')).not.toBe(0)
    expect(artefact(Buffer.concat([Buffer.from(comparison), Buffer.alloc(9e6, 'é')]))).toBe(0)
    expect(Buffer.byteLength(inFolder('comment.md'))).toBeLessThanOrEqual(200_000)
    expect(inFolder('comment.md')).not.toContain('\ufffd')
  })

  it('finds the pull request whose head is what was built, and no other', () => {
    const environment = join(folder, 'env')
    const numberFor = (pulls: object[]) => {
      writeFileSync(join(folder, 'pulls.json'), JSON.stringify(pulls))
      writeFileSync(environment, '')
      const { status } = runStep(post, 'Find the number', { SHA: 'abc', GITHUB_ENV: environment })
      return [status, readFileSync(environment, 'utf8')]
    }
    expect(
      numberFor([
        { number: 4, head: { sha: 'x' } },
        { number: 12, head: { sha: 'abc' } },
      ]),
    ).toEqual([0, 'NUMBER=12\n'])
    expect(numberFor([{ number: 4, head: { sha: 'x' } }])).toEqual([1, ''])
    expect(numberFor([{ number: '1\nX=1', head: { sha: 'abc' } } as never])).toEqual([1, ''])
  })

  it('finds its own comment, on any page, and takes nobody else’s for it', () => {
    expect(artefact(comparison)).toBe(0)
    const body = `${comparison}more`
    const mine = { id: 7, user: { login: 'github-actions[bot]' }, body }
    const idIn = (...pages: object[][]) => {
      writeFileSync(join(folder, 'comments.json'), pages.map(page => JSON.stringify(page)).join('\n'))
      expect(runStep(post, 'Find the comment').status).toBe(0)
      return inFolder('id').trim()
    }
    expect(idIn([{ ...mine, id: 3, user: { login: 'somebody' } }], [{ ...mine, id: 5, body: 'x' }, mine])).toBe('7')
    expect(idIn([{ ...mine, user: { login: 'somebody' } }])).toBe('')
    expect(idIn([])).toBe('')
  })
})

describe('the workflows', () => {
  it('build with no right but to read, and no secret', () => {
    expect(build.permissions).toEqual({ contents: 'read' })
    expect(JSON.stringify(build)).not.toMatch(/secrets|github\.token|pull_request_target/)
    expect(build.on).toBe('pull_request')
    for (const step of stepsOf(build).filter(({ uses }) => uses?.startsWith('actions/checkout')))
      expect(step.with).toMatchObject({ 'persist-credentials': false })
  })

  it('post without the code of the pull request', () => {
    expect(post.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' })
    expect(post.on).toEqual({
      workflow_run: { workflows: [(build as unknown as { name: string }).name], types: ['completed'] },
    })
    for (const { uses, run } of stepsOf(post)) {
      expect(uses).toBeUndefined()
      expect(run).not.toMatch(/\b(?:npm|npx|node|git|eval|source)\b/)
    }
  })

  it('put nothing of an event into a script, where it would be run', () => {
    for (const { run } of [...stepsOf(build), ...stepsOf(post)]) expect(run ?? '').not.toContain('${{')
  })

  it('quote every variable of a script', () => {
    const variables = stepsOf(post).flatMap(({ run }) => run?.match(/.?\$[A-Za-z]\w*.?/g) ?? [])
    expect(variables.length).toBeGreaterThan(8)
    const scripts = stepsOf(post).map(({ run }) => run ?? '')
    for (const script of scripts) expect(script.replace(/"[^"]*"|'[^']*'/g, ''), script).not.toMatch(/\$[A-Za-z]/)
  })
})
