import { beforeAll, describe, expect, it } from 'vitest'
import { createChunkComputer, type Job } from '../../sim/execute/chunk.ts'
import { decodeFrame, encodeFrame } from '../../sim/execute/queue/frame.ts'
import { readJob, readReport, readTask, type Task, taskOf } from '../../sim/execute/queue/message.ts'
import { planOf } from '../../sim/experiment.ts'
import { type Part, sha256 } from '../../sim/store/part.ts'
import { shippedDocument } from '../world.ts'

const versions = { engine: '0.1.0', model: '1.0' }
let job: Job
let task: Task
let text: Buffer
let parts: Part[]
beforeAll(async () => {
  const document = await shippedDocument('cis-plus-2030')
  job = { document, plan: planOf({ document, runs: 200, partRuns: 100 }) }
  const made = taskOf(job, versions)
  task = made.task(1)
  text = Buffer.from(made.text)
  parts = [0, 1].map(createChunkComputer(job))
})

/** What a hostile or broken server would hand on. */
const changed = (change: object): Task => ({ ...task, ...change })

describe('a task', () => {
  it('is read back with its job, also as JSON', () => {
    const read = readTask(JSON.parse(JSON.stringify(task)), versions)
    expect(read).toEqual(task)
    expect(readJob(text, read)).toEqual(JSON.parse(JSON.stringify(job)))
  })

  it('is small, and holds neither code nor a path', () => {
    expect(JSON.stringify(task).length).toBeLessThan(600)
    expect(Object.keys(task).sort()).toEqual(['batch', 'chunk', 'engine', 'format', 'job', 'model', 'plan', 'scenario'])
  })

  it.each<[string, object | string | null, RegExp]>([
    ['nothing', null, /no task/],
    ['a text', 'run rm -rf', /no task/],
    ['another format', { format: 2 }, /format/],
    ['another engine', { engine: '9.9.9' }, /needs engine 9\.9\.9/],
    ['another model', { model: '2.0' }, /model 2\.0/],
    ['a chunk beyond the plan', { chunk: 2 }, /beyond its plan/],
    ['a chunk that is no number', { chunk: '1; DROP' }, /chunk/],
    ['a hash that is none', { job: '../../etc/passwd' }, /job/],
    ['a key more', { command: 'x' }, /command|key/i],
    [
      'a plan with parts of a size that is none',
      { plan: { design: 'sobol', runs: 1, seed: '1', chunkRuns: 7 } },
      /plan/,
    ],
  ])('with %s is refused', (_, change, message) => {
    const data = change && typeof change === 'object' ? changed(change) : change
    expect(() => readTask(data, versions)).toThrow(message)
  })

  it.each<[string, () => [Uint8Array, Task], RegExp]>([
    [
      'with a changed byte',
      () => [text.map((byte, n) => (n === 500 ? byte ^ 1 : byte)), task],
      /does not match its hash/,
    ],
    ['of another batch', () => [text, changed({ batch: '0'.repeat(64) })], /its batch is not/],
    ['of another scenario', () => [text, changed({ scenario: '0'.repeat(64) })], /its scenario is not/],
    ['with another plan', () => [text, changed({ plan: { ...task.plan, seed: '77' } })], /its plan is not/],
    ['that is not JSON', () => forged('{'), /not JSON/],
    ['that is no job', () => forged('{"document":{},"plan":{}}'), /its job is none/],
  ])('is refused with a job text %s', (_, make, message) => {
    const [bytes, asked] = make()
    expect(() => readJob(bytes, asked)).toThrow(message)
  })
})

/** A text with a task that names its hash. */
function forged(content: string): [Uint8Array, Task] {
  return [Buffer.from(content), changed({ job: sha256(content) })]
}

describe('a part on its way', () => {
  it('is the same bytes when it arrives', () => {
    expect(decodeFrame(encodeFrame(parts[1]!, task), task)).toEqual(parts[1])
  })

  it.each<[string, (frame: Buffer) => Buffer, RegExp]>([
    ['empty', () => Buffer.alloc(0), /cut short/],
    ['cut short', frame => frame.subarray(0, frame.length - 1), /another length/],
    ['longer', frame => Buffer.concat([frame, Buffer.alloc(1)]), /another length/],
    ['changed in its rows', frame => frame.fill(1, frame.length >> 1, (frame.length >> 1) + 9), /checksums/],
    ['changed in its header', frame => frame.fill('{', 10, 12), /not JSON|header is wrong/],
    ['with a header of any length', frame => frame.fill(255, 0, 4), /cut short/],
  ])('is refused when it is %s', (_, damage, message) => {
    const frame = Buffer.from(encodeFrame(parts[1]!, task))
    expect(() => decodeFrame(damage(frame), task)).toThrow(message)
  })

  it('is refused when it is another chunk, or of another batch', () => {
    const frame = encodeFrame(parts[0]!, task)
    expect(() => decodeFrame(frame, task)).toThrow(/other runs/)
    const other = encodeFrame(parts[1]!, changed({ batch: '0'.repeat(64) }))
    expect(() => decodeFrame(other, task)).toThrow(/another batch/)
  })
})

it('what is said of a chunk is read when it has its form, and is nobody’s otherwise', () => {
  const report = '{"event":"part","chunk":1,"worker":"a"}'
  expect(readReport(Buffer.from(report))).toEqual({ event: 'part', chunk: 1, worker: 'a' })
  expect(readReport(null)).toBeUndefined()
  for (const nonsense of [
    report.padEnd(20_000),
    '',
    '[]',
    '{"event":"part","chunk":-1,"worker":"a"}',
    '{"event":"x","chunk":1,"worker":"a"}',
  ])
    expect(readReport(Buffer.from(nonsense))).toBeUndefined()
})
