import { CST, Lexer, Parser } from 'yaml'
import { deepest } from './limits.ts'

/**
 * Refuses YAML that could cost more than a moment: the reader of YAML recurses, so deep nesting can end the process and
 * no `catch` sees it. Here the text passes through the same lexer and the same iterative first stage the reader uses,
 * one lexical token at a time, and stops at the first limit.
 */

/** `breaks` are line ends and backslashes within texts: the second stage may find an error at each of them. */
const limits = { characters: 1 << 20, depth: deepest, tokens: 200_000, keys: 2_000, errors: 200, breaks: 20_000 }

interface Refusal {
  readonly start: number
  readonly end: number
  readonly code: string
  readonly message: string
  readonly help?: string
}

/** Either why a text is refused, or its tokens, which nest no deeper than `deepest` and are ready to be composed. */
type Guarded = { readonly refusal: Refusal } | { readonly tokens: readonly CST.Token[] }

const features: Partial<Record<CST.TokenType, [code: string, message: string, help: string]>> = {
  anchor: ['yaml-anchor', 'expected a value, got an anchor', 'write the value out, or put the text in quotes'],
  alias: ['yaml-alias', 'expected a value, got an alias', 'write the value out, or put the text in quotes'],
  tag: ['yaml-tag', 'expected a value, got a tag', 'leave the tag out, or put the text in quotes'],
  'directive-line': ['yaml-directive', 'expected a scenario, got a directive', 'leave lines that begin with % out'],
}

export function guard(text: string): Guarded {
  const refusal = guardCharacters(text)
  return refusal ? { refusal } : guardTokens(text)
}

function guardCharacters(text: string): Refusal | undefined {
  if (text.length > limits.characters) {
    return { start: 0, end: 1, code: 'file-size', message: `expected at most 1 MiB, got ${text.length} characters` }
  }
  const utf8 = 'save the file as UTF-8 without special characters of other programs'
  const marks = /^(?:\ufffd\ufffd|\ufffe|[^\0]?\0)/.exec(text)
  if (marks) return { start: 0, end: 1, code: 'encoding', message: 'expected UTF-8, got another encoding', help: utf8 }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\p{Surrogate}]|\r(?!\n)|(?!^)\ufeff/u.exec(text)
  if (!found) return undefined
  const point = found[0].codePointAt(0)!
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  const place = { start: found.index, end: found.index + 1 }
  return point === 0xfffd
    ? { ...place, code: 'encoding', message: 'expected UTF-8, got a byte sequence that is not', help: utf8 }
    : { ...place, code: 'control-character', message: `expected text, got the control character ${name}` }
}

function guardTokens(text: string): Guarded {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let count = 0
  let errors = 0
  let breaks = 0
  let documents = 0
  let content = false
  let scalar = false
  for (const source of new Lexer().lex(text)) {
    const offset = parser.offset
    const refuse = (code: string, message: string, help?: string): Guarded => ({
      refusal: {
        start: offset,
        end: offset + source.length,
        code,
        message,
        ...(help === undefined ? {} : { help }),
      },
    })
    const type: CST.TokenType | null = scalar ? null : CST.tokenType(source)
    if (scalar || type === 'double-quoted-scalar' || type === 'single-quoted-scalar') {
      for (const character of source) if (character === '\\' || character === '\n') breaks++
      if (breaks > limits.breaks)
        return refuse('break-limit', `expected at most ${limits.breaks} line ends and backslashes in texts, got more`)
    }
    scalar = type === 'scalar'
    if (++count > limits.tokens) return refuse('token-limit', `expected at most ${limits.tokens} tokens, got more`)
    const feature = type && features[type]
    if (feature) return refuse(...feature)
    if (type === 'doc-mode') documents += 1
    if (documents > 1 || (type === 'doc-start' && content)) {
      return refuse('yaml-documents', 'expected one document, got another', 'put each scenario in its own file')
    }
    content ||= !['doc-mode', 'byte-order-mark', 'newline', 'space', 'comment'].includes(type ?? 'scalar')
    for (const token of parser.next(source)) {
      tokens.push(token)
      if (token.type === 'error' && ++errors > limits.errors) return { tokens }
    }
    if (parser.stack.length > limits.depth && depth(parser.stack) > limits.depth) {
      return refuse('nesting-limit', `expected at most ${limits.depth} levels, got more`)
    }
    if (keys(parser.stack.at(-1)) > limits.keys) {
      return refuse('key-limit', `expected at most ${limits.keys} keys in a map, got more`)
    }
  }
  tokens.push(...parser.end())
  return { tokens }
}

function depth(stack: readonly CST.Token[]): number {
  return stack.filter(t => t.type === 'block-map' || t.type === 'block-seq' || t.type === 'flow-collection').length
}

function keys(token: CST.Token | undefined): number {
  if (token?.type === 'block-map') return token.items.length
  return token?.type === 'flow-collection' && token.start.type === 'flow-map-start' ? token.items.length : 0
}
