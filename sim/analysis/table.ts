import { exitCode, UserError } from '../core/errors.ts'

/** One input of a table. */
export interface InputColumn {
  readonly name: string
  /** [rows]; places in `categories` where there are some. */
  readonly values: Float64Array
  /** The texts of a categorical input. */
  readonly categories?: readonly string[]
  /** Ranks of the values, [rows], where several analyses share them. */
  readonly ranks?: Float64Array
}

/** What an analysis works on: inputs and one outcome, a row a run, all finite. */
export interface Table {
  readonly rows: number
  readonly inputs: readonly InputColumn[]
  readonly outcome: { readonly name: string; readonly values: Float64Array }
}

/** The columns asked for; what is left out means every other column. */
export interface TableRequest {
  readonly inputs?: readonly string[] | undefined
  readonly outcome?: string | undefined
  /** Inputs whose cells are texts. */
  readonly categorical?: readonly string[] | undefined
  /** Whether inputs that the table does not have are left out. */
  readonly ifPresent?: boolean
}

/** @throws UserError where an analysis needs more rows than there are */
export function needRows(method: string, rows: number, least: number): void {
  if (rows >= least) return
  throw new UserError(exitCode.badData, `${method}: expected at least ${least} rows, got ${rows}; make more runs`)
}

/** @throws UserError where the outcome is the same in every row */
export function needVariation({ outcome: { name, values } }: Table): void {
  if (values.some(value => value !== values[0])) return
  throw new UserError(
    exitCode.badData,
    `${name}: expected an outcome that varies, got ${values[0]} in every row; take another outcome or threshold`,
  )
}
