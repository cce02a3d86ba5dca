import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPageData } from '../../reports/explorer/explorer-page.ts'
import { createShelf } from '../../reports/explorer/scenario-shelf.ts'
import { multivector } from './command.ts'

describe('multivector explore', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explore-'))
    await symlink(resolve('scenarios'), join(folder, 'scenarios'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const dataOf = async (name: string) => readPageData(await readFile(join(folder, name), 'utf8'))

  test('writes one page with every scenario, and names it', async () => {
    const { code, stdout, stderr } = await multivector(['explore', '--no-open'], folder)
    expect([code, stdout, stderr]).toEqual([0, `${join(folder, 'explorer.html')}\n`, ''])
    const { scenarios, start, map } = await dataOf('explorer.html')
    expect(start).toBe('scenarios/cis-plus-2030.yaml')
    expect(Object.keys(scenarios).length).toBeGreaterThan(15)
    expect(scenarios['scenarios/baseline.yaml']).toBe(await readFile('scenarios/baseline.yaml', 'utf8'))
    expect(map.length).toBeGreaterThan(100)
  })

  test('opens with a scenario of the user, whose files replace none of its own', async () => {
    const base = `${await readFile('scenarios/baseline.yaml', 'utf8')}\n# another one\n`
    await writeFile(join(folder, 'baseline.yaml'), base)
    await writeFile(join(folder, 'mine.yaml'), 'extends: baseline.yaml\ntitle: </script><b>Mine</b>\n')
    const call = ['explore', 'mine.yaml', '--no-open', '--json', '--out', 'mine.html']
    const { code, stdout } = await multivector(call, folder)
    expect(code).toBe(0)
    const page = join(folder, 'mine.html')
    expect(JSON.parse(stdout)).toEqual({ page, bytes: (await readFile(page)).length, scenario: 'mine.yaml' })
    const { scenarios, start } = await dataOf('mine.html')
    expect(start).toBe('own/mine.yaml')
    expect(scenarios['own/baseline.yaml']).toBe(base)
    expect(scenarios['scenarios/baseline.yaml']).not.toBe(base)
    expect(await readFile(page, 'utf8')).not.toContain('<b>Mine')
  })

  test('keeps a base that has the name of the scenario itself', async () => {
    await mkdir(join(folder, 'sub'))
    await writeFile(join(folder, 'sub', 'twin.yaml'), await readFile('scenarios/baseline.yaml', 'utf8'))
    await writeFile(join(folder, 'twin.yaml'), 'extends: sub/twin.yaml\ntitle: Outer\n')
    expect((await multivector(['explore', 'twin.yaml', '--no-open', '--out', 'twin.html'], folder)).code).toBe(0)
    const { scenarios, start } = await dataOf('twin.html')
    expect(start).toBe('own/twin.yaml')
    const shelf = createShelf(scenarios, start)
    expect((await shelf.load(start)).document.title).toBe('Outer')
  })

  test.each([
    [['explore', 'none.yaml'], 66, 'none.yaml: no such file'],
    [['explore', 'broken.yaml'], 65, 'broken.yaml:1:1: error[missing-key]'],
    [['explore', '--out', 'no/such/folder/page.html'], 73, 'no/such/folder'],
    [['explore', '--seed', '1'], 64, 'Unknown argument'],
  ])('%j ends with %i and writes nothing', async (call, expected, message) => {
    await writeFile(join(folder, 'broken.yaml'), 'question: and the title?\n')
    const { code, stdout, stderr } = await multivector([...call, '--no-open'], folder)
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toContain(message)
  })
})
