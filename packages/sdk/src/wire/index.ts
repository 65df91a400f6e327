// The table
export { operations } from './operations.ts'
export type { Operation, OperationId } from './operations.ts'
// Failures
export { problemSchema } from './problem.ts'
export type { Problem } from './problem.ts'
// The tenant's Google app
export {
  fieldFactSchema,
  googleChangesSchema,
  googleFieldSchema,
  googleGoodbyeSchema,
  googleSetupStatusSchema,
  provisioningSchema,
  provisioningSteps,
  provisioningStepSchema,
  resetInputSchema,
  resetResultSchema,
  secretChangeSchema,
  setupScriptSchema,
  testNotificationSchema,
} from './google.ts'
export type {
  FieldFact,
  GoogleChanges,
  GoogleGoodbye,
  GoogleSetupStatus,
  Provisioning,
  ProvisioningStep,
  ResetResult,
  SecretChange,
  SetupScript,
  TestNotification,
} from './google.ts'
// The tenant's Entra app
export {
  microsoftChangesSchema,
  microsoftFieldSchema,
  microsoftResetResultSchema,
  microsoftSetupScriptSchema,
  microsoftSetupStatusSchema,
} from './microsoft.ts'
export type { MailOffer, MicrosoftChanges, MicrosoftResetResult, MicrosoftSetupScript, MicrosoftSetupStatus } from './microsoft.ts'
// Checks
export { checkInputSchema, checkReportSchema, checkSchema, fixSchema, supportBundleInputSchema, supportBundleSchema } from './google.ts'
export type { CheckInput, CheckReport, SupportBundle, SupportBundleInput } from './google.ts'
export { checkIds, fixIds } from '../model/check.ts'
export type { Check, CheckId, Fix, FixId } from '../model/check.ts'
// Connections and flows
export {
  choiceSchema,
  choicesSchema,
  connectAnotherInputSchema,
  connectInputSchema,
  connectionListSchema,
  connectionSchema,
  connectResultSchema,
  disconnectInputSchema,
  flowSchema,
  goodbyeSchema,
  healthSchema,
  reconnectInputSchema,
  redriveResultSchema,
  testMessageResultSchema,
  removedSchema,
  updateInputSchema,
} from './connections.ts'
export type {
  ChoiceItem,
  Choices,
  ConnectInput,
  ConnectionSummary,
  ConnectResult,
  DisconnectInput,
  FlowStatus,
  Health,
  UpdateInput,
} from './connections.ts'
