/** Names that are fixed by the model, not by a scenario; apart from the schema, so that a thread need not load it. */

export const tierNames = ['none', 'observer', 'partner', 'member'] as const
export const domainNames = ['political', 'security', 'economic', 'transport', 'cultural'] as const
export type TierName = (typeof tierNames)[number]

/** What events change: variables of the system, variables of actors, and constants of actors. */
export const systemDrivers = ['capacity', 'sanctions', 'delivered', 'war', 'growth', 'vitality'] as const
export const actorVariables = ['threat', 'insecurity_felt', 'leader', 'credibility', 'settlement', 'projects'] as const
export const actorConstants = [
  'sovereignty',
  'coercion_exposure',
  'insecurity',
  'succession',
  'project_need',
  'project_capacity',
  'sanctions_exposure',
  'corridor_exposure',
  'up_appetite',
  'down_tendency',
] as const
