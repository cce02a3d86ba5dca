import { colour } from '../theme.ts'
import { percent } from '../words.ts'
import { type ChartCountry, type ChartData, coreOf } from './chart-data.ts'
import { inkOn } from './ink.ts'
import {
  asGiven,
  asNumber,
  boxAt,
  chart,
  isNarrow,
  quantity,
  small,
  type TopLevelSpec,
  textSize,
  words,
} from './spec.ts'

const step = 28
const shortTiers = { none: 'none', observer: 'obs.', partner: 'part.', member: 'mem.' } as const
const tiers = ['none', 'observer', 'partner', 'member'] as const

/** Depth of colour for a share of runs, 0 to 1; none is a shade, so that the cell is seen. */
function depthOf(share: number): number {
  return 0.04 + 0.96 * share
}

/** The CIS and, where it exists, CIS Plus, by their place among the institutions. */
function bodiesOf({ outerTier }: ChartData): number[] {
  return outerTier ? [0, 1] : [0]
}

/** Tier of each core actor in the CIS and in CIS Plus: shade and number for the share of runs at the end, a frame for the start. */
export function coreTiers(data: ChartData, width: number): TopLevelSpec {
  return tierMatrix(coreOf(data), bodiesOf(data), width)
}

/** Tier of each outsider in CIS Plus, or in the CIS where there is no CIS Plus. */
export function externalTiers(data: ChartData, width: number): TopLevelSpec {
  const outsiders = data.actors.filter(({ core }) => !core)
  const body = bodiesOf(data).at(-1)!
  const outside = ({ tiers: held }: ChartCountry) => held[body]!.end[0]!
  return tierMatrix(
    outsiders.sort((a, b) => outside(a) - outside(b)),
    [body],
    width,
  )
}

function tierMatrix(actors: readonly ChartCountry[], institutions: readonly number[], width: number): TopLevelSpec {
  const heads = institutions.map(institution => ['CIS', 'CIS Plus'][institution]!)
  const narrow = isNarrow(width)
  const side = narrow ? 42 : 172
  const apart = narrow ? 10 : 36
  const block = Math.min(460, (width - side - apart * (heads.length - 1)) / heads.length)
  const column = block / tiers.length
  const toX = (place: number, tier: number) => side + place * (block + apart) + (tier + 0.5) * column
  const cells = actors.flatMap((actor, row) =>
    institutions.flatMap((institution, place) =>
      tiers.map((tier, n) => {
        const { start, end } = actor.tiers[institution]!
        const share = end[n]!
        return {
          x: toX(place, n),
          y: (row + 0.5) * step,
          left: toX(place, n) - column / 2 + 2,
          right: toX(place, n) + column / 2 - 2,
          top: row * step + 2,
          bottom: (row + 1) * step - 2,
          depth: depthOf(share),
          start: start === tier,
          label: share === 0 ? '' : narrow ? (100 * share).toFixed(0) : percent(share),
          ink: inkOn('accent', depthOf(share)),
          hover: { [actor.name]: `${heads[place]}, ${tier}`, 'at the end': percent(share, 1), 'at the start': start },
        }
      }),
    ),
  )
  const titles = heads.map((name, place) => ({ x: toX(place, 0) - column / 2, y: -36, name }))
  const columns = heads.flatMap((_, place) =>
    tiers.map((tier, n) => ({ x: toX(place, n), y: -14, tier: narrow ? shortTiers[tier] : tier })),
  )
  const names = actors.map(({ id, name }, row) => ({ x: 0, y: (row + 0.5) * step, name: narrow ? id : name }))
  const height = actors.length * step
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  const box = boxAt(x, y)
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: cells },
        layer: [
          {
            mark: { type: 'rect', fill: colour('accent'), cornerRadius: 2 },
            encoding: {
              ...box,
              fillOpacity: asNumber('depth'),
              tooltip: { field: 'hover' },
            },
          },
          {
            mark: { type: 'text', align: 'center', fontSize: textSize.small },
            encoding: { x: x('x'), y: y('y'), text: { field: 'label' }, color: asGiven('ink') },
          },
        ],
      },
      {
        data: { values: cells.filter(({ start }) => start) },
        mark: { type: 'rect', fill: 'transparent', stroke: colour('ink'), strokeWidth: 2, cornerRadius: 2 },
        encoding: box,
      },
      { data: { values: titles }, ...words('name', x('x'), y('y'), { fontWeight: 700 }) },
      {
        data: { values: columns },
        ...words('tier', x('x'), y('y'), { align: 'center', ...small(), fontSize: narrow ? 9.5 : textSize.small }),
      },
      { data: { values: names }, ...words('name', x('x'), y('y'), { fontWeight: 600, limit: side - 8 }) },
    ],
  })
}
