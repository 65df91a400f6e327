// The table
export { operations } from './operations.ts'
export type { Operation, OperationId } from './operations.ts'
// Failures
export { problemSchema } from './problem.ts'
export type { Problem } from './problem.ts'
// The tenant's Google app
export {
  checkIds,
  checkReportSchema,
  checkSchema,
  fieldFactSchema,
  googleChangesSchema,
  googleFieldSchema,
  googleSetupStatusSchema,
  resetInputSchema,
  resetResultSchema,
  secretChangeSchema,
  setupScriptSchema,
} from './google.ts'
export type { Check, CheckReport, FieldFact, GoogleChanges, GoogleSetupStatus, ResetResult, SecretChange } from './google.ts'
// Connections and flows
export {
  connectInputSchema,
  connectionListSchema,
  connectionSchema,
  connectResultSchema,
  flowSchema,
  healthSchema,
  reconnectInputSchema,
  removedSchema,
  updateInputSchema,
} from './connections.ts'
export type { ConnectInput, ConnectionSummary, ConnectResult, FlowStatus, Health, UpdateInput } from './connections.ts'
