import { colour, lookOf } from '../theme.ts'
import { percent, sentence, shareWords } from '../words.ts'
import { type ChartActor, type ChartData, coreOf } from './chart-data.ts'
import { type Choice, opacityFor, strengthOf } from './choice.ts'
import { asGiven, boxAt, chart, edge, isNarrow, quantity, small, type TopLevelSpec, textSize, words } from './spec.ts'
import { wrapped } from './wrap.ts'

const step = 26

/** Outcomes of each group and core actor: a column of bars for each outcome, with intervals and numbers. */
export function actorOutcomes(data: ChartData, width: number, choice: Choice = {}): TopLevelSpec {
  const narrow = isNarrow(width)
  const side = narrow ? 74 : width < 800 ? 132 : 150
  const groups = [...data.groups]
  const actors = [...coreOf(data)].sort((a, b) => dualityShare(b) - dualityShare(a))
  const rows = [
    ...groups.map((actor, n) => ({ actor, at: n })),
    ...actors.map((actor, n) => ({ actor, at: n + groups.length + 0.5 })),
  ]
  const columns = rows[0]?.actor.outcomes.map(({ outcome }) => outcome) ?? []
  const column = (width - side) / Math.max(1, columns.length)
  const most = Math.max(0.01, ...rows.flatMap(({ actor }) => actor.outcomes.map(({ upper }) => upper)))
  const length = (share: number) => (share / most) * (column - (narrow ? 32 : 48))
  const bars = rows.flatMap(({ actor, at }) =>
    actor.outcomes.map(({ outcome, share, lower, upper }, n) => {
      const left = side + n * column
      return {
        left,
        right: left + length(share),
        lower: left + length(lower),
        upper: left + length(upper),
        top: at * step + 5,
        bottom: at * step + step - 5,
        middle: (at + 0.5) * step,
        fill: colour(lookOf(outcome).token),
        actor: actor.id,
        outcome,
        strength:
          strengthOf(actor.id, choice) * (choice.outcome === undefined || choice.outcome === outcome ? 1 : 0.45),
        label: narrow ? (100 * share).toFixed(0) : percent(share),
        hover: { [actor.name]: lookOf(outcome).name, share: shareWords({ share, lower, upper }) },
      }
    }),
  )
  const fading = opacityFor(choice.outcome === undefined ? choice : { actor: '' })
  const names = rows.map(({ actor, at }) => ({ x: 0, y: (at + 0.5) * step, name: nameOf(actor, narrow, groups) }))
  const heads = columns.map((outcome, n) => ({
    x: side + n * column,
    shapeY: -15,
    y: -15,
    shape: lookOf(outcome).shape,
    fill: colour(lookOf(outcome).token),
    name: headOf(outcome, column),
  }))
  const x = (field: string) => quantity(field, { domain: [0, width], nice: false })
  const height = (rows.length + 0.5) * step
  const y = (field: string) => quantity(field, { domain: [height, 0], nice: false })
  return chart({
    width,
    height,
    layer: [
      {
        data: { values: bars },
        layer: [
          { mark: { type: 'rule' }, encoding: { x: x('left'), y: y('top'), y2: { field: 'bottom' } } },
          {
            mark: { type: 'rect', ...edge },
            encoding: {
              ...boxAt(x, y),
              fill: asGiven('fill'),
              tooltip: { field: 'hover' },
              ...fading,
            },
          },
          {
            mark: { type: 'rule', strokeWidth: 1.5, color: colour('ink') },
            encoding: { x: x('lower'), x2: { field: 'upper' }, y: y('middle'), ...fading },
          },
          words('label', x('upper'), y('middle'), { dx: 4, fontSize: textSize.small }),
        ],
      },
      {
        data: { values: names },
        ...words('name', x('x'), y('y'), {
          fontWeight: 600,
          limit: side - 4,
          lineHeight: 12,
          ...(narrow ? { fontSize: 10 } : {}),
        }),
      },
      {
        data: { values: heads },
        layer: [
          {
            mark: { type: 'point', filled: true, size: narrow ? 50 : 70, xOffset: 5 },
            encoding: { x: x('x'), y: y('shapeY'), shape: asGiven('shape'), fill: asGiven('fill') },
          },
          words('name', x('x'), y('y'), {
            dx: narrow ? 11 : 15,
            ...small('ink'),
            ...(narrow ? { fontSize: 9.5 } : {}),
          }),
        ],
      },
    ],
  })
}

function dualityShare(actor: ChartActor): number {
  return actor.outcomes.find(({ outcome }) => outcome === 'duality')!.share
}

function nameOf(actor: ChartActor, narrow: boolean, groups: readonly ChartActor[]): string | string[] {
  if (!narrow) return actor.name
  return groups.includes(actor) ? wrapped(actor.name, 10, 2) : actor.id
}

function headOf(outcome: string, column: number): string {
  const { name, short } = lookOf(outcome)
  return column > 160 ? sentence(name) : column > 96 ? short : abbreviated(short)
}

/** The first word of a name, cut to six letters where it is long. */
function abbreviated(name: string): string {
  const first = name.split(' ')[0]!
  return first.length <= 8 ? first : `${first.slice(0, 6)}.`
}
