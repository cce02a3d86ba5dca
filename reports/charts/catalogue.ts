import type { ChartData } from './chart-data.ts'
import { outcomeShares } from './outcome-shares.ts'
import type { TopLevelSpec } from './spec.ts'

/** Every chart of the report by the id of its figure. A chart is a function of data and width alone. */
export const charts: Readonly<Record<string, (data: ChartData, width: number) => TopLevelSpec>> = {
  'outcome-shares': outcomeShares,
}
