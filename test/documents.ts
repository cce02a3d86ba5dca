import { readFileSync } from 'node:fs'

/** The documents whose commands and examples are run as they are written. */
export const documents = ['README.md', 'sim/execute/README.md', 'reports/comparison/README.md'] as const

/** The blocks of a language in a document. */
export function blocksOf(document: (typeof documents)[number], language: string): string[] {
  const text = readFileSync(document, 'utf8')
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(match => match[1]!)
}
