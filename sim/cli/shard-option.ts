import { exitCode, UserError } from '../core/errors.ts'
import type { Shard } from '../store/shard.ts'

type Variables = Readonly<Record<string, string | undefined>>

const most = 100_000

/**
 * The shard that `--shard` names: `3/8` is the third of eight; `auto` asks the variables of a Slurm array or of a
 * Kubernetes Indexed Job.
 *
 * @example shardOf('3/8', {}) // => { index: 3, count: 8 }
 * @example shardOf('auto', { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_MAX: '7', SLURM_ARRAY_TASK_COUNT: '8' }) // => { index: 1, count: 8 }
 * @example shardOf('auto', { JOB_COMPLETION_INDEX: '7', JOB_COMPLETIONS: '8' }) // => { index: 8, count: 8 }
 * @throws UserError (64) that says what was expected
 */
export function shardOf(text: string | undefined, env: Variables): Shard | undefined {
  if (text === undefined) return undefined
  if (text === 'auto') return fromSlurm(env) ?? fromKubernetes(env) ?? nothingSet()
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (index !== undefined && shard.index >= 1 && shard.index <= shard.count && shard.count <= most) return shard
  throw new UserError(
    exitCode.usage,
    `--shard: expected i/n with i from 1 to n, n at most ${most}, or auto, got ${JSON.stringify(text)}`,
  )
}

/** A whole number in a variable. */
function whole(env: Variables, name: string): number | undefined {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UserError(exitCode.usage, `--shard auto: expected a whole number in ${name}, got ${JSON.stringify(text)}`)
}

/**
 * A Slurm array without gaps, from 0 or 1. Of any other one it cannot be told how many shards there were meant to be:
 * tasks that are submitted again alone would compute other shares.
 */
function fromSlurm(env: Variables): Shard | undefined {
  const id = whole(env, 'SLURM_ARRAY_TASK_ID')
  if (id === undefined) return undefined
  const low = whole(env, 'SLURM_ARRAY_TASK_MIN') ?? Number.NaN
  const high = whole(env, 'SLURM_ARRAY_TASK_MAX') ?? Number.NaN
  const count = whole(env, 'SLURM_ARRAY_TASK_COUNT') ?? high - low + 1
  if (low <= 1 && high - low + 1 === count && id >= low && id <= high) return { index: id - low + 1, count }
  throw new UserError(
    exitCode.usage,
    `--shard auto: expected a Slurm array without gaps from 0 or 1, such as --array=1-8, got task ${id} of ${count} from ${low} to ${high}; ` +
      'submit the whole array again (shards that are done end at once), or write --shard i/n',
  )
}

function fromKubernetes(env: Variables): Shard | undefined {
  const index = whole(env, 'JOB_COMPLETION_INDEX')
  if (index === undefined) return undefined
  const count = whole(env, 'JOB_COMPLETIONS')
  if (count !== undefined && index < count) return { index: index + 1, count }
  throw new UserError(
    exitCode.usage,
    `--shard auto: expected JOB_COMPLETIONS above JOB_COMPLETION_INDEX ${index}, got ${count ?? 'none'}; set it in the Job to spec.completions`,
  )
}

function nothingSet(): never {
  throw new UserError(
    exitCode.usage,
    '--shard auto: expected SLURM_ARRAY_TASK_ID, or JOB_COMPLETION_INDEX and JOB_COMPLETIONS, found neither; write --shard i/n',
  )
}
