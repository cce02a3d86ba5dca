/** Everything that could steer a terminal: control characters but for newline and tab, and bidirectional overrides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * Makes text harmless on a terminal: escapes and bidirectional marks become visible.
 *
 * @example clean('a\u001b[31mb') // => 'a␛[31mb'
 */
export function clean(text: string): string {
  return text.replace(steering, mark => {
    const code = mark.charCodeAt(0)
    return code < 32 ? String.fromCharCode(0x2400 + code) : '�'
  })
}

/** Prints data, for scripts and pipes. */
export function printOut(text: string): void {
  process.stdout.write(`${clean(text)}\n`)
}

/** Prints a message for people. */
export function printErr(text: string): void {
  process.stderr.write(`${clean(text)}\n`)
}

/** Prints one JSON document; its strings are escaped by JSON itself. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
