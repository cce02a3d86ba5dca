/** One of several equal shares of a batch: the chunks whose number leaves `index − 1` when divided by `count`. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

/** Whether a chunk is computed by a shard; without one every chunk is. */
export function inShard(shard: Shard | undefined, chunk: number): boolean {
  return shard === undefined || chunk % shard.count === shard.index - 1
}

/**
 * A shard as people write it.
 *
 * @example shardText({ index: 3, count: 8 }) // => '3/8'
 */
export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`
}

/**
 * Name of the lock of a batch directory: one for all of it, or one for a shard. Shards of one count hold theirs at the
 * same time, since no two write the same part; nothing else goes together.
 *
 * @example lockName({ index: 3, count: 8 }) // => 'lock-3-of-8'
 */
export function lockName(shard: Shard | undefined): string {
  return shard === undefined ? 'lock' : `lock-${shard.index}-of-${shard.count}`
}

const lockForm = /^lock(?:-\d+-of-(\d+))?$/

/** Whether a name in a batch directory is that of a lock. */
export function isLockName(name: string): boolean {
  return lockForm.test(name)
}

/** Name of the right to take a lock over, which one process at a time has. */
export function takeoverName(lock: string): string {
  return `${lock}.takeover.tmp`
}

/** @example isTakeoverName('lock-3-of-8.takeover.tmp') // => true */
export function isTakeoverName(name: string): boolean {
  const [lock = ''] = name.split('.')
  return isLockName(lock) && name === takeoverName(lock)
}

/** Whether a lock of another name keeps a shard, or all of the batch, from being worked on. */
export function excludes(name: string, shard: Shard | undefined): boolean {
  const match = lockForm.exec(name)
  return match !== null && name !== lockName(shard) && (shard === undefined || match[1] !== String(shard.count))
}
