import { sha256 } from './part.ts'

/**
 * JSON whose last key, `seal`, is the SHA-256 of the text without it: a changed character shows when it is read.
 *
 * @param indent - spaces a level; 0 for one line
 */
export function sealed(value: object, indent = 0): string {
  return JSON.stringify({ ...value, seal: sha256(JSON.stringify(value)) }, undefined, indent)
}

/** The value of a sealed text. @throws RangeError that says what is wrong with the text */
export function unsealed(text: string): unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new RangeError('is not JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || !('seal' in parsed)) throw new RangeError('has no seal')
  const { seal, ...value } = parsed
  if (sha256(JSON.stringify(value)) !== seal) throw new RangeError('does not match its seal')
  return value
}
