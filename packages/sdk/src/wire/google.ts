import * as z from 'zod/mini'
import { checkIds, fixIds } from '../model/check.ts'
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

export const provisioningSteps = ['topic', 'publisher', 'subscription', 'dead_letter', 'watch'] as const

export const provisioningStepSchema = z.object({
  id: z.enum(provisioningSteps),
  state: z.enum(['waiting', 'working', 'done', 'already_there', 'failed']),
  code: z.nullable(errorCodeSchema),
  values: wordValuesSchema,
  at: z.nullable(instant),
})

export type ProvisioningStep = z.infer<typeof provisioningStepSchema>

/** How Gmail's notifications reach us, and how far that is set up. */
export const provisioningSchema = z.object({
  state: z.enum(['idle', 'working', 'done', 'failed']),
  steps: z.array(provisioningStepSchema),
  /** `push`: Google posts here. `pull`: we fetch, for a deployment without a public https address. */
  transport: z.enum(['push', 'pull']),
  /** What to type in Google Cloud; `null` while there is no project id. */
  names: z.nullable(
    z.object({
      topic: z.string(),
      subscription: z.string(),
      endpoint: z.string(),
      audience: z.string(),
      publisher: z.string(),
      /** Signs the pushes. */
      pushServiceAccount: z.string(),
    }),
  ),
  /** As saved for manual notifications; `null`: ours. */
  topicName: z.nullable(z.string()),
  pushServiceAccount: z.nullable(z.string()),
  lastReceivedAt: z.nullable(instant),
  /** Genuine notifications that could not be read. */
  malformed: z.number(),
  /** How often mail is looked for without notifications, milliseconds. */
  pollEveryMs: z.number(),
})

export type Provisioning = z.infer<typeof provisioningSchema>

/** `connectionId` is `null` for what was created in the tenant's project. */
const leftSchema = z.object({ connectionId: z.nullable(z.string()), name: z.string(), code: z.nullable(errorCodeSchema) })

/** How far Google was told of a reset, or of a save that left a project. */
export const googleGoodbyeSchema = z.object({
  total: z.number(),
  done: z.number(),
  pending: z.array(z.extend(leftSchema, { nextAttemptAt: z.nullable(instant) })),
  /** Not done within seven days, and left. */
  givenUp: z.array(leftSchema),
})

export type GoogleGoodbye = z.infer<typeof googleGoodbyeSchema>

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
  /** `null` when the host has no Gmail. */
  provisioning: z.nullable(provisioningSchema),
  /** Sign-ins that Google ends by itself, soonest first: the sign of an app in Testing. */
  endingSignIns: z.array(z.object({ connectionId: z.string(), name: z.string(), endsAt: instant })),
  /** What is left to do at Google after a reset, or a save that left a project; `null` when there was none lately. */
  goodbye: z.nullable(googleGoodbyeSchema),
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
  /** Manual notifications; `null` and absent in the bundle: ours. */
  topicName: z.optional(z.nullable(z.string().check(z.maxLength(400)))),
  pushServiceAccount: z.optional(z.nullable(z.string().check(z.maxLength(320)))),
})

export type GoogleChanges = z.infer<typeof googleChangesSchema>

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

export const fixSchema = z.object({ id: z.enum(fixIds), automatic: z.boolean(), href: z.optional(z.string()) })

export const checkSchema = z.object({
  id: z.enum(checkIds),
  status: z.enum(['pass', 'warn', 'fail', 'skip']),
  code: z.nullable(errorCodeSchema),
  values: wordValuesSchema,
  expected: z.nullable(z.string()),
  actual: z.nullable(z.string()),
  facts,
  fix: z.nullable(fixSchema),
  /** The check that has to pass first, for a skipped one. */
  blockedBy: z.nullable(z.enum(checkIds)),
  durationMs: z.number(),
})

export const checkReportSchema = z.object({ startedAt: instant, finishedAt: instant, checks: z.array(checkSchema) })

export type CheckReport = z.infer<typeof checkReportSchema>

/** Run only some; what they wait for is run too, and not answered. */
export const checkInputSchema = z.strictObject({ checks: z.optional(z.array(z.enum(checkIds))) })

export type CheckInput = z.infer<typeof checkInputSchema>

/** JSON for whoever helps: no secrets, no tokens, no message content. Addresses keep their domain; the rest of each is hashed unless asked for. */
export const supportBundleInputSchema = z.strictObject({ addresses: z.optional(z.boolean()) })

export type SupportBundleInput = z.infer<typeof supportBundleInputSchema>

export const supportBundleSchema = z.object({ version: z.literal(1), createdAt: instant, bundle: z.record(z.string(), z.unknown()) })

export type SupportBundle = z.infer<typeof supportBundleSchema>

export const testNotificationSchema = z.object({
  /** Compare with the setup's `lastReceivedAt`. */
  requestedAt: instant,
  /** Gmail was asked to send one; otherwise somebody runs `command`. */
  sent: z.boolean(),
  /** For Cloud Shell. */
  command: z.string(),
})

export type TestNotification = z.infer<typeof testNotificationSchema>

export const resetInputSchema = z.strictObject({ credentials: z.enum(['keep', 'delete']) })

export const resetResultSchema = z.object({
  disconnected: z.number(),
  /** Connections that are disconnected here but whose provider could not be told yet; it is retried. */
  remotePending: z.array(z.object({ connectionId: z.string(), name: z.string() })),
  status: googleSetupStatusSchema,
})

export type ResetResult = z.infer<typeof resetResultSchema>

/** For Cloud Shell, and the same for Terraform. */
export const setupScriptSchema = z.object({ script: z.string(), terraform: z.string() })

export type SetupScript = z.infer<typeof setupScriptSchema>
