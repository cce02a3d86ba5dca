import { basename, relative } from 'node:path'

/** How a process was started: what matters of it for starting it again. */
export interface Started {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/**
 * The command that was given, written out for a shell; through npx when it came through npm.
 *
 * @example resumeCommand({ argv: ['node', '/bin/multivector', 'run', 'a b.yaml'], env: {}, cwd: '/' }) // => "multivector run 'a b.yaml'"
 */
export function resumeCommand({ argv, env, cwd }: Started): string {
  const [, script = '', ...given] = argv
  if (env.npm_command !== undefined) return words(['npx', 'multivector', ...given])
  return words([...(basename(script) === 'multivector' ? ['multivector'] : ['node', relative(cwd, script)]), ...given])
}

const words = (list: readonly string[]) => list.map(quotedForShell).join(' ')

/** A word as a shell takes it, quoted where it must be. @example quotedForShell('a b') // => "'a b'" */
export function quotedForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
