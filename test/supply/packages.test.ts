import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
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
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Packages = Readonly<Record<string, Entry>>

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const lock: { packages: Packages } = read('package-lock.json')
const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = read('package.json')
const golden: string[] = read('test/golden/packages.json')

const registry = 'https://registry.npmjs.org/'
/** Its script builds what is there already as packages for platforms, and what it builds only makes messages faster. */
const needlessScripts = ['node_modules/msgpackr-extract']
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '')
const entriesOf = (packages: Packages) => Object.entries(packages).filter(([path]) => path !== '')

/** What a user of the package installs, as name@version; one entry stands for all platforms of a package. */
function installed(packages: Packages): string[] {
  const names = entriesOf(packages)
    .filter(([, { dev, devOptional }]) => !dev && !devOptional)
    .map(([path, { version, os }]) => {
      const name = nameOf(path)
      return `${os ? name.replace(new RegExp(`-${os[0]}.*`), '-<platform>') : name}@${version}`
    })
  return [...new Set(names)].sort()
}

/**
 * What is wrong with entries of a lockfile. Packages for other platforms may lack a hash, since not every registry shows
 * them: the exact version comes from the package that names them, and npm never fetches them here.
 */
function problems(packages: Packages): string[] {
  const named = new Map<string, string>()
  for (const { optionalDependencies = {} } of Object.values(packages))
    for (const [name, version] of Object.entries(optionalDependencies)) named.set(name, version)
  const missing = [...named.keys()].filter(name => !entriesOf(packages).some(([path]) => nameOf(path) === name))
  return entriesOf(packages)
    .flatMap(([path, entry]) => {
      const { version, resolved, integrity, link, hasInstallScript, optional, os, cpu, libc } = entry
      const found: string[] = []
      const here =
        (os ?? ['linux']).includes('linux') && (cpu ?? ['x64']).includes('x64') && !(libc ?? []).includes('musl')
      const platform = optional && !here && integrity === undefined && named.get(nameOf(path)) === version
      // Without an address npm asks the registry it is set to; the hash says what it must get.
      if (link || !(resolved ?? registry).startsWith(registry)) found.push(`${path}: not from the registry`)
      if (!platform && !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) found.push(`${path}: no integrity hash`)
      if (hasInstallScript && !needlessScripts.includes(path)) found.push(`${path}: runs a script when it is installed`)
      return found
    })
    .concat(missing.map(name => `${name}: not in the lockfile, so that npm ci refuses it; npm run lock adds it`))
}

/** Packages on the disk that are not the ones of the lockfile. */
function strangers(onDisk: Packages, packages: Packages): string[] {
  return entriesOf(onDisk)
    .filter(([path, { version, integrity }]) => {
      const entry = packages[path]
      return !entry || entry.version !== version || (entry.integrity ?? integrity) !== integrity
    })
    .map(([path]) => path)
}

const npm = (...args: string[]) => {
  const { stdout } = spawnSync('npm', args, { encoding: 'utf8', env: { ...process.env, npm_config_offline: 'true' } })
  return JSON.parse(stdout)
}

describe('the packages a user installs', () => {
  it('are these and no others; a new one is a decision', () => {
    expect(installed(lock.packages)).toEqual(golden)
  })

  it('come from the registry with a hash, and need to run nothing when they are installed', () => {
    expect(entriesOf(lock.packages).length).toBeGreaterThan(100)
    expect(problems(lock.packages)).toEqual([])
  })

  it('are pinned to one version each', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(versions.length).toBeGreaterThan(20)
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('are each justified in the README', () => {
    const readme = readFileSync('README.md', 'utf8')
    const section = readme.split('## Dependencies')[1]!.split('\n## ')[0]!
    for (const name of Object.keys(manifest.dependencies)) expect(section).toContain(name)
  })

  it('are all in the bill of materials that npm writes of what is installed, each with its hash', () => {
    const { components } = npm('sbom', '--sbom-format', 'cyclonedx')
    const names = components.map(({ name, version }: { name: string; version: string }) => `${name}@${version}`)
    const direct = Object.entries(manifest.dependencies).map(([name, version]) => `${name}@${version}`)
    expect(names).toEqual(expect.arrayContaining(direct))
    const known = entriesOf(lock.packages).map(([path, { version }]) => `${nameOf(path)}@${version}`)
    expect(names.filter((name: string) => !known.includes(name))).toEqual([])
    for (const { hashes } of components) expect(hashes).toMatchObject([{ alg: 'SHA-512' }])
  })
})

describe('what is installed here', () => {
  it('is what the lockfile names, and npm finds nothing missing, foreign or invalid', () => {
    expect(strangers(read('node_modules/.package-lock.json').packages, lock.packages)).toEqual([])
    expect(npm('ls', '--all', '--json').problems ?? []).toEqual([])
  })
})

const sound: Entry = {
  version: '1.0.0',
  resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz',
  integrity: `sha512-${'a'.repeat(86)}==`,
}

describe('a planted package', () => {
  it.each([
    ['from elsewhere', { ...sound, resolved: 'git+ssh://git@example.org/x.git' }, 'not from the registry'],
    ['on a link', { ...sound, link: true }, 'not from the registry'],
    ['without a hash', { version: '1.0.0', optional: true, os: ['darwin'] }, 'no integrity hash'],
    ['with an install script', { ...sound, hasInstallScript: true }, 'runs a script'],
    ['with an unseen platform', { ...sound, optionalDependencies: { 'y-darwin-arm64': '1.0.0' } }, 'npm run lock'],
  ])('%s is reported', (_, entry: Entry, problem) => {
    expect(problems({ 'node_modules/x': entry })).toEqual([expect.stringContaining(problem)])
  })

  it('that is sound still changes the list, and is a stranger on the disk', () => {
    expect(problems({ 'node_modules/x': sound })).toEqual([])
    expect(installed({ ...lock.packages, 'node_modules/x': sound })).not.toEqual(golden)
    expect(strangers({ 'node_modules/x': sound }, lock.packages)).toEqual(['node_modules/x'])
    const other = { ...sound, integrity: `sha512-${'b'.repeat(86)}==` }
    expect(strangers({ 'node_modules/x': other }, { 'node_modules/x': sound })).toEqual(['node_modules/x'])
  })
})

describe('the lockfile', () => {
  it('is completed by a script where the registry does not show every platform', () => {
    const folder = mkdtempSync(join(tmpdir(), 'multivector-'))
    const { 'node_modules/@resvg/resvg-js-darwin-arm64': mac, ...others } = lock.packages
    expect(mac).toBeDefined()
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: others }))
    const script = resolve('test/supply/complete-lockfile.js')
    expect(spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' }).stdout).toContain('1 platforms')
    const { packages } = read(join(folder, 'package-lock.json'))
    expect(problems(packages)).toEqual([])
    expect(packages['node_modules/@resvg/resvg-js-darwin-arm64']).toMatchObject({ os: ['darwin'], cpu: ['arm64'] })
    rmSync(folder, { recursive: true })
  })
})
