import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../experiment.ts'

/** A progress bar on stderr; silent when stderr is no terminal. */
export interface ProgressBar {
  readonly update: (progress: Progress) => void
  readonly stop: () => void
}

export function progressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar(
    {
      format: '  {bar} {percentage}% · {value} of {total} runs · {rate} runs/s · {left} left',
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  let began = 0
  return {
    update({ done, before, runs }) {
      if (began === 0) {
        began = performance.now()
        bar.start(runs, done, { rate: '…', left: '…' })
        return
      }
      const rate = ((done - before) * 1000) / (performance.now() - began)
      bar.update(done, { rate: Math.round(rate), left: duration((runs - done) / rate) })
    },
    stop: () => bar.stop(),
  }
}

/**
 * Seconds as people say them.
 *
 * @example duration(75) // => '1 min 15 s'
 * @example duration(0.4) // => '0.4 s'
 */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds - minutes * 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
