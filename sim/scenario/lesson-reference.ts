import { lessonSchema } from './lesson-schema.ts'
import { rows, table } from './reference.ts'
import { inner } from './schema-walk.ts'
import { z } from './zod.ts'

/** The reference of lesson files as Markdown, for `scenarios/lessons/README.md`. */
export function lessonReference(): string {
  const head = ['Key', 'Type', 'Default', 'Meaning']
  return [
    '## Every key\n',
    'Keys without a default must be given, but for those marked `none`.\n',
    table(head, rows(lessonSchema, '')),
    '\n## Predictions\n',
    'What stands under `predict.bars`; `kind` chooses the form.\n',
    ...predictionForms().flatMap(({ kind, form }) => [
      `\n### \`${kind}\`: ${form.description}\n`,
      table(
        head,
        rows(form, '').filter(([name]) => name !== '`kind`'),
      ),
    ]),
  ].join('\n')
}

function predictionForms(): { kind: string; form: z.ZodType }[] {
  return lessonSchema.shape.predict.shape.bars.options.map(option => {
    const form = option as z.ZodType
    const { kind } = (inner(form) as z.ZodObject).shape
    return { kind: kind instanceof z.ZodLiteral ? String([...kind.values][0]) : '', form }
  })
}
