import type { ReportDocument } from '../../reports/document.ts'
import { reported, reportOf } from '../reports/reported.ts'

/**
 * Reports whose charts are shown in the gallery. Every chart of the catalogue must be in one of them: whoever adds a
 * chart adds a report that has it, from a small fixed batch.
 */
export const examples: readonly (() => Promise<ReportDocument>)[] = [async () => reportOf(await reported())]
