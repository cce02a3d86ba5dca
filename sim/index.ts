/**
 * multivector as a library: load a scenario, run a batch, trace one run.
 */
export type { ActorSummary, CountrySummary, Summary } from './analysis/summary.ts'
export { UserError } from './core/errors.ts'
export type { DesignName, Plan } from './design/plan.ts'
export type { Executor } from './execute/executor.ts'
export { serialExecutor } from './execute/serial.ts'
export { threadExecutor } from './execute/threads.ts'
export { type BatchRequest, type BatchResult, type Progress, runBatch, summariseBatch } from './experiment.ts'
export { type Trace, type TraceRequest, traceRun } from './model/trace.ts'
export type { LoadedScenario } from './scenario/load.ts'
export type { ScenarioDocument } from './scenario/schema.ts'
export { loadScenarioFile as loadScenario } from './scenario-files.ts'
export { engineVersion, modelVersion } from './version.ts'
