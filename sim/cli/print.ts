/** Everything that could steer a terminal: control characters but for newline and tab, and marks of text direction. */
const steering =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/** What the log of a build server takes for a command: `::error::` that begins a line, `##[group]`, `##vso[…]`. */
const commands = { beginning: /^([^\S\n]*):(?=:)/gm, anywhere: /##(?=\w*\[)/g }

/**
 * Hides the user and password of a queue's address, wherever it is repeated.
 *
 * @example masked('run a.yaml --queue rediss://me:secret@host:6379/0') // => 'run a.yaml --queue rediss://***@host:6379/0'
 */
export function masked(text: string): string {
  return text.replace(/(\brediss?:\/\/)[^\s"']*@/gi, '$1***@')
}

/**
 * Makes text harmless on a terminal and in the log of a build server: escapes and marks of direction become visible,
 * commands are broken up. Everything printed goes through here, or through `cleanJson`.
 *
 * @example clean('a\u001b[31mb') // => 'a␛[31mb'
 * @example clean('::error::x ##[group]') // => ': :error::x # #[group]'
 */
export function clean(text: string): string {
  return masked(text)
    .replace(steering, mark => {
      const code = mark.charCodeAt(0)
      return code < 32 ? String.fromCharCode(0x2400 + code) : '�'
    })
    .replace(commands.beginning, '$1: ')
    .replace(commands.anywhere, '# #')
}

/**
 * JSON on one line with the same marks escaped: whoever reads it gets every character back.
 *
 * @example cleanJson('\u009b1m') // => '"\\u009b1m"'
 */
export function cleanJson(value: unknown): string {
  const escaped = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
  return masked(JSON.stringify(value)).replace(steering, escaped).replace(commands.anywhere, '#\\u0023')
}

/** Prints data, for scripts and pipes. */
export function printOut(text: string): void {
  process.stdout.write(`${clean(text)}\n`)
}

/** Prints a message for people. */
export function printErr(text: string): void {
  process.stderr.write(`${clean(text)}\n`)
}

/** Prints one JSON document. */
export function printJson(value: unknown): void {
  process.stdout.write(`${cleanJson(value)}\n`)
}

/** Prints a page that is escaped already: cleaning it again would change its script, and so the hash that allows it. */
export function printRaw(page: string): void {
  process.stdout.write(page)
}

/** A remark of GitHub's build server about a run, and about a line of a file where one is named. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error'
  readonly title: string
  readonly message: string
  readonly file?: string
  /** From 1. */
  readonly line?: number
}

/** Prints an annotation: the one place where a command to a build server is written and not broken up. */
export function printAnnotation(annotation: Annotation): void {
  process.stdout.write(`${annotationText(annotation)}\n`)
}

/**
 * An annotation as a workflow command. Whatever its texts hold, it is one command on one line.
 *
 * @example annotationText({ level: 'error', title: 'a,b', message: '50 %\n::x::' }) // => '::error title=a%2Cb::50 %25%0A::x::'
 */
export function annotationText({ level, title, message, file, line }: Annotation): string {
  const data = (text: string) =>
    text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(steering, '\ufffd')
  const property = (text: string) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ]
  return `::${level} ${properties.join(',')}::${data(message)}`
}

/** Prints one line of JSON on stderr: structured log. */
export function printErrJson(value: unknown): void {
  process.stderr.write(`${cleanJson(value)}\n`)
}
