import type { IndexName } from '../model/indices.ts'
import type { Range } from './columns.ts'

const share: Range = [0, 1]
const count: Range = [0, null]

/** Unit, range and meaning of each index, as the mean of its last four ticks. */
export const indexColumns: Readonly<Record<IndexName, readonly [unit: string, range: Range, meaning: string]>> = {
  ID: ['share', share, 'institutional alignment with Russia, core mean'],
  OP: ['share', share, 'operational alignment with Russia, core mean'],
  gap: ['share', [-1, 1], 'ID − OP: institutional less operational alignment, core mean'],
  v: ['index', share, 'vitality of CIS Plus: 0 dead, 1 thriving'],
  lead_RU: ['share', share, 'Russia’s share of leadership in the CIS and CIS Plus'],
  ext: ['actors', count, 'actors outside the core that take part in CIS Plus'],
  breadth: ['share', share, 'share of the weight of the core that is in the CIS'],
  H: ['index', share, 'spread over the options (1 − Σ share²), core mean'],
  RS_political: ['share', share, 'Russia’s share of political alignment, core mean'],
  RS_security: ['share', share, 'Russia’s share of security alignment, core mean'],
  RS_economic: ['share', share, 'Russia’s share of economic alignment, core mean'],
  RS_transport: ['share', share, 'Russia’s share of transport alignment, core mean'],
  RS_cultural: ['share', share, 'Russia’s share of cultural alignment, core mean'],
  LHHI: ['index', share, 'concentration of leadership (Σ share²)'],
  ext_depth: ['depth', count, 'depth of actors outside the core in CIS Plus, added up; a member counts 1'],
  capacity: ['index', share, 'Russian capacity'],
  sanctions: ['index', share, 'pressure of secondary sanctions'],
  delivered: ['index', share, 'how much of the declared win-win Russia delivers'],
  war: ['phase', [0, 2], 'phase of the war: 0 war, 1 ceasefire, 2 settlement'],
  threat: ['index', share, 'perceived threat, core mean'],
  credibility: ['index', share, 'credibility of Russia’s posture, core mean'],
  settlement: ['share', share, 'trade with Russia settled in national currencies, core mean'],
  coercions: ['events', count, 'coercive acts since the start'],
}
