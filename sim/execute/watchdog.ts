/** Watches whether lanes move on. */
export interface Watchdog {
  /** The controller that ends the thread of a lane; begins to watch it. */
  readonly begin: (lane: number) => AbortController
  /** Ends the threads of all lanes. */
  readonly endAll: (reason: string) => void
  readonly stop: () => void
}

/** A chunk may take this many times as long as the slowest one so far. */
const slack = 20

/**
 * Ends the thread of a lane that stays on one chunk for too long. Time is counted in looks, so that a machine that
 * slept, or a process that was suspended, does not find everything hung when it wakes.
 *
 * @param places - chunk under way of each lane, 0 between chunks; shared with the threads
 * @param patienceMs - a chunk is never called hung before this
 */
export function watchLanes(places: Int32Array, patienceMs: number): Watchdog {
  const lookMs = Math.min(1000, patienceMs / 5)
  const lanes = Array.from(places, () => ({ place: 0, elapsedMs: 0, controller: new AbortController() }))
  let slowestMs = 0
  let last = performance.now()
  const look = () => {
    const now = performance.now()
    const passed = Math.min(now - last, 2 * lookMs)
    last = now
    lanes.forEach((lane, n) => {
      const place = Atomics.load(places, n)
      if (place !== lane.place) {
        if (lane.place !== 0) slowestMs = Math.max(slowestMs, lane.elapsedMs)
        lane.place = place
        lane.elapsedMs = 0
      } else if (place !== 0) lane.elapsedMs += passed
      if (lane.elapsedMs > Math.max(patienceMs, slack * slowestMs))
        lane.controller.abort(`gave no part for ${Math.round(lane.elapsedMs / 1000)} s`)
    })
  }
  const timer = setInterval(look, lookMs)
  return {
    begin(n) {
      const controller = new AbortController()
      lanes[n] = { place: 0, elapsedMs: 0, controller }
      return controller
    },
    endAll(reason) {
      for (const { controller } of lanes) controller.abort(reason)
    },
    stop: () => clearInterval(timer),
  }
}
