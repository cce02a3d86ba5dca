import { el } from '../element.ts'
import type { Leave, Stage } from '../stage.ts'

/** The explorer: levers on one side, pictures on the other. */
export function mountExplorer(root: HTMLElement, stage: Stage): Leave {
  const count = el('p', { id: 'count' }, '0 runs')
  root.replaceChildren(count)
  void (async () => {
    const { document } = await stage.shelf.load(stage.data.start)
    const ensemble = stage.laboratory.ensemble(document, document.batch.seed)
    await stage.laboratory.grow([ensemble], stage.laboratory.mostRuns, () => {
      count.textContent = `${ensemble.runs} runs: ${ensemble
        .outcomeShares(ensemble.runs)
        .map(({ outcome, share }) => `${outcome} ${share.toFixed(3)}`)
        .join(', ')}`
    })
  })()
  return () => undefined
}
