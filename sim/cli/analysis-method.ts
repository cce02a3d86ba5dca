import type { AnalysisDocument } from '../analysis/analysis-document.ts'
import { cart } from '../analysis/discovery/cart.ts'
import type { Threshold } from '../analysis/discovery/cases.ts'
import { prim } from '../analysis/discovery/prim.ts'
import { deltaMeasures } from '../analysis/sensitivity/delta.ts'
import { elementaryEffects } from '../analysis/sensitivity/morris.ts'
import { rankCorrelations } from '../analysis/sensitivity/rank.ts'
import { sobolIndices } from '../analysis/sensitivity/sobol.ts'
import type { Table } from '../analysis/table.ts'
import { splitVariance } from '../analysis/variance-split.ts'

/** What a call asks of an analysis beyond its rows. */
interface Asked {
  readonly seed: string
  /** Runs of each point. */
  readonly replications: number
  readonly threshold?: Threshold | undefined
  readonly boxes: number
  readonly density?: number | undefined
  /** Whether inputs were named, which are then all considered. */
  readonly named: boolean
}

export interface Analysis {
  /** The rows it needs: any, whole blocks of its design, or the runs of each point beside each other. */
  readonly rows: 'any' | 'design' | 'points'
  readonly run: (table: Table, asked: Asked) => AnalysisDocument
}

/** What `--method` may name. */
export const analyses = {
  prim: {
    rows: 'any',
    run: (table, { threshold, boxes, density, named, seed }) =>
      prim(table, { threshold, boxes, density, considered: named ? table.inputs.length : undefined, seed }),
  },
  cart: { rows: 'any', run: (table, { threshold, seed }) => cart(table, { threshold, seed }) },
  sobol: { rows: 'design', run: (table, { seed }) => sobolIndices(table, seed) },
  morris: { rows: 'design', run: (table, { seed }) => elementaryEffects(table, seed) },
  delta: { rows: 'any', run: (table, { seed }) => deltaMeasures(table, seed) },
  rank: { rows: 'any', run: table => rankCorrelations(table) },
  variance: {
    rows: 'points',
    run: ({ outcome }, { replications }) => splitVariance(outcome.name, outcome.values, replications),
  },
} as const satisfies { readonly [M in AnalysisDocument['method']]: Analysis }

export type Method = keyof typeof analyses
