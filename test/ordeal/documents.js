import { readdirSync, readFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { worldOf } from './worlds.js'

/** Mulberry32: a small generator of its own, so that document n of a seed can be made again. */
export function generator(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = count => Math.floor(next() * count)
  return { next, below, pick: list => list[below(list.length)] }
}

const shipped = readdirSync('scenarios')
  .filter(name => name.endsWith('.yaml'))
  .map(name => readFileSync(`scenarios/${name}`, 'utf8'))
/** Short enough for thousands of loads, and the head of the long one. */
const seeds = shipped.map(text => text.slice(0, 6000))
const words = [...new Set(shipped.join('\n').match(/[A-Za-z_][\w-]*/g))]
const values = [
  ...['0', '1', '-1', '0.5', '1e400', '-1e308', '1e18', '9007199254740993', '0x1F', '0o17', '.inf', '-.INF', '.nan'],
  ...['1_000', '07', '1:30', '2027Q1', '2027-13-01', '~', 'null', 'yes', 'no', 'true', 'True', "''", '""', "'", '"'],
  ...[
    '"\\x00"',
    '"\\u202e"',
    '"\\ud800"',
    "'a''b'",
    '|\n  a\n  b',
    '>-\n  a',
    '|9\n a',
    '&a',
    '*a',
    '!!js/function x',
    '!',
    '? a',
  ],
  ...[
    '<<',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '@a',
    '`a`',
    '%a',
    '- - -',
    '[]',
    '{}',
    '[',
    '{',
    ']',
    '}',
  ],
  ...[
    '../../etc/passwd',
    '/etc/passwd',
    'file:///etc/passwd',
    '<script>',
    '::error::x',
    '=1+1',
    '\u001b[31m',
    '\ufeff',
    '\u0085',
  ],
]
const glue = [': ', ':', ' ', '\n', '\n  ', '\n    ', '\t', ', ', '- ', '#', '---\n', '...\n', '\r\n', '\r', '\0', '? ']

/** A text after the grammar of scenarios, with something wrong in places. */
function grown(random, depth = 0) {
  const pad = '  '.repeat(depth)
  const lines = []
  for (let n = random.below(5) + 1; n > 0; n--) {
    const key = random.next() < 0.9 ? random.pick(words) : random.pick(values)
    const kind = random.next()
    if (kind < 0.35 && depth < 6) lines.push(`${pad}${key}:\n${grown(random, depth + 1)}`)
    else if (kind < 0.5)
      lines.push(`${pad}${key}: [${Array.from({ length: random.below(4) }, () => random.pick(values)).join(', ')}]`)
    else if (kind < 0.65)
      lines.push(
        `${pad}${key}: {${random.pick(words)}: ${random.pick(values)}, ${random.pick(words)}: ${random.pick(words)}}`,
      )
    else if (kind < 0.75) lines.push(`${pad}- ${random.pick(values)}`)
    else if (kind < 0.8)
      lines.push(`${pad}${key}: ${random.pick(['[', '{', '- ', '{a: ', '? ']).repeat(random.below(2000))}`)
    else lines.push(`${pad}${key}: ${random.next() < 0.5 ? random.pick(values) : random.pick(words)}`)
  }
  return `${depth === 0 && random.next() < 0.7 ? 'extends: baseline.yaml\n' : ''}${lines.join('\n')}\n`
}

/** A shipped scenario with bytes changed, cut, doubled or moved. */
function mutated(random) {
  let bytes = Buffer.from(random.pick(seeds))
  for (let n = random.below(8) + 1; n > 0; n--) {
    const at = random.below(bytes.length + 1)
    const to = Math.min(bytes.length, at + random.below(40))
    const kind = random.below(7)
    const put =
      kind === 0
        ? Buffer.from([random.below(256)])
        : kind === 1
          ? Buffer.from(random.pick(values))
          : kind === 2
            ? Buffer.from(random.pick(glue).repeat(random.below(3) + 1))
            : kind === 3
              ? Buffer.concat([bytes.subarray(at, to), bytes.subarray(at, to)])
              : kind === 4
                ? Buffer.from(random.pick(glue).repeat(random.below(3000)))
                : kind === 5
                  ? bytes.subarray(random.below(bytes.length), bytes.length).subarray(0, 200)
                  : Buffer.alloc(0)
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(kind === 0 ? at + 1 : to)])
  }
  return new TextDecoder('utf-8').decode(bytes)
}

/** A tree as YAML in one of its manners. */
function written(tree, random) {
  const kind = random.below(8)
  const text =
    kind < 5
      ? JSON.stringify(tree, (_, value) => (Number.isFinite(value) || typeof value !== 'number' ? value : '.nan'), kind)
      : stringify(tree, {
          aliasDuplicateObjects: false,
          ...(kind === 6 && { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN', lineWidth: 0 }),
          ...(kind === 7 && { defaultStringType: 'BLOCK_LITERAL', indent: 4, lineWidth: 40 }),
        })
  const framed = random.next() < 0.1 ? `# ${random.pick(values).replace(/\n/g, ' ')}\n${text}` : text
  const ended = random.next() < 0.1 ? framed.replaceAll('\n', '\r\n') : framed
  return random.next() < 0.05 ? `\ufeff${ended}` : ended
}

/** Document n of a seed: scenarios after the grammar, some spoilt; texts that look like them; shipped ones, mutilated. */
export function documentOf(seed, n) {
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ n)
  const kind = random.next()
  return kind < 0.6 ? written(worldOf(random), random) : kind < 0.8 ? grown(random) : mutated(random)
}
