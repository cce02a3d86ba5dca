import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = 'dist/command'
const scripts = (readdirSync(folder, { recursive: true }) as string[]).filter(name => name.endsWith('.js'))
const texts = scripts.map(name => readFileSync(join(folder, name), 'utf8'))
const sourcesIn = (place: string) =>
  readdirSync(place)
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(place, name), 'utf8'))
const packageOf = (path: string) => /^(?:@[^/]+\/)?[^/]+/.exec(path)![0]
const found = (pattern: RegExp) => texts.flatMap(text => [...text.matchAll(pattern)].map(match => match[1]!))
const imported = [
  ...found(/^(?:import|export) (?:[^'"\n]+ from )?"([^."][^"]*)"/gm),
  ...found(/\bimport\("([^."][^"]*)"\)/g),
]
const outside = [...new Set(imported.filter(name => !isBuiltin(name)).map(packageOf))].sort()
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }

describe('the bundle of the command', () => {
  it('is executable, also after a build that npm did not link', () => {
    expect(() => accessSync(join(folder, 'main.js'), constants.X_OK)).not.toThrow()
  })

  it('imports from outside only what is installed with it', () => {
    // Vega asks whether there is a canvas, and goes on without.
    expect(outside).toEqual(['@resvg/resvg-js', 'bullmq', 'canvas', 'ioredis', 'piscina'])
    expect(outside.filter(name => dependencies[name] === undefined)).toEqual(['canvas'])
  })

  it('leaves constants of the engine constant: V8 computes a sixth slower with variables', () => {
    const engine = ['sim/core', 'sim/model', 'sim/model/mechanisms'].flatMap(place => sourcesIn(place))
    const names = engine.flatMap(text => [...text.matchAll(/^(?:export )?const (\w+)/gm)].map(match => match[1]!))
    const kept = new Set(found(/^const (\w+)/gm))
    const turned = new Set(found(/^(?:var|let) (\w+)/gm))
    expect(names.filter(name => kept.has(name)).length).toBeGreaterThan(50)
    expect(names.filter(name => turned.has(name))).toEqual([])
  })

  it('lies beside the licences of what is in it', () => {
    const licences = readFileSync(join(folder, 'licenses.md'), 'utf8').split(/^## /m).slice(1)
    const named = new Set(licences.map(text => text.split(' - ')[0]!))
    const inside = Object.keys(dependencies).filter(name => !outside.includes(name))
    expect(inside).toContain('zod')
    expect([...inside, 'vega', 'vega-lite'].filter(name => !named.has(name))).toEqual([])
    const nameOnly = licences.filter(text => !/Copyright|Permission/i.test(text)).map(text => text.trim())
    // The package has no file with its licence.
    expect(nameOnly).toEqual(['seedrandom - 3.0.5 (MIT)'])
  })
})

describe.each(['report.js', 'explorer.html'])('the script of pages in %s', name => {
  const text = readFileSync(join('dist/reports', name === 'report.js' ? 'page' : 'explorer', name), 'utf8')
  const [notices] = /\/\*! Packages in this script, and their licences\.[\s\S]*?\*\//.exec(text) ?? []

  it('begins with the licences of what is in it', () => {
    expect(notices).toMatch(name === 'report.js' ? /\bvega-lite \d/ : /\bzod \d/)
    expect(notices).toContain('Copyright')
    expect(text.split('Packages in this script').length).toBe(2)
  })
})
