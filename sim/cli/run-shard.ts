import { counted } from '../core/counted.ts'
import { type Advance, advanceBatch, type BatchRequest, type BatchResult, summariseBatch } from '../experiment.ts'
import { type Shard, shardText } from '../store/shard.ts'
import { duration } from './progress.ts'

/** Computes a shard. The one that finds all parts of the batch stored sums them up; the others have no answer yet. */
export function runShard(request: BatchRequest): Promise<Advance | BatchResult> {
  return advanceBatch(request, async done =>
    done.complete ? { ...done, summary: await summariseBatch(done.batch) } : done,
  )
}

/** The documented JSON of a shard whose batch is not complete. */
export function shardDocument(
  { batch, asked, stored, added, failedChunks, damaged }: Advance,
  shard: Shard,
  seconds: number,
): object {
  return {
    shard: shardText(shard),
    batch: batch.manifest.batch,
    complete: false,
    parts: { asked, stored },
    added,
    failedChunks,
    repaired: damaged.length,
    seconds,
    out: batch.directory,
  }
}

/** The same for people. */
export function shardLines({ batch, asked, stored, added }: Advance, shard: Shard, seconds: number): string {
  return (
    `Shard   ${shardText(shard)}: ${stored} of its ${asked} parts, ${counted(added, 'run')} in ${duration(seconds)}\n` +
    `Batch   ${batch.directory} · the answer comes with the last shard, or with multivector merge`
  )
}
