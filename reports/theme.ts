/**
 * One look for page and charts. Charts name colours by token; the page gives each token a value for light and dark, so
 * that a drawn chart follows the reader's setting and the printer without being drawn again.
 *
 * Colours begin from Okabe & Ito (2008), https://jfly.uni-koeln.de/color/, moved until those of the outcomes, and those
 * of the poles, are far apart for every kind of colour vision on both papers. No colour stands alone: every outcome and
 * pole also has a shape and a direct label.
 */
export const tokens = {
  paper: ['#ffffff', '#15181c'],
  panel: ['#f5f6f8', '#1d2126'],
  ink: ['#16191d', '#edf0f3'],
  soft: ['#545b64', '#aab2bb'],
  line: ['#aeb5bd', '#555e68'],
  grid: ['#e4e7eb', '#2b3138'],
  accent: ['#0068a5', '#5ab1ea'],
  warn: ['#a03c00', '#f59a52'],
  status_quo: ['#8d949d', '#757c85'],
  duality: ['#0a6cb6', '#4ba3e6'],
  reverse_duality: ['#50bcf0', '#aeeaff'],
  council: ['#0ea165', '#3acb8b'],
  shell: ['#eaa010', '#f0b63c'],
  consolidation: ['#c4520d', '#e86c38'],
  realignment: ['#8e2c6a', '#d6a0c0'],
  pole_russia: ['#a72a16', '#d8584a'],
  pole_china: ['#cc9e15', '#e7c050'],
  pole_west: ['#2e6ae6', '#5fd6fa'],
  pole_turkiye: ['#4d0c5c', '#bd77f6'],
  pole_south: ['#55ba78', '#ace0a4'],
  pole_own: ['#636971', '#828890'],
  // Diverging scale: away from Russia (blue) over no change to towards Russia (orange).
  away3: ['#1f66ac', '#63b3f2'],
  away2: ['#72b0dc', '#2a6ba5'],
  away1: ['#d3e6f4', '#25405a'],
  level: ['#e6e6e4', '#343a41'],
  toward1: ['#fce3cb', '#553a24'],
  toward2: ['#f2a562', '#985719'],
  toward3: ['#bd5208', '#f29b4c'],
  // What is written in coloured cells, on light and dark paper; `charts/ink.ts` chooses.
  black: ['#000000', '#000000'],
  white: ['#ffffff', '#ffffff'],
  black_white: ['#000000', '#ffffff'],
  white_black: ['#ffffff', '#000000'],
} as const satisfies Record<string, readonly [light: string, dark: string]>

export type Token = keyof typeof tokens

/** The colour of a token, for charts and style alike. */
export function colour(token: Token): string {
  return `var(--${token.replace('_', '-')})`
}

/** A text with every token replaced by its value, for pictures that live outside the page. */
export function resolveColours(text: string, dark = false): string {
  let resolved = text
  for (const [token, values] of Object.entries(tokens)) {
    resolved = resolved.replaceAll(colour(token as Token), values[dark ? 1 : 0])
  }
  return resolved
}

export const fontStack =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Helvetica, Arial, sans-serif"

export interface OutcomeLook {
  readonly token: Token
  /** A symbol of Vega, or an outline in a square from −1 to 1. */
  readonly shape: string
  readonly name: string
  /** For places with little room. */
  readonly short: string
  /** What a run of this outcome looks like, after "in which". */
  readonly meaning: string
}

/** Fixed name, colour and shape of each outcome of runs, actors and groups. */
const outcomeLooks: Readonly<Record<string, OutcomeLook>> = {
  status_quo: {
    token: 'status_quo',
    shape: 'circle',
    name: 'status quo',
    short: 'Status quo',
    meaning: 'no other pattern is clear',
  },
  duality: {
    token: 'duality',
    shape: 'triangle-up',
    name: 'strategic duality',
    short: 'Duality',
    meaning: 'institutions hold while practice leaves Russia',
  },
  reverse_duality: {
    token: 'reverse_duality',
    shape: 'triangle-down',
    name: 'reverse duality',
    short: 'Reverse',
    meaning: 'institutions loosen while practice stays with Russia',
  },
  council: {
    token: 'council',
    shape: 'diamond',
    name: 'coordination council',
    short: 'Council',
    meaning: 'CIS Plus is lively, has outsiders, and Russia leads less',
  },
  shell: {
    token: 'shell',
    shape: 'M-0.9,-0.9H0.9V0.9H-0.9ZM-0.4,-0.4V0.4H0.4V-0.4Z',
    name: 'symbolic shell',
    short: 'Shell',
    meaning: 'membership stays, CIS Plus does little',
  },
  consolidation: {
    token: 'consolidation',
    shape: 'square',
    name: 'Russian consolidation',
    short: 'Consolidation',
    meaning: 'practice and leadership move towards Russia',
  },
  realignment: {
    token: 'realignment',
    shape: 'cross',
    name: 'realignment',
    short: 'Realignment',
    meaning: 'institutions or practice leave Russia, or states leave the CIS',
  },
}

export function lookOf(outcome: string): OutcomeLook {
  const look = outcomeLooks[outcome]
  if (look === undefined) throw new RangeError(`outcome: expected one of the known, got ${outcome}`)
  return look
}

interface PoleLook {
  readonly token: Token
  readonly shape: string
  readonly name: string
}

/** Fixed name, colour and shape of each pole, and of autonomy. */
const poleLooks: Readonly<Record<string, PoleLook>> = {
  russia: { token: 'pole_russia', shape: 'square', name: 'Russia' },
  china: { token: 'pole_china', shape: 'circle', name: 'China' },
  west: { token: 'pole_west', shape: 'triangle-up', name: 'West' },
  turkiye: { token: 'pole_turkiye', shape: 'diamond', name: 'Türkiye' },
  south: { token: 'pole_south', shape: 'triangle-down', name: 'South' },
  own: { token: 'pole_own', shape: 'cross', name: 'own way' },
}

/** Look of an option of a scenario; one that is not known has its id for a name. */
export function poleLookOf(option: string): PoleLook {
  return Object.hasOwn(poleLooks, option) ? poleLooks[option]! : { token: 'soft', shape: 'circle', name: option }
}
