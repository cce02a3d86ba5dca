import { parameterCatalogue } from '../../sim/scenario/parameter.ts'
import type { ScenarioDocument } from '../../sim/scenario/schema.ts'

/** Where a parameter of a scenario is written, so that it can be written again. */
function sectionOf(document: ScenarioDocument, name: string): 'levers' | 'uncertainties' | 'parameters' {
  if (Object.hasOwn(document.levers, name)) return 'levers'
  return Object.hasOwn(document.uncertainties, name) ? 'uncertainties' : 'parameters'
}

/**
 * The values that can be set in a scenario: those of its parameters, inside their bounds.
 *
 * @returns them, and a sentence for each of the others
 */
export function admissible(
  document: ScenarioDocument,
  set: Readonly<Record<string, number>>,
): { readonly set: Record<string, number>; readonly refused: string[] } {
  const catalogue = parameterCatalogue(document.options, Object.keys(document.corridors))
  const kept: Record<string, number> = {}
  const refused: string[] = []
  for (const [name, value] of Object.entries(set)) {
    const bounds = catalogue.get(name)?.bounds
    if (!bounds) refused.push(`${name}: expected a parameter of this scenario; it is left as it is`)
    else if (!(value >= bounds[0] && value <= bounds[1]))
      refused.push(`${name}: expected a number from ${bounds[0]} to ${bounds[1]}, got ${value}; it is left as it is`)
    else kept[name] = value
  }
  return { set: kept, refused }
}

/**
 * The scenario with parameters fixed at these values, which takes them out of the sampling. All other draws stay as they
 * are, so that runs can be compared one by one.
 *
 * @param set - admissible values
 */
export function withChanges(document: ScenarioDocument, set: Readonly<Record<string, number>>): ScenarioDocument {
  const sections = {
    levers: { ...document.levers },
    uncertainties: { ...document.uncertainties },
    parameters: { ...document.parameters },
  }
  for (const [name, value] of Object.entries(set)) {
    const section = sectionOf(document, name)
    if (section === 'parameters') sections.parameters[name] = value
    else sections[section][name] = { distribution: 'fixed', value }
  }
  return { ...document, ...sections }
}

/**
 * A scenario file of a point, for the command line: it extends the one the point starts from.
 *
 * @param base - file name of that one, beside which the file is to lie
 */
export function scenarioText(
  document: ScenarioDocument,
  base: string,
  set: Readonly<Record<string, number>>,
  seed: string,
): string {
  const lines = [
    '# Saved by the explorer. Keep it beside the file it extends.',
    '',
    `extends: ${JSON.stringify(base)}`,
    `title: ${quotedText(`${document.title}, changed`)}`,
    `question: ${quotedText(document.question)}`,
    `batch: { runs: 2000, seed: ${JSON.stringify(seed)}, design: monte-carlo }`,
  ]
  for (const section of ['levers', 'uncertainties', 'parameters'] as const) {
    const own = Object.entries(set).filter(([name]) => sectionOf(document, name) === section)
    if (own.length === 0) continue
    lines.push(`${section}:`)
    for (const [name, value] of own)
      lines.push(`  ${name}: ${section === 'parameters' ? value : `{ distribution: fixed, value: ${value} }`}`)
  }
  return `${lines.join('\n')}\n`
}

/** A text of the scenario in double quotes, within the 2,000 characters the format allows. */
function quotedText(text: string): string {
  return JSON.stringify(text.slice(0, 2000))
}
