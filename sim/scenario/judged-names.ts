/** Names of what a run is judged by. The model gives them their meaning; scenarios refer to them in `expect`. */

/** Outcomes of a run, in the order of their codes. */
export const outcomes = ['status_quo', 'duality', 'council', 'shell', 'consolidation', 'realignment'] as const

/** Outcomes of an actor or a group, in the order of their codes. */
export const actorOutcomes = ['status_quo', 'duality', 'reverse_duality', 'consolidation', 'realignment'] as const

/** Indices of the whole system, in the order of their columns. */
// biome-ignore format: one theme a line
export const indexNames = [
  'ID', 'OP', 'gap', 'v', 'lead_RU', 'ext', 'breadth',
  'H', 'RS_political', 'RS_security', 'RS_economic', 'RS_transport', 'RS_cultural', 'LHHI', 'ext_depth',
  'capacity', 'sanctions', 'delivered', 'war', 'threat', 'credibility', 'settlement', 'coercions',
] as const

/** Indices of an actor or a group. */
export const actorIndices = ['ID', 'OP', 'gap'] as const
