/**
 * Damerau–Levenshtein distance, optimal string alignment: the fewest insertions, deletions, replacements and swaps of
 * neighbours that turn one word into the other. Cost O(a × b).
 *
 * @see Damerau (1964), A technique for computer detection and correction of spelling errors
 * @example distance('probablity', 'probability') // => 1
 */
export function distance(a: string, b: string): number {
  const width = b.length + 1
  const cells = new Uint32Array((a.length + 1) * width)
  for (let i = 0; i <= a.length; i++) cells[i * width] = i
  for (let j = 0; j <= b.length; j++) cells[j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(
        cells[(i - 1) * width + j]! + 1,
        cells[i * width + j - 1]! + 1,
        cells[(i - 1) * width + j - 1]! + same,
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, cells[(i - 2) * width + j - 2]! + 1)
      }
      cells[i * width + j] = best
    }
  }
  return cells[a.length * width + b.length]!
}

/** The other known word a mistyped one most likely stands for; undefined when none is near. Case does not count. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > 60) return undefined
  const lower = word.toLowerCase()
  let best: string | undefined
  // Between words of one or two letters every other word is near.
  let least = word.length < 3 ? 1 : Math.floor(word.length / 3) + 1
  for (const candidate of known) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= least) continue
    const d = distance(lower, candidate.toLowerCase())
    if (d < least) {
      least = d
      best = candidate
    }
  }
  return best
}

/** Help for a word that is not known: the likely one, or the known ones when they are few. */
export function suggest(word: string, known: Iterable<string>, kind: string): string {
  const all = [...known]
  const likely = closest(word, all)
  if (likely !== undefined) return `did you mean \`${likely}\`?`
  if (all.length === 0) return `there are no ${kind}`
  const shown = all.slice(0, 12).join(', ')
  return `known ${kind}: ${shown}${all.length > 12 ? ` and ${all.length - 12} more` : ''}`
}
