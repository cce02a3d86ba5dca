/** What happens to a batch in the queue, for whoever watches. */
export type QueueEvent =
  | { readonly event: 'enqueued'; readonly batch: string; readonly chunks: number; readonly window: number }
  | { readonly event: 'joined' | 'left'; readonly worker: string; readonly threads: number }
  | { readonly event: 'refused-worker'; readonly worker: string; readonly reason: string }
  | { readonly event: 'stored'; readonly chunk: number; readonly worker: string; readonly bytes: number }
  | {
      readonly event: 'failed' | 'stalled' | 'refused' | 'lost'
      readonly chunk: number
      readonly reason: string
      readonly worker?: string
    }
  | { readonly event: 'given-up'; readonly chunk: number; readonly reason: string }
  | { readonly event: 'duplicate'; readonly chunk: number }
  | { readonly event: 'away' | 'trouble'; readonly reason: string }
  | { readonly event: 'back' | 'done' }
  | QueueState

/** How a batch is doing, once a second. */
export interface QueueState {
  readonly event: 'state'
  readonly workers: number
  readonly threads: number
  /** Chunks stored by this call, under way, and not yet in the queue. */
  readonly stored: number
  readonly underWay: number
  readonly waiting: number
  readonly retries: number
  readonly runsPerSecond: number
  readonly secondsLeft: number
}
