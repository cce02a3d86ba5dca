/** What has become of the chunks of a call, and what it took. Knows nothing of the server. */
export interface Ledger {
  /** Of this call: parts stored and their runs, attempts that came to nothing, refusals, chunks given up. */
  readonly totals: Record<'stored' | 'runs' | 'retries' | 'refused' | 'failed', number>
  /** Chunks that are neither stored nor given up. */
  readonly left: number
  /** Of these, the chunks that were not handed out yet. */
  readonly waiting: number
  /** The chunks that were handed out, in the queue or on their way. */
  readonly underWay: () => number[]
  readonly isUnderWay: (chunk: number) => boolean
  /** Hands out the next chunks, so that `window` are under way. */
  readonly handOut: (window: number) => number[]
  /** One more attempt at a chunk came to nothing. @returns how many did */
  readonly missed: (chunk: number) => number
  /** A chunk is stored or given up. */
  readonly finish: (chunk: number) => void
}

export function createLedger(chunks: readonly number[]): Ledger {
  let handedOut = 0
  /** How often each chunk under way came to nothing. */
  const underWay = new Map<number, number>()
  return {
    totals: { stored: 0, runs: 0, retries: 0, refused: 0, failed: 0 },
    get left() {
      return chunks.length - handedOut + underWay.size
    },
    get waiting() {
      return chunks.length - handedOut
    },
    underWay: () => [...underWay.keys()],
    isUnderWay: chunk => underWay.has(chunk),
    handOut(window) {
      const some = chunks.slice(handedOut, handedOut + Math.max(0, window - underWay.size))
      for (const chunk of some) underWay.set(chunk, 0)
      handedOut += some.length
      return some
    },
    missed(chunk) {
      const tries = (underWay.get(chunk) ?? 0) + 1
      underWay.set(chunk, tries)
      return tries
    },
    finish: chunk => void underWay.delete(chunk),
  }
}
