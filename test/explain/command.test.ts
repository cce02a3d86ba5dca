import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multivector } from '../cli/command.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multivector-'))
  const scenario = resolve('scenarios/cis-plus-2030.yaml')
  const made = await multivector(
    ['run', scenario, '--runs', '250', '--seed', '9', '--no-report', '--out', 'b', '--quiet'],
    folder,
  )
  expect(made.code).toBe(0)
})
afterAll(() => rm(folder, { recursive: true }))

const explain = (...flags: string[]) => multivector(['explain', 'b', ...flags], folder)
const document = async (...flags: string[]) => {
  const { code, stdout, stderr } = await explain(...flags, '--json')
  expect(stderr).toBe('')
  return { code, value: JSON.parse(stdout) }
}

describe('explain --run', () => {
  it('says that it is the stored run, tells it by quarter and how it was judged', async () => {
    const { code, stdout } = await explain('--run', '7')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^Run 7 of cis-plus-2030, computed again: all \d{3} stored numbers are the same, bit for bit\./,
    )
    expect(stdout).toMatch(/\n20(2[6-9]|30)Q[1-4] {2}\S/)
    expect(stdout).toMatch(/\nOutcome .+, \d\.\d\d ahead of the next/)
    expect(stdout).toContain('Coordination council')
  })

  it('prints inputs, moments, scores and outcome as JSON', async () => {
    const { value } = await document('--run', '7')
    expect(value).toMatchObject({ run: 7, same: true })
    expect(value.moments.length).toBeGreaterThan(10)
    expect(value.moments[0].quarter).toMatch(/^20\d\dQ[1-4]$/)
    expect(Math.max(...(Object.values(value.scores) as number[]))).toBe(value.scores[value.outcome])
    expect(value.indices.gap).toHaveLength(21)
    expect(value.page).toBeNull()
    expect(value.inputs.delivered).toBeGreaterThanOrEqual(0)
  })

  it('writes the run as a page', async () => {
    const { stdout } = await explain('--run', '7', '--page', '--quiet')
    const page = await readFile(stdout.trimEnd().split('Page    ')[1]!, 'utf8')
    expect(page).toContain('Run 7 of cis-plus-2030, computed again')
  })

  it('splits a share by driver and a tier by term, chance and draw', async () => {
    const share = (await document('--run', '7', '--actor', 'kaz', '--domain', 'economic')).value
    expect(share).toMatchObject({ actor: 'KAZ', domain: 'economic', option: 'russia', against: 'own', tick: 20 })
    expect(Math.abs(share.remainder)).toBeLessThan(1e-12)
    const tier = (await document('--run', '7', '--actor', 'UZB', '--institution', 'CISPLUS', '--tick', '12')).value
    expect(tier.decisions).toHaveLength(1)
    expect(tier.decisions[0].tick).toBe(12)
    const words = await explain('--run', '7', '--actor', 'UZB', '--institution', 'CISPLUS', '--tick', '12')
    expect(words.stdout).toMatch(/2028Q4 {2}Uzbekistan and CIS Plus: /)
    expect(words.stdout).toContain('net benefit')
  })

  it('finds what would turn the run, and says with exit 1 that nothing does', async () => {
    const { value } = await document('--run', '7', '--flip', 'capacity_shift')
    expect(value.flips).toHaveLength(1)
    const none = await explain('--run', '7', '--actor', 'EGY', '--institution', 'CSTO', '--flip', 'delivered')
    expect(none.code).toBe(1)
    expect(none.stdout).toContain('No value of delivered turns it')
  })
})

describe('explain of a batch', () => {
  it('compares with the same worlds without an event, a body or a driver', async () => {
    const { stdout } = await explain('--without', 'middle_ports', '--sample', '60')
    expect(stdout).toMatch(
      /The same random worlds with and without the event middle_ports: 60 runs .* it happens in \d+ of 60/,
    )
    expect(stdout).toContain('Kazakhstan')
    const { value } = await document('--without', 'CISPLUS', '--sample', '20')
    expect(value).toMatchObject({
      omission: { kind: 'institution', id: 'CISPLUS' },
      runs: 20,
      concerned: 20,
      turned: [],
    })
    const one = await explain('--without', 'winwin', '--run', '7')
    expect(one.stdout).toContain('run 7')
  })

  it('writes the storylines as a page and as JSON', async () => {
    const { code, stdout } = await explain('--storylines', '--sample', '30')
    expect(code).toBe(0)
    expect(stdout).toMatch(/typical run \d+, contrasts \d+ and \d+/)
    const page = stdout.trimEnd().split('Page    ')[1]!
    expect(await readFile(page, 'utf8')).toContain('<title>Storylines: CIS Plus until 2030</title>')
    const data = JSON.parse(await readFile(page.replace(/html$/, 'json'), 'utf8'))
    expect(data.looked).toBe(250)
    expect(data.attribution.runs).toBe(30)
  })
})

describe('a question that cannot be answered', () => {
  it.each([
    [['--run', '250'], 64, '--run: expected a run of the batch, 0 to 249, got 250'],
    [[], 64, '--run: expected the address of a run'],
    [['--run', '1', '--domain', 'economic'], 64, '--actor: expected the state'],
    [['--run', '1', '--actor', 'KAZ'], 64, 'expected --domain or --institution or --flip'],
    [['--run', '1', '--actor', 'KZA', '--domain', 'economic'], 64, 'did you mean `KAZ`?'],
    [['--run', '1', '--actor', 'KAZ', '--domain', 'economics'], 64, 'did you mean `economic`?'],
    [['--run', '1', '--actor', 'CHN', '--domain', 'economic', '--option', 'china'], 64, 'open to CHN'],
    [['--run', '1', '--actor', 'KAZ', '--domain', 'economic', '--tick', '21'], 64, '0 to 20, got 21'],
    [['--run', '1', '--actor', 'KAZ', '--institution', 'CIS', '--tick', '7'], 64, '4, 8, 12, 16, 20, got 7'],
    [['--run', '1', '--flip', 'deliverd'], 64, 'did you mean `delivered`?'],
    [['--without', 'winwn'], 64, 'did you mean `winwin`?'],
  ])('%j exits with %i and says what was expected', async (flags, code, message) => {
    const ended = await explain(...flags)
    expect(ended.stderr).toContain(message)
    expect(ended.code).toBe(code)
    expect(ended.stdout).toBe('')
  })

  it('names a damaged part', async () => {
    const path = join(folder, 'b', 'parts', '000000', 'rows.parquet')
    const bytes = await readFile(path)
    await writeFile(
      path,
      Uint8Array.from(bytes, (byte, n) => (n === 500 ? byte ^ 1 : byte)),
    )
    const ended = await explain('--run', '3')
    const told = await explain('--storylines')
    await writeFile(path, bytes)
    for (const { code, stderr } of [ended, told]) {
      expect(stderr).toContain('000000')
      expect(code).toBe(65)
    }
  })

  it('finds no batch where there is none', async () => {
    const { code, stderr } = await multivector(['explain', 'nowhere', '--run', '1'], folder)
    expect(code).toBe(66)
    expect(stderr).toContain('nowhere')
  })
})
