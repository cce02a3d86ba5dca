import { hasOuterTier } from '../../../sim/scenario/outer-tier.ts'
import type { MapShape } from '../../charts/map-shape.ts'
import { lookOf } from '../../theme.ts'
import { shareWords } from '../../words.ts'
import { driverBars } from '../charts/driver-bars.ts'
import { type FanLook, fan } from '../charts/fan.ts'
import { map } from '../charts/map.ts'
import { outcomeBars } from '../charts/outcome-bars.ts'
import { plane } from '../charts/plane.ts'
import type { PathName } from '../engine/block.ts'
import type { ActorSplit } from '../engine/driver-parts.ts'
import type { Ensemble, Quantiles } from '../engine/ensemble.ts'
import { type Frame, inReference } from '../frame.ts'
import { gapChangeWords } from '../gap-change.ts'
import type { FigureSpec } from './figure-list.ts'

/** Driver terms of the actor that is shown: now and in the reference, once they are there. */
export interface DriverTerms {
  readonly now: ActorSplit
  readonly reference: ActorSplit | undefined
}

const fans: readonly (FanLook & { readonly index: PathName })[] = [
  { index: 'gap', name: 'Gap', token: 'accent', digits: 3 },
  { index: 'ID', name: 'Institutional alignment', token: 'accent', digits: 3 },
  { index: 'OP', name: 'Operational alignment', token: 'accent', digits: 3 },
  { index: 'v', name: 'Vitality of CIS Plus', token: 'council', digits: 2, limits: [0, 1] },
  { index: 'lead_RU', name: 'Russia’s leadership', token: 'consolidation', digits: 2, limits: [0, 1] },
  { index: 'ext', name: 'Outsiders in CIS Plus', token: 'realignment', digits: 1, limits: [0, 4] },
]

/** Vitality of CIS Plus and who takes part in it are drawn where it exists. */
function fansOf({ document }: Ensemble): typeof fans {
  return hasOuterTier(document) ? fans : fans.filter(({ index }) => index !== 'v' && index !== 'ext')
}

function ticksOf({ columns }: Ensemble): number[] {
  return Array.from({ length: columns.ticks + 1 }, (_, tick) => tick)
}

function pathOf(ensemble: Ensemble, index: PathName, runs: number): Quantiles[] {
  return ticksOf(ensemble).map(tick => ensemble.quantiles(ensemble.columns.path(index, tick), runs))
}

const outlined = 'Dashed: the reference. Differences pair runs of the same random world, with 95 % intervals.'

/** The pictures of the explorer, in the order in which they are read. */
export function explorerFigures(
  shapes: readonly MapShape[],
  actorSelect: HTMLElement,
  termsOf: () => DriverTerms | undefined,
): FigureSpec[] {
  return [
    {
      id: 'outcomes',
      title: 'Where runs end',
      caption: ({ same, now, runs }) =>
        `${same ? 'The line is the 95 % interval of the share.' : outlined} In ${shareWords(now.ambiguous(runs))} the two best outcomes score nearly alike.`,
      draw: ({ now, reference, runs, same, moves }, width) =>
        outcomeBars(
          now.outcomeShares(runs),
          same ? undefined : reference.outcomeShares(runs),
          outcome => moves?.get(`class=${outcome}`),
          width,
        ),
    },
    {
      id: 'plane',
      title: 'Signed and done: the duality plane',
      caption: ({ same, quarters, tick }) =>
        `Arrow: a core state from its median place ${same ? 'at the start (small ring)' : 'in the reference (ring; the small one is the start)'} to that at ${quarters[tick]}. Colour and, where there is room, number, as on the map: ${gapChangeWords(same)}; blue wider, orange narrower, grey less than 0.005. Largest ring: the state shown in depth below.`,
      draw: plane,
    },
    {
      id: 'paths',
      title: 'Paths of the whole system',
      caption: ({ same }) =>
        `Median, central half and central 90 % of runs; the line is the quarter shown.${same ? '' : ' Dashed: the reference.'}`,
      least: 262,
      draw: ({ now, reference, runs, same, quarters, tick }, width) =>
        fansOf(now).map(({ index, ...look }) =>
          fan(look, pathOf(now, index, runs), same ? undefined : pathOf(reference, index, runs), quarters, tick, width),
        ),
    },
    {
      id: 'map',
      title: 'The gap on the map',
      caption: ({ same, quarters, tick }) =>
        `At ${quarters[tick]}: ${gapChangeWords(same)}; blue wider, orange narrower, grey less than 0.005. Boundaries are those of the atlas and say nothing about their status.`,
      draw: (frame, width) => map(frame, shapes, width),
    },
    {
      id: 'actor',
      title: 'One state in depth',
      controls: actorSelect,
      least: 380,
      caption: () => 'Outcomes and paths of this state. A name in the plane or on the map chooses it, too.',
      draw: actorPictures,
    },
    {
      id: 'causes',
      title: 'Why it moved',
      least: 262,
      caption: ({ same }) =>
        `The driver terms of the model, which add up to the change of this state without a remainder: means over the first 100 runs, line: 95 % interval. Bars to the right widen the gap or raise the alignment, bars to the left narrow or lower it. Blue is away from Russia: a wider gap, or less alignment; orange is towards it.${same ? '' : ' Dashed: the reference.'}`,
      draw: (frame, width) => causePictures(frame, termsOf(), width),
    },
  ]
}

function actorPictures(frame: Frame, width: number): SVGSVGElement[] {
  const { now, reference, runs, same, moves, actor, quarters, tick } = frame
  const id = now.scenario.actors[actor]!
  const other = same ? undefined : inReference(frame, actor)
  type Path = (ensemble: Ensemble, i: number, t: number) => Quantiles
  const paths: readonly (FanLook & { readonly path: Path })[] = [
    {
      name: `${id}: gap`,
      token: 'accent',
      digits: 3,
      path: ({ columns, differenceQuantiles }, i, t) =>
        differenceQuantiles(columns.institutional(i, t), columns.operational(i, t), runs),
    },
    {
      name: `${id}: institutional`,
      token: 'accent',
      digits: 3,
      path: ({ columns, quantiles }, i, t) => quantiles(columns.institutional(i, t), runs),
    },
    {
      name: `${id}: operational`,
      token: 'accent',
      digits: 3,
      path: ({ columns, quantiles }, i, t) => quantiles(columns.operational(i, t), runs),
    },
  ]
  return [
    outcomeBars(
      now.actorShares(actor, runs),
      other === undefined ? undefined : reference.actorShares(other, runs),
      outcome => moves?.get(`${id}_class=${outcome}`),
      width,
    ),
    ...paths.map(({ path, ...look }) =>
      fan(
        look,
        ticksOf(now).map(t => path(now, actor, t)),
        other === undefined ? undefined : ticksOf(reference).map(t => path(reference, other, t)),
        quarters,
        tick,
        width,
      ),
    ),
  ]
}

const measures = { gap: 'gap', ID: 'institutional part', OP: 'operational part' } as const

function causePictures(
  { now, same, actor }: Frame,
  terms: DriverTerms | undefined,
  width: number,
): readonly SVGSVGElement[] {
  const id = now.scenario.actors[actor]!
  if (terms?.now.actor !== id) return []
  return (['gap', 'ID', 'OP'] as const).map(measure =>
    driverBars(
      `${id}: ${measures[measure]}`,
      measure === 'gap' ? 'up' : 'down',
      terms.now[measure],
      same ? undefined : terms.reference?.[measure],
      now.document,
      width,
    ),
  )
}

/** Rows of everything that is compared, for a spreadsheet. */
export function comparisonRows({ now, reference, runs, same, moves }: Frame): (string | number)[][] {
  const shares = now.outcomeShares(runs)
  const before = same ? undefined : reference.outcomeShares(runs)
  const head = [
    'quantity',
    'now',
    'now lower',
    'now upper',
    'reference',
    'difference',
    'lower',
    'upper',
    'verdict',
    'runs',
  ]
  const ofShares = shares.map((one, n) => {
    const move = moves?.get(`class=${one.outcome}`)
    return [
      `share of runs: ${lookOf(one.outcome).name}`,
      one.share,
      one.lower,
      one.upper,
      before ? before[n]!.share : '',
      ...(before && move
        ? [move.difference.value, move.difference.lower, move.difference.upper, move.verdict]
        : ['', '', '', '']),
      runs,
    ]
  })
  const others = same ? [] : [...(moves ?? [])].filter(([name]) => !name.startsWith('class='))
  return [
    head,
    ...ofShares,
    ...others.map(
      ([
        name,
        {
          a,
          b,
          difference: { value, lower, upper },
          verdict,
        },
      ]) => [
        name.includes('class=') ? `share of runs: ${name}` : `mean of ${name}`,
        b,
        '',
        '',
        a,
        value,
        lower,
        upper,
        verdict,
        runs,
      ],
    ),
  ]
}
