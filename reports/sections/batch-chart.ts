import type { ChartBlock } from '../document.ts'

/** Key of the data most charts of a batch share. */
export const batchData = 'batch'

/** A chart of a batch whose picture has the name of the chart. */
export function batchChart(block: Omit<ChartBlock, 'kind' | 'chart' | 'data'>): ChartBlock {
  return { kind: 'chart', chart: block.id, data: batchData, ...block }
}
