import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Entry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const lock: { packages: Record<string, Entry> } = read('../package-lock.json')
const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } =
  read('../package.json')
const entries = Object.entries(lock.packages).filter(([path]) => path !== '')

const registry = 'https://registry.npmjs.org/'

/** What a user of the package installs, as name@version; one entry a platform stands for all of a kind. */
function installed(packages: readonly [string, Entry][]): string[] {
  const names = packages
    .filter(([, { dev, devOptional }]) => !dev && !devOptional)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`)
    .map(name => name.replace(/^(@napi-rs\/nice)-[\w-]+@/, '$1-<platform>@'))
  return [...new Set(names)].sort()
}

/** What is wrong with entries of a lockfile. */
function problems(packages: readonly [string, Entry][]): string[] {
  return packages.flatMap(([path, { resolved, integrity, link, hasInstallScript }]) => {
    const found: string[] = []
    // Without an address npm asks the registry it is set to; the hash says what it must get.
    if (link || !(resolved ?? registry).startsWith(registry)) found.push(`${path}: not from the registry`)
    if (!/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) found.push(`${path}: no integrity hash`)
    if (hasInstallScript) found.push(`${path}: runs a script when it is installed`)
    return found
  })
}

describe('the packages a user installs', () => {
  it('are these and no others; a new one is a decision', () => {
    expect(installed(entries)).toEqual(read('./golden/packages.json'))
  })

  it('come from the registry with a hash, and run nothing when they are installed', () => {
    expect(entries.length).toBeGreaterThan(100)
    expect(problems(entries)).toEqual([])
  })

  it('are pinned to one version each', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(versions.length).toBeGreaterThan(20)
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('are each justified in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const section = readme.split('## Dependencies')[1]!.split('\n## ')[0]!
    for (const name of Object.keys(manifest.dependencies)) expect(section).toMatch(new RegExp(`\\b${name}\\b`))
  })
})

describe('a planted package', () => {
  const sound: Entry = {
    version: '1.0.0',
    resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz',
    integrity: `sha512-${'a'.repeat(86)}==`,
  }
  it.each([
    ['from elsewhere', { ...sound, resolved: 'git+ssh://git@example.org/x.git' }, 'not from the registry'],
    ['on a link', { ...sound, link: true }, 'not from the registry'],
    ['without a hash', { version: '1.0.0', resolved: sound.resolved! }, 'no integrity hash'],
    ['with an install script', { ...sound, hasInstallScript: true }, 'runs a script'],
  ])('%s is reported', (_, entry, problem) => {
    expect(problems([['node_modules/x', entry]])).toEqual([expect.stringContaining(problem)])
  })

  it('that is sound still changes the list', () => {
    expect(problems([['node_modules/x', sound]])).toEqual([])
    expect(installed([...entries, ['node_modules/x', sound]])).not.toEqual(read('./golden/packages.json'))
  })
})
