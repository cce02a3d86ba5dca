import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256 } from '../../dist/sim/store/part.js'
import { sealed, unsealed } from '../../dist/sim/store/seal.js'
import { withHashes } from '../store/with-hashes.js'

const junk = [
  ...[
    null,
    true,
    '',
    'x',
    '../../../etc/passwd',
    '\u001b[31m',
    '<script>',
    '__proto__',
    'constructor',
    'x'.repeat(1e5),
  ],
  ...[-1, 0, 0.5, 1, 99, 1e9, 1e15, 1e308, -1e308, 2 ** 53],
  ...[[], {}, [[]], [null], Array(1000).fill(0), { constructor: 1 }, JSON.parse('{"__proto__":{"x":1}}')],
  ...[JSON.parse('['.repeat(3000) + ']'.repeat(3000))],
]

/** Every file of a batch that a reader opens, and folders of parts. */
const filesOf = batch =>
  readdirSync(batch, { recursive: true })
    .map(name => join(batch, name))
    .filter(path => statSync(path).isFile())
const partsOf = batch => readdirSync(join(batch, 'parts')).map(name => join(batch, 'parts', name))

/** Bytes cut, flipped, doubled, inserted or made anew. */
function scrambled(bytes, random) {
  const at = random.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + random.below(64))
  const noise = Buffer.from(Array.from({ length: random.below(40) + 1 }, () => random.below(256)))
  const kind = random.below(7)
  if (kind === 0) return bytes.subarray(0, at)
  if (kind === 1) return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(to)])
  if (kind === 2) return Buffer.concat([bytes, bytes.subarray(at, to)])
  if (kind === 3) return noise
  if (kind === 4) return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(random.below(1e5)), bytes.subarray(at)])
  const copy = Buffer.from(bytes)
  for (let n = random.below(4); n >= 0 && copy.length > 0; n--) {
    // The ends of a Parquet file are where it says what it holds.
    const place =
      random.next() < 0.5 ? random.below(copy.length) : copy.length - 1 - random.below(Math.min(copy.length, 3000))
    copy[place] = random.next() < 0.5 ? random.below(256) : copy[place] ^ (1 << random.below(8))
  }
  return copy
}

/** A JSON value with one of its parts removed, replaced or joined by another. */
function bent(value, random) {
  const places = []
  const walk = (node, depth) => {
    if (typeof node !== 'object' || node === null || depth > 8) return
    for (const key of Object.keys(node)) {
      // Near the top there is more to break.
      for (let n = depth < 3 ? 40 : 1; n > 0; n--) places.push([node, key])
      walk(node[key], depth + 1)
    }
  }
  walk(value, 0)
  const [node, key] = random.pick(places)
  const kind = random.next()
  if (kind < 0.2) delete node[key]
  else if (kind < 0.9) node[key] = random.pick(junk)
  else node[random.pick(['x', 'constructor', 'toString', '0'])] = random.pick(junk)
  return value
}

const change = (path, to) => writeFileSync(path, to(readFileSync(path)))
const reseal = (path, to) =>
  change(path, bytes => sealed(to(unsealed(bytes.toString('utf8'))), path.endsWith('manifest.json') ? 1 : 0))

/** What may become of a batch directory; each says whether whoever did it also made the checksums fit. */
const damages = [
  ['bytes', (batch, random) => change(random.pick(filesOf(batch)), bytes => scrambled(bytes, random))],
  ['no file', (batch, random) => rmSync(random.pick(filesOf(batch)))],
  ['no part', (batch, random) => rmSync(random.pick(partsOf(batch)), { recursive: true })],
  [
    'files swapped',
    (batch, random) => {
      const [a, b] = [random.pick(filesOf(batch)), random.pick(filesOf(batch))]
      const held = readFileSync(a)
      cpSync(b, a)
      writeFileSync(b, held)
    },
  ],
  [
    'parts swapped',
    (batch, random) => {
      const [a, b] = [random.pick(partsOf(batch)), random.pick(partsOf(batch))]
      renameSync(a, `${batch}-a`)
      if (a !== b) renameSync(b, a)
      renameSync(`${batch}-a`, a === b ? a : b)
    },
  ],
  [
    'of another batch',
    (batch, random, other) => {
      const path = random.pick([...filesOf(batch), ...partsOf(batch)])
      rmSync(path, { recursive: true })
      cpSync(join(other, path.slice(batch.length)), path, { recursive: true })
    },
  ],
  [
    'no file but something else',
    (batch, random) => {
      const path = random.pick([
        ...filesOf(batch),
        ...partsOf(batch),
        join(batch, 'lock'),
        join(batch, 'parts/000001.failed.json'),
      ])
      rmSync(path, { recursive: true, force: true })
      random.pick([
        () => mkdirSync(path),
        () => spawnSync('mkfifo', [path]),
        () => symlinkSync(path, path),
        () => symlinkSync('/dev/zero', path),
        () => symlinkSync('nowhere', path),
        () => symlinkSync(dirname(path), path),
        () => writeFileSync(path, ''),
        () => {
          writeFileSync(path, '')
          truncateSync(path, random.pick([3e8, 3e9, 1e12]))
        },
      ])()
    },
  ],
  [
    'parts too many',
    (batch, random) => {
      const name = random.pick([
        '000003',
        '999999',
        '9999999999',
        '1e3',
        '-00001',
        '000001.failed.json',
        '000000.1-x.tmp',
      ])
      cpSync(random.pick(partsOf(batch)), join(batch, 'parts', name), { recursive: true })
    },
  ],
  ['a bent manifest', (batch, random) => reseal(join(batch, 'manifest.json'), value => bent(value, random)), true],
  [
    'a bent manifest with the hashes of what is in it',
    (batch, random) =>
      reseal(join(batch, 'manifest.json'), value => {
        const { scenario, plan } = value
        return withHashes({
          ...value,
          plan: bent(plan, random),
          scenario: { ...scenario, document: bent(scenario.document, random) },
        })
      }),
    true,
  ],
  [
    'a bent record',
    (batch, random) => reseal(join(random.pick(partsOf(batch)), 'part.json'), value => bent(value, random)),
    true,
  ],
  [
    'bent bytes',
    (batch, random) => {
      const part = random.pick(partsOf(batch))
      const [kind, name] = random.pick([
        ['rows', 'rows.parquet'],
        ['tallies', 'tallies.bin'],
      ])
      change(join(part, name), bytes => scrambled(bytes, random))
      const found = sha256(readFileSync(join(part, name)))
      reseal(join(part, 'part.json'), record => ({ ...record, sha256: { ...record.sha256, [kind]: found } }))
    },
    true,
  ],
  [
    'a bent note',
    (batch, random) => {
      const { batch: owner } = JSON.parse(readFileSync(join(batch, 'manifest.json'), 'utf8'))
      const note = { batch: owner, chunk: 1, first: 100, end: 200, attempts: 3, reason: 'threw\u001b[2J' }
      writeFileSync(join(batch, 'parts/000001.failed.json'), sealed(bent(note, random)))
    },
    true,
  ],
]

/**
 * Damages a copy of a batch in one to three ways.
 *
 * @returns what was done, and whether checksums were made to fit
 */
export function damage(batch, other, random) {
  const done = []
  let forged = false
  for (let n = random.pick([1, 1, 2, 3]); n > 0; n--) {
    const [name, work, fits = false] = random.pick(damages)
    try {
      work(batch, random, other)
      forged ||= fits
      done.push(name)
    } catch (error) {
      // What an earlier damage left cannot be damaged this way.
      if (!existsSync(batch)) throw error
    }
  }
  return { done: done.join(', '), forged }
}

/** A baseline or a table of points, spoilt. */
export function spoiled(bytes, random) {
  if (bytes[0] !== 0x7b || random.next() < 0.3) return scrambled(bytes, random)
  return Buffer.from(sealed(bent(unsealed(bytes.toString('utf8')), random)))
}
