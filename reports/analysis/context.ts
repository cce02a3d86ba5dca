import type { Line, Section } from '../document.ts'
import { conditionSentence } from '../words.ts'

/** Where the rows of an analysis came from, and what its names mean. */
export interface AnalysisContext {
  /** Title of the scenario, or name of the table. */
  readonly subject: string
  /** The outcome in words. */
  readonly outcome: string
  /** What an input is and its unit; empty where nothing is known of it. */
  readonly meaning: (input: string) => string
  /** An input as it stands in a sentence, with its code where it has another name. */
  readonly called: (input: string) => string
  /** The command that gives the same page. */
  readonly command: string
  /** Seeds, hashes, versions: whatever else decides the numbers. */
  readonly provenance: readonly { readonly term: string; readonly line: Line }[]
  readonly foot: string
}

/** Data of charts under construction, and what may be said of them. */
export interface Findings {
  readonly answer: string
  readonly sections: readonly Section[]
  readonly data: Readonly<Record<string, unknown>>
}

/** What every page of an analysis says of its shares. */
export const analysisCondition = `${conditionSentence} What matters here matters in the model, within the ranges that were sampled.`

export function reproduction({ command, provenance }: AnalysisContext): Section {
  return {
    id: 'reproduce',
    name: 'Reproduce',
    title: 'How to reproduce this page',
    blocks: [
      { kind: 'command', text: command },
      { kind: 'words', line: 'The same rows, seed and version give the same numbers, byte for byte.' },
      { kind: 'definitions', items: provenance },
    ],
  }
}
