import type { CartDocument } from './discovery/cart.ts'
import type { PrimDocument } from './discovery/prim.ts'
import type { DeltaMeasures } from './sensitivity/delta.ts'
import type { ElementaryEffects } from './sensitivity/morris.ts'
import type { RankCorrelations } from './sensitivity/rank.ts'
import type { SobolIndices } from './sensitivity/sobol.ts'
import type { VarianceSplit } from './variance-split.ts'

/** What an analysis found, by its method. */
export type AnalysisDocument =
  | VarianceSplit
  | PrimDocument
  | CartDocument
  | SobolIndices
  | ElementaryEffects
  | DeltaMeasures
  | RankCorrelations
