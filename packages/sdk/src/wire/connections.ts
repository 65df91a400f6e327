import * as z from 'zod/mini'
import { connectionStatuses } from '../model/connection.ts'
import { checkReportSchema } from './google.ts'
import { errorCodeSchema, wordValuesSchema } from './problem.ts'

const instant = z.string()

export const healthSchema = z.object({
  status: z.enum(connectionStatuses),
  reason: z.nullable(errorCodeSchema),
  values: wordValuesSchema,
  since: instant,
  nextAttemptAt: z.nullable(instant),
  failures: z.number(),
  delivery: z.enum(['push', 'polling']),
  deliveryReason: z.nullable(errorCodeSchema),
  lastSyncAt: z.nullable(instant),
  lastPushAt: z.nullable(instant),
  lastItemAt: z.nullable(instant),
  /** When the live subscription has to be renewed. */
  renewBy: z.nullable(instant),
  /** When the provider ends the sign-in by itself, for example after 7 days of Google's Testing mode. */
  signInEndsAt: z.nullable(instant),
  /** How often it is looked at without notifications, milliseconds; with notifications, how often silence is checked. */
  lookEveryMs: z.number(),
  /** Items that were set aside after repeated failures. */
  quarantined: z.number(),
})

export type Health = z.infer<typeof healthSchema>

/** What is left to do at the provider for a connection that was disconnected. */
export const goodbyeSchema = z.object({
  pending: z.number(),
  /** Not done within seven days, and left. */
  givenUp: z.number(),
  since: instant,
  nextAttemptAt: z.nullable(instant),
  /** Why it is not done. */
  code: z.nullable(errorCodeSchema),
})

export const connectionSchema = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  address: z.nullable(z.string()),
  owner: z.object({ userId: z.string(), name: z.nullable(z.string()) }),
  health: healthSchema,
  createdAt: instant,
  updatedAt: instant,
  version: z.number(),
  /** For whoever looks closer: topic, subscription, channel. Never a secret. */
  technical: z.record(z.string(), z.string()),
  /** Another connection lives on the same sign-in, so that disconnecting this one does not take the access back. */
  sharesSignIn: z.boolean(),
  /** `null` when nothing is left to do. */
  goodbye: z.nullable(goodbyeSchema),
  permissions: z.object({
    update: z.boolean(),
    reconnect: z.boolean(),
    disconnect: z.boolean(),
    remove: z.boolean(),
    sync: z.boolean(),
    diagnose: z.boolean(),
  }),
})

export type ConnectionSummary = z.infer<typeof connectionSchema>

export const connectionListSchema = z.object({ connections: z.array(connectionSchema) })

export const connectInputSchema = z.strictObject({
  provider: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** Path or allowed URL to come back to when the sign-in ran in this tab. */
  returnTo: z.optional(z.string()),
})

export type ConnectInput = z.infer<typeof connectInputSchema>

/** `name` plus the provider's own settings, for another connection on the same sign-in. */
export const connectAnotherInputSchema = z.strictObject({ settings: z.record(z.string(), z.unknown()) })

export const reconnectInputSchema = z.strictObject({
  returnTo: z.optional(z.string()),
  /** Other settings, which hold once the sign-in has succeeded. */
  settings: z.optional(z.record(z.string(), z.unknown())),
})

/** `revoke: false` leaves the access in the account; by default it is taken back, unless another connection lives on it. */
export const disconnectInputSchema = z.strictObject({ revoke: z.optional(z.boolean()) })

export type DisconnectInput = z.infer<typeof disconnectInputSchema>

export const connectResultSchema = z.object({
  connectionId: z.string(),
  flowId: z.string(),
  authorizationUrl: z.string(),
  expiresAt: instant,
})

export type ConnectResult = z.infer<typeof connectResultSchema>

export const updateInputSchema = z.strictObject({
  name: z.optional(z.string()),
  settings: z.optional(z.record(z.string(), z.unknown())),
  paused: z.optional(z.boolean()),
})

export type UpdateInput = z.infer<typeof updateInputSchema>

export const flowSchema = z.object({
  flowId: z.string(),
  connectionId: z.string(),
  status: z.enum(['pending', 'connected', 'failed', 'expired']),
  code: z.nullable(errorCodeSchema),
  values: wordValuesSchema,
  expiresAt: instant,
})

export type FlowStatus = z.infer<typeof flowSchema>

export const choiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `system` ones are the same in every account and have names in every language: Gmail's own labels, the main calendar. */
  kind: z.enum(['system', 'user']),
  /** For people: a calendar's time zone. */
  detail: z.nullable(z.string()),
  /** As the account shows it, `#rrggbb`. */
  color: z.nullable(z.string()),
  /** What the account may do with it; `busy`: see only when it is taken. `null` where there is no such thing. */
  access: z.nullable(z.enum(['write', 'read', 'busy'])),
})

export type ChoiceItem = z.infer<typeof choiceSchema>

/** By the name of the setting, for example `labelIds`. */
export const choicesSchema = z.object({ choices: z.record(z.string(), z.array(choiceSchema)) })

export type Choices = z.infer<typeof choicesSchema>

export const redriveResultSchema = z.object({ redriven: z.number() })

/** Who got the message. */
export const testMessageResultSchema = z.object({ to: z.string() })

export const removedSchema = z.object({ removed: z.literal(true) })

export { checkReportSchema as diagnosisSchema }
