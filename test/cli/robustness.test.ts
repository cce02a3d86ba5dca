import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parameterCatalogue } from '../../sim/scenario/parameter.ts'
import { shippedDocument } from '../world.ts'
import { multivector } from './command.ts'

it('robustness says in words what regret depends on', async () => {
  const { options, corridors } = await shippedDocument('cis-plus-2030')
  const catalogue = parameterCatalogue(options, Object.keys(corridors))
  const { stdout } = await multivector(
    ['robustness', 'scenarios/cis-plus-2030.yaml', '--levers', 'delivered', '--worlds', '20', '--workers', '0'],
    resolve('.'),
  )
  const [, list] = stdout.split('Regret depends most on (tables by thirds: --json)\n')
  const lines = list!.split('\n').slice(0, 5)
  expect(lines).toHaveLength(5)
  for (const line of lines) {
    const [, name, words] = /^ {2}(\w+) +(.+)$/.exec(line)!
    expect(words).toBe(catalogue.get(name!)!.meaning)
  }
})
