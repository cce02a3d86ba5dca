/** Waits, but not when asked to stop. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(wake => {
    if (signal.aborted) return wake()
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      wake()
    }
    signal.addEventListener('abort', done, { once: true })
  })
}
