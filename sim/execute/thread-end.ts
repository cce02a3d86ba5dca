/** How a thread ended, as a phrase. */
export function endOfThread(error: Error & { code?: string }, heapMb: number): string {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return `ran out of memory (${heapMb} MB)`
  const exit = /^worker exited with code: (-?\d+)$/.exec(error.message)
  return exit ? `its thread exited with code ${exit[1]}` : `threw ${error.name}: ${error.message}`.slice(0, 300)
}
