import { button, el } from '../element.ts'
import type { Store } from './store.ts'

export interface TimeBar {
  readonly element: HTMLElement
  show(quarters: readonly string[], tick: number): void
  leave(): void
}

/** Milliseconds a quarter stays at each speed. */
const speeds = { slow: 1200, normal: 600, fast: 250 } as const

/** Walks through the quarters: by hand, step by step, or by itself. */
export function timeBar(store: Store): TimeBar {
  let quarters: readonly string[] = []
  let tick = 0
  let timer = 0
  let playing = false
  const slider = el('input', { type: 'range', min: 0, step: 1, 'aria-label': 'Quarter' })
  const label = el('output', { class: 'quarter' })
  const speed = el(
    'select',
    { 'aria-label': 'Speed' },
    ...Object.keys(speeds).map(name => el('option', { value: name, selected: name === 'normal' }, name)),
  )
  const go = (to: number) => store.change({ tick: Math.max(0, Math.min(quarters.length - 1, to)) }, 'look')
  const play = button('▶ Play', () => (playing ? stop() : start()), { class: 'play' })
  const step = (by: number) => {
    stop()
    go(tick + by)
  }
  function start(): void {
    playing = true
    play.textContent = '⏸ Pause'
    if (tick >= quarters.length - 1) go(0)
    const next = () => {
      if (!playing) return
      if (tick >= quarters.length - 1) return stop()
      go(tick + 1)
      timer = window.setTimeout(next, speeds[speed.value as keyof typeof speeds])
    }
    timer = window.setTimeout(next, speeds[speed.value as keyof typeof speeds])
  }
  function stop(): void {
    playing = false
    clearTimeout(timer)
    play.textContent = '▶ Play'
  }
  slider.addEventListener('input', () => {
    stop()
    go(slider.valueAsNumber)
  })
  return {
    element: el(
      'div',
      { class: 'time', role: 'group', 'aria-label': 'Time' },
      play,
      button('◀', () => step(-1), { 'aria-label': 'One quarter back' }),
      button('▶', () => step(1), { 'aria-label': 'One quarter on' }),
      slider,
      label,
      speed,
    ),
    show(nextQuarters, nextTick) {
      quarters = nextQuarters
      tick = nextTick
      slider.max = String(quarters.length - 1)
      slider.value = String(tick)
      slider.setAttribute('aria-valuetext', quarters[tick] ?? '')
      label.textContent = quarters[tick] ?? ''
    },
    leave: stop,
  }
}
