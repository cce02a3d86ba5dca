import type { ScenarioDocument } from '../../sim/scenario/schema.ts'
import { type Block, type Table, tableOf } from '../document.ts'
import { type FixedInput, fixedParameters, settingsOf } from '../fixed-inputs.ts'
import { count, listed } from '../words.ts'

/** What is the same in every run of the scenario: first, in a sentence, what differs from the defaults. */
export function fixedPart(document: ScenarioDocument): Block {
  const lists: readonly { readonly what: string; readonly caption: string; readonly inputs: readonly FixedInput[] }[] =
    [
      { what: 'fixed parameters', caption: 'Fixed parameters', inputs: fixedParameters(document) },
      { what: 'weights of drivers in domains', caption: 'Weights', inputs: settingsOf('weights', document) },
      {
        what: 'numbers that form the indices and the depth of tiers',
        caption: 'Indices and depth',
        inputs: [...settingsOf('indices', document), ...settingsOf('depth', document)],
      },
      { what: 'thresholds of outcomes', caption: 'Thresholds', inputs: settingsOf('thresholds', document) },
    ]
  const changed = lists.flatMap(({ inputs }) => inputs.filter(input => input.changed))
  const said = changed.map(input => `${input.name} ${input.value} (${input.default})`)
  return {
    kind: 'part',
    title: 'What is the same in every run',
    blocks: [
      {
        kind: 'words',
        line:
          said.length === 0
            ? 'Every fixed parameter, weight and threshold has its default.'
            : `Other than the default in brackets: ${listed(said)}.`,
      },
      ...lists.map(({ what, caption, inputs }): Block => {
        const differ = inputs.filter(input => input.changed).length
        return {
          kind: 'folded',
          label: `${count(inputs.length)} ${what}${differ === 0 ? '' : `, ${differ} other than the default`}`,
          blocks: [fixedTable(caption, inputs)],
          print: true,
        }
      }),
    ],
  }
}

function fixedTable(caption: string, inputs: readonly FixedInput[]): Table {
  const units = inputs.some(({ unit }) => unit !== '')
  return tableOf(caption, inputs, [
    { name: 'Name', value: ({ name }) => name },
    { name: 'Value', value: ({ value, changed }) => (changed ? [{ strong: value }] : value) },
    {
      name: 'Default',
      value: input =>
        input.changed ? `${input.default}, changed` : input.default === input.value ? 'the same' : input.default,
    },
    ...(units ? [{ name: 'Unit', value: ({ unit }: FixedInput) => unit }] : []),
    { name: 'Meaning', value: ({ meaning }) => meaning },
    { name: 'Source', value: ({ source }) => source },
    { name: 'Grade', value: ({ grade }) => grade },
  ])
}
