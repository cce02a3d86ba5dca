import { type Hypothesis, hypothesis } from './hypothesis.ts'
import { isDown, isUp, pairedDifference } from './hypothesis-figures.ts'
import type { HypothesisRuns } from './hypothesis-runs.ts'

/** Statements about corridors, sanctions, money, the price of entry and outsiders. */

const lowShift = { settlement_shift: -0.4 }
const entry = { few: 0.03, many: 0.3 }

/** Economic, political and security effect of national-currency settlement at one strength of linkage. */
function settlementEffects(low: HypothesisRuns, high: HypothesisRuns) {
  const effect = (name: 'RS_economic' | 'RS_political' | 'RS_security') =>
    pairedDifference(low.final(name), high.final(name))
  return { economic: effect('RS_economic'), political: effect('RS_political'), security: effect('RS_security') }
}

const outsiders = (v_ext: number) => ({
  few: { parameters: { h_entry: entry.few, v_ext } },
  many: { parameters: { h_entry: entry.many, v_ext } },
})

export const systemHypotheses: readonly Hypothesis[] = [
  hypothesis({
    id: 'T5',
    statement: 'Corridors past Russia cost it transport and trade first and political alignment later.',
    worlds: {
      idle: { parameters: { corr_middle: 0, corr_cku: 0 } },
      growing: { parameters: { corr_middle: 0.06, corr_cku: 0.06 } },
    },
    test: ({ idle, growing }) => {
      const end = idle.ticks
      const early = Math.round(end * 0.4)
      const fall = (name: 'RS_transport' | 'RS_economic' | 'RS_political', tick: number) =>
        pairedDifference(idle.at(name, tick), growing.at(name, tick))
      const falls = {
        transport: fall('RS_transport', end),
        economic: fall('RS_economic', end),
        political: fall('RS_political', end),
      }
      const transportEarly = { value: fall('RS_transport', early).value / falls.transport.value }
      const economicEarly = { value: fall('RS_economic', early).value / falls.economic.value }
      const politicalEarly = { value: fall('RS_political', early).value / falls.political.value }
      return {
        holds:
          isDown(falls.transport) &&
          isDown(falls.economic) &&
          politicalEarly.value < Math.min(transportEarly.value, economicEarly.value),
        detail: {
          ...falls,
          'transport early': transportEarly,
          'economic early': economicEarly,
          'political early': politicalEarly,
        },
      }
    },
  }),
  hypothesis({
    id: 'T6',
    statement: 'Secondary sanctions cost Russia trade, and less where trade is settled in national currencies.',
    worlds: {
      high: {},
      highSanctioned: { parameters: { sanctions: 1 } },
      low: { parameters: lowShift },
      lowSanctioned: { parameters: { sanctions: 1, ...lowShift } },
    },
    test: ({ high, highSanctioned, low, lowSanctioned }) => {
      const trade = (runs: HypothesisRuns) => runs.final('RS_economic')
      const settled = pairedDifference(trade(high), trade(highSanctioned))
      const unsettled = pairedDifference(trade(low), trade(lowSanctioned))
      const spared = pairedDifference(
        trade(lowSanctioned).map((value, run) => value - trade(low)[run]!),
        trade(highSanctioned).map((value, run) => value - trade(high)[run]!),
      )
      return {
        holds: isDown(settled) && isDown(unsettled) && isUp(spared),
        detail: { 'much settled': settled, 'little settled': unsettled },
      }
    },
  }),
  hypothesis({
    id: 'H4',
    statement:
      'National-currency settlement ties the economy; politics and security follow by less than a quarter while linkage is small.',
    worlds: {
      low0: { parameters: { link: 0, ...lowShift } },
      high0: { parameters: { link: 0 } },
      low3: { parameters: { link: 0.3, ...lowShift } },
      high3: { parameters: { link: 0.3 } },
      low8: { parameters: { link: 0.8, ...lowShift } },
      high8: { parameters: { link: 0.8 } },
    },
    test: ({ low0, high0, low3, high3, low8, high8 }) => {
      const byLink = {
        0: settlementEffects(low0, high0),
        0.3: settlementEffects(low3, high3),
        0.8: settlementEffects(low8, high8),
      }
      const small = [byLink[0], byLink[0.3]]
      const holds = small.every(
        ({ economic, political, security }) =>
          isUp(economic) && Math.max(Math.abs(political.value), Math.abs(security.value)) < 0.25 * economic.value,
      )
      const detail = Object.entries(byLink).flatMap(([link, effects]) =>
        Object.entries(effects).map(([domain, figure]) => [`${domain} at linkage ${link}`, figure] as const),
      )
      return { holds, detail: Object.fromEntries(detail) }
    },
  }),
  hypothesis({
    id: 'H5',
    statement: 'A free entrance ticket widens CIS Plus and thins it: more externals, less depth times vitality.',
    worlds: { dear: { parameters: { ticket: 0.5 } }, free: { parameters: { ticket: 0 } } },
    test: ({ dear, free }) => {
      const substance = (runs: HypothesisRuns) => runs.final('v').map((value, run) => value * runs.depth[run]!)
      const external = pairedDifference(dear.final('ext'), free.final('ext'))
      const vitality = pairedDifference(dear.final('v'), free.final('v'))
      const depth = pairedDifference(substance(dear), substance(free))
      return { holds: isUp(external) && isDown(depth), detail: { external, vitality, 'depth × vitality': depth } }
    },
  }),
  hypothesis({
    id: 'H6a',
    statement: 'More externals lower Russia’s share of leadership and its concentration.',
    worlds: outsiders(0.1),
    test: ({ few, many }) => {
      const lead = pairedDifference(few.final('lead_RU'), many.final('lead_RU'))
      const concentration = pairedDifference(few.final('LHHI'), many.final('LHHI'))
      const external = pairedDifference(few.final('ext'), many.final('ext'))
      return {
        holds: isUp(external) && isDown(lead) && isDown(concentration),
        detail: { lead, concentration, external },
      }
    },
  }),
  ...[
    { id: 'H6b', v_ext: 0.1, case_: 'when outsiders are an asset' },
    { id: 'H6c', v_ext: -0.1, case_: 'even when their variety costs more than they bring' },
  ].map(({ id, v_ext, case_ }) =>
    hypothesis({
      id,
      statement: `More externals make CIS Plus livelier ${case_}.`,
      worlds: outsiders(v_ext),
      test: ({ few, many }) => {
        const vitality = pairedDifference(few.final('v'), many.final('v'))
        return { holds: isUp(vitality), detail: { vitality } }
      },
    }),
  ),
]
