import * as z from 'zod/mini'
import { errorCodeSchema, wordValuesSchema } from './problem.ts'

export const googleFieldSchema = z.enum([
  'clientId',
  'clientSecret',
  'calendarClientId',
  'calendarClientSecret',
  'projectId',
  'calendarProjectId',
  'serviceAccountKey',
])

const instant = z.string()

/** That a field is saved, when and by whom; the fingerprint tells two values apart and nothing else. */
export const fieldFactSchema = z.union([
  z.object({ set: z.literal(false) }),
  z.object({ set: z.literal(true), fingerprint: z.string(), updatedAt: instant, updatedBy: z.string() }),
])

export type FieldFact = z.infer<typeof fieldFactSchema>

const modes = {
  calendarMode: z.enum(['shared', 'separate']),
  notifications: z.enum(['managed', 'manual', 'polling']),
  userType: z.nullable(z.enum(['internal', 'external'])),
}

export const googleSetupStatusSchema = z.object({
  state: z.enum(['missing', 'partial', 'configured']),
  /** Names the version that was read; send it back with the next save. */
  version: z.nullable(z.string()),
  ...modes,
  /** Not secret: shown, and used in console links. */
  projectId: z.nullable(z.string()),
  calendarProjectId: z.nullable(z.string()),
  maskedClientId: z.nullable(z.string()),
  maskedCalendarClientId: z.nullable(z.string()),
  fields: z.record(googleFieldSchema, fieldFactSchema),
  missing: z.array(googleFieldSchema),
  missingFor: z.object({ gmail: z.array(googleFieldSchema), calendar: z.array(googleFieldSchema) }),
  redirectUris: z.object({ gmail: z.string(), calendar: z.string() }),
  /** Why Google cannot use the deployment's address, or null. */
  baseUrlProblem: z.nullable(z.enum(['not_https'])),
  /** Whether Google can post notifications here; if not, changes are polled. */
  pushPossible: z.boolean(),
  scopes: z.object({ gmail: z.array(z.string()), calendar: z.array(z.string()), identity: z.array(z.string()) }),
  connections: z.object({ gmail: z.number(), calendar: z.number() }),
  permissions: z.object({ save: z.boolean(), test: z.boolean(), reset: z.boolean() }),
})

export type GoogleSetupStatus = z.infer<typeof googleSetupStatusSchema>

/** Absent means untouched; a mask string is never a value. */
export const secretChangeSchema = z.union([
  z.strictObject({ action: z.literal('keep') }),
  z.strictObject({ action: z.literal('replace'), value: z.string().check(z.maxLength(70_000)) }),
  z.strictObject({ action: z.literal('remove') }),
])

export type SecretChange = z.infer<typeof secretChangeSchema>

export const googleChangesSchema = z.strictObject({
  /** The version the form was opened with; `null` when nothing was saved then. Absent: whatever is there. */
  ifVersion: z.optional(z.nullable(z.string())),
  calendarMode: z.optional(modes.calendarMode),
  notifications: z.optional(modes.notifications),
  userType: z.optional(modes.userType),
  clientId: z.optional(secretChangeSchema),
  clientSecret: z.optional(secretChangeSchema),
  calendarClientId: z.optional(secretChangeSchema),
  calendarClientSecret: z.optional(secretChangeSchema),
  projectId: z.optional(secretChangeSchema),
  calendarProjectId: z.optional(secretChangeSchema),
  serviceAccountKey: z.optional(secretChangeSchema),
})

export type GoogleChanges = z.infer<typeof googleChangesSchema>

export const checkIds = [
  'base_url',
  'project_id',
  'client_pair',
  'calendar_client_pair',
  'redirect_uris',
  'apis',
  'sa_key',
  'same_project',
  'topic',
  'publisher',
  'subscription',
  'grant',
  'scopes',
  'watch',
  'delivery',
  'maintenance',
] as const

export const checkSchema = z.object({
  id: z.enum(checkIds),
  status: z.enum(['pass', 'warn', 'fail', 'skip']),
  code: z.nullable(errorCodeSchema),
  values: wordValuesSchema,
  expected: z.nullable(z.string()),
  actual: z.nullable(z.string()),
  /** The check that has to pass first, for a skipped one. */
  blockedBy: z.nullable(z.enum(checkIds)),
})

export type Check = z.infer<typeof checkSchema>

export const checkReportSchema = z.object({ startedAt: instant, finishedAt: instant, checks: z.array(checkSchema) })

export type CheckReport = z.infer<typeof checkReportSchema>

export const resetInputSchema = z.strictObject({ credentials: z.enum(['keep', 'delete']) })

export const resetResultSchema = z.object({
  disconnected: z.number(),
  /** Connections that are disconnected here but whose provider could not be told yet; it is retried. */
  remotePending: z.array(z.object({ connectionId: z.string(), name: z.string() })),
  status: googleSetupStatusSchema,
})

export type ResetResult = z.infer<typeof resetResultSchema>

export const setupScriptSchema = z.object({ script: z.string() })
