import { chunkCount } from '../design/plan.ts'
import { advanceBatch, type BatchRequest, type BatchResult, planOf, runBatch } from '../experiment.ts'

/** Turns a batch takes at most, and parts a turn has at least for each worker: each turn starts threads anew. */
const mostTurns = 20
const partsPerWorker = 8

/**
 * Runs several batches in turns of some parts each, so that all are about equally far when they are cut short. The parts
 * are the same as of each batch alone, and so are the digests.
 */
export async function runInTurns(requests: readonly BatchRequest[], workers: number): Promise<BatchResult[]> {
  const turns = requests.map(request => {
    const parts = chunkCount(planOf(request))
    const most = Math.max(Math.ceil(parts / mostTurns), partsPerWorker * Math.max(1, workers))
    return { most, count: Math.ceil(parts / most) }
  })
  const added = requests.map(() => 0)
  const damaged = requests.map((): string[] => [])
  for (let turn = 1; turn < Math.max(...turns.map(({ count }) => count)); turn++) {
    for (const [n, request] of requests.entries()) {
      if (request.signal?.aborted) break
      if (turn >= turns[n]!.count) continue
      await advanceBatch({ ...request, most: turns[n]!.most }, async done => {
        added[n]! += done.added
        damaged[n]!.push(...done.damaged)
      })
    }
  }
  const results: BatchResult[] = []
  for (const [n, request] of requests.entries()) {
    const result = await runBatch(request)
    results.push({ ...result, added: added[n]! + result.added, damaged: [...damaged[n]!, ...result.damaged] })
  }
  return results
}
