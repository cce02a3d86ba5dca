/** A number in the text of an SVG; not a part of a name or of a colour. */
const numbers = /(?:(?<![\w#.-])|(?<=[MLHVCSQTAZ]))[-−+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g

/** A picture with what does not show left out, and coordinates to a tenth of a pixel: small enough to be kept. */
export function compact(svg: string): string {
  return svg.replace(/<(?!text|title|desc)[^>]*>/g, tag =>
    tag
      .replace(/ (?:role|aria-\w+|class|pointer-events)="[^"]*"/g, '')
      .replace(/ (?:d|transform|x|y|[xy][12]|width|height)="[^"]*"/g, places =>
        places.replace(/-?\d+\.\d{2,}/g, number => String(Math.round(Number(number) * 10) / 10)),
      ),
  )
}

/**
 * What differs between two pictures beyond `tolerance` pixels, or beyond the last digit of a label: the first few
 * places, none for pictures that look the same.
 */
export function pictureDifferences(drawn: string, kept: string, tolerance = 1): string[] {
  const [a, b] = [partsOf(drawn), partsOf(kept)]
  const found: string[] = []
  for (let n = 0; n < Math.max(a.tags.length, b.tags.length) && found.length < 5; n++) {
    const same =
      a.skeleton[n] === b.skeleton[n] && a.values[n]!.every((value, k) => near(value, b.values[n]![k]!, tolerance))
    if (!same) found.push(`drawn <${a.tags[n]?.trim()}, kept <${b.tags[n]?.trim()}`.slice(0, 300))
  }
  return found
}

/** The tags of a picture with the text after each, the same without numbers, and the numbers. */
function partsOf(svg: string) {
  const tags = svg.split('<')
  return {
    tags,
    skeleton: tags.map(tag => tag.replace(numbers, '0')),
    values: tags.map((tag): readonly string[] => tag.match(numbers) ?? []),
  }
}

function near(a: string, b: string, tolerance: number): boolean {
  return Math.abs(Number(a.replace('−', '-')) - Number(b.replace('−', '-'))) <= tolerance
}
