/**
 * Text in lines of at most so many characters; a last line that is cut ends with an ellipsis. A word that is longer
 * than a line is broken.
 *
 * @example wrapped('one two three', 8) // => ['one two', 'three']
 */
export function wrapped(text: string, characters: number, most = 3): string[] {
  const lines: string[] = ['']
  const pieces = text.split(' ').flatMap(word => {
    const letters = [...word]
    return Array.from({ length: Math.max(1, Math.ceil(letters.length / characters)) }, (_, n) =>
      letters.slice(n * characters, (n + 1) * characters).join(''),
    )
  })
  for (const piece of pieces) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = piece
    else if (line.length + 1 + piece.length <= characters) lines[lines.length - 1] = `${line} ${piece}`
    else lines.push(piece)
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, characters - 1)}…`]
}
