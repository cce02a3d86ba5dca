/** Exit codes of the command, after sysexits.h; 0 done, 1 done but the answer is no. */
export const exitCode = {
  answerIsNo: 1,
  inconclusive: 3,
  usage: 64,
  badData: 65,
  noInput: 66,
  unavailable: 69,
  bug: 70,
  cannotCreate: 73,
  io: 74,
  resumable: 75,
  mismatch: 76,
  noPermission: 77,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/**
 * An error the user can act on. The message says place, expectation and value; `code` is the exit code of the command.
 * Every other error is our bug.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError'
  readonly code: ExitCode

  constructor(code: ExitCode, message: string) {
    super(message)
    this.code = code
  }
}
