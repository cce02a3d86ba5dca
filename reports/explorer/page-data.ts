import type { MapShape } from '../charts/map-shape.ts'

/** What the page carries besides its script, as JSON in the element `data`. Texts of files are as they are on the disk. */
export interface PageData {
  /** Version of the package. */
  readonly engine: string
  /** Scenario files by path, such as `scenarios/baseline.yaml`. */
  readonly scenarios: Readonly<Record<string, string>>
  /** Lesson files by path, such as `scenarios/lessons/words-and-deeds.yaml`. */
  readonly lessons: Readonly<Record<string, string>>
  /** Path of the scenario the page opens with. */
  readonly start: string
  /** A batch the page was written for: its shares stand beside what the page computes. */
  readonly batch?: StoredBatch
  readonly map: readonly MapShape[]
}

/** Stored results of a batch. */
export interface StoredBatch {
  readonly digest: string
  readonly runs: number
  readonly seed: string
  readonly design: string
  readonly outcomes: readonly {
    readonly outcome: string
    readonly share: number
    readonly lower: number
    readonly upper: number
  }[]
}
