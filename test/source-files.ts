import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)

/** Our TypeScript files below some folders, by path from the root. */
export function sourceFiles(folders: readonly string[]): Map<string, string> {
  const files = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(new URL(`${folder}/`, root), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.name.endsWith('.ts')) files.set(path, readFileSync(new URL(path, root), 'utf8'))
    }
  }
  for (const folder of folders) walk(folder)
  return files
}

/**
 * The code of a file alone: comments go, texts and patterns become empty, and what stands inside the braces of a
 * template stays.
 */
export function codeOnly(source: string): string {
  let code = ''
  let n = 0
  /** For each open template the depth of braces it is suspended at. */
  const templates: number[] = []
  let braces = 0
  const readTemplate = () => {
    for (; n < source.length; n++) {
      if (source[n] === '\\') n++
      else if (source[n] === '`') {
        n++
        return
      } else if (source.startsWith('${', n)) {
        n += 2
        templates.push(braces)
        return
      }
    }
  }
  while (n < source.length) {
    const rest = source.slice(n, n + 2)
    const character = source[n]!
    if (rest === '//') n = end(source, '\n', n)
    else if (rest === '/*') n = end(source, '*/', n + 2) + 2
    else if (character === "'" || character === '"') n = closing(source, n, character)
    else if (character === '`') {
      n++
      readTemplate()
      code += ' '
    } else if (character === '}' && templates.at(-1) === braces) {
      n++
      templates.pop()
      readTemplate()
      code += ' '
    } else if (character === '/' && /(?:^|[(,=:[!&|?{};+]|\breturn)\s*$/.test(code.slice(-40))) {
      n = pattern(source, n)
      code += ' '
    } else {
      if (character === '{') braces++
      if (character === '}') braces--
      code += character
      n++
    }
  }
  return code
}

function end(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from)
  return found < 0 ? source.length : found
}

function closing(source: string, open: number, mark: string): number {
  let n = open + 1
  while (n < source.length && source[n] !== mark) n += source[n] === '\\' ? 2 : 1
  return n + 1
}

/** The place after a pattern such as `/[/]/g`. */
function pattern(source: string, open: number): number {
  let n = open + 1
  let inClass = false
  while (n < source.length && source[n] !== '\n' && (inClass || source[n] !== '/')) {
    if (source[n] === '[') inClass = true
    if (source[n] === ']') inClass = false
    n += source[n] === '\\' ? 2 : 1
  }
  return n + 1
}
