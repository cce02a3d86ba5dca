import type { Redis } from 'ioredis'
import { chunkRange, type Plan } from '../../design/plan.ts'
import type { Watch } from '../executor.ts'
import { reportsKey } from './keys.ts'
import type { Ledger } from './ledger.ts'
import { readReport } from './message.ts'
import type { Parcels } from './parcels.ts'
import type { QueueEvent } from './queue-event.ts'
import { attempts, type Tasks } from './tasks.ts'

/** Parts that are checked and stored at the same time. */
const hands = 4
/** Reports that are read at once. */
const mostReports = 100
/** How long a report is waited for, in seconds: the server is asked a few times a second, and a stop is heard soon. */
const waitSeconds = 0.25

export interface IntakeOptions extends Pick<Watch, 'onPart' | 'onFailure'> {
  readonly redis: Redis
  readonly batch: string
  readonly plan: Plan
  readonly ledger: Ledger
  readonly tasks: Tasks
  readonly parcels: Parcels
  readonly onEvent: (event: QueueEvent) => void
}

/** Takes in what workers send: parts are stored, attempts that came to nothing are made again. */
export interface Intake {
  /** Waits a moment for what workers report, and collects the parts they name. */
  readonly listen: () => Promise<void>
  /** Compares what should be under way with what the server has: nothing it loses is lost. */
  readonly reconcile: () => Promise<void>
}

export function createIntake(options: IntakeOptions): Intake {
  const { redis, batch, plan, ledger, tasks, parcels, onEvent, onPart, onFailure } = options
  const { totals } = ledger

  const giveUp = async (chunk: number, tries: number, reason: string) => {
    const [first, end] = chunkRange(plan, chunk)
    totals.failed++
    onEvent({ event: 'given-up', chunk, reason })
    await onFailure({ chunk, first, end, attempts: tries, reason })
    ledger.finish(chunk)
  }

  /** One more attempt came to nothing: the chunk is enqueued again, or recorded as failed. */
  const again = async (chunk: number, reason: string) => {
    const tries = ledger.missed(chunk)
    await tasks.remove(chunk)
    if (tries >= attempts) return giveUp(chunk, tries, reason)
    totals.retries++
    await tasks.enqueue([chunk])
  }

  /** Takes a part off the server: checked, stored, and only then deleted there. */
  const collect = async (chunk: number, worker: string) => {
    if (!ledger.isUnderWay(chunk)) {
      if (await parcels.remove(chunk)) onEvent({ event: 'duplicate', chunk })
      return
    }
    const parcel = await parcels.fetch(chunk)
    if (!parcel) return
    if ('problem' in parcel) {
      const reason = `a part came that is none: ${parcel.problem}`
      totals.refused++
      onEvent({ event: 'refused', chunk, reason, worker })
      await parcels.remove(chunk)
      return again(chunk, reason)
    }
    const { part, bytes } = parcel
    await onPart(part)
    ledger.finish(chunk)
    totals.stored++
    totals.runs += part.end - part.first
    onEvent({ event: 'stored', chunk, worker, bytes })
    await parcels.remove(chunk)
  }

  return {
    async listen() {
      const key = reportsKey(batch)
      const [, first] = (await redis.blpopBuffer(key, waitSeconds)) ?? []
      if (first === undefined) return
      const reports = [first, ...((await redis.lpopBuffer(key, mostReports)) ?? [])].map(readReport)
      /** The worker of each part; a chunk that two have made is collected once. */
      const parts = new Map<number, string>()
      for (const report of reports) {
        if (!report) continue
        const { event, chunk, worker, reason = '' } = report
        if (event === 'part') parts.set(chunk, worker)
        else if (ledger.isUnderWay(chunk)) {
          if (event === 'refused') totals.refused++
          else totals.retries++
          onEvent({ event, chunk, worker, reason: event === 'stalled' ? 'its worker gave no sign of life' : reason })
        }
      }
      await inHands(parts, ([chunk, worker]) => collect(chunk, worker))
    },
    async reconcile() {
      await tasks.tidy(ledger.isUnderWay)
      const { finished, failed, lost } = await tasks.look(ledger.underWay())
      await inHands(finished, chunk => collect(chunk, 'unknown'))
      for (const chunk of lost) {
        // What is left of it would keep its place; while a worker has it, its part may still come.
        if (!(await tasks.remove(chunk))) continue
        totals.retries++
        onEvent({ event: 'lost', chunk, reason: 'the server has neither its task nor its part; enqueued again' })
        await tasks.enqueue([chunk])
      }
      for (const { chunk, tries, reason } of failed) {
        if (reason.startsWith('refused: ')) await again(chunk, reason)
        else {
          await tasks.remove(chunk)
          await giveUp(chunk, tries, reason)
        }
      }
    },
  }
}

/** Some work for each of a list, a few at a time. */
async function inHands<T>(list: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...list].values()
  const hand = async () => {
    for (const one of rest) await work(one)
  }
  // All end before an error is told: none may store into a directory that is no longer held.
  const ends = await Promise.allSettled(Array.from({ length: hands }, hand))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
