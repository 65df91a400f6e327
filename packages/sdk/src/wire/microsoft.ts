import * as z from 'zod/mini'
import { mailPresets, receiveChoices, sendChoices } from '../model/mail-choices.ts'
import { microsoftClouds } from '../model/microsoft-setup.ts'
import { fieldFactSchema, googleGoodbyeSchema, secretChangeSchema } from './google.ts'

export const microsoftFieldSchema = z.enum(['clientId', 'clientSecret', 'directoryId'])

const presetSchema = z.enum(Object.keys(mailPresets) as [keyof typeof mailPresets, ...(keyof typeof mailPresets)[]])

const permissionSchema = z.object({ api: z.enum(['Microsoft Graph', 'Office 365 Exchange Online']), name: z.string() })

/** One way to send and receive, as this deployment offers it. */
const offerSchema = z.object({
  send: z.enum(sendChoices),
  receive: z.enum(receiveChoices),
  /** `null`: a pair that no preset has. */
  preset: z.nullable(presetSchema),
  /** Who holds the grant. */
  grant: z.enum(['delegated', 'app']),
  /** To add to the app registration; `delegated` or `application` permissions as `grant` says. */
  permissions: z.array(permissionSchema),
  /** Those that SMTP needs besides, to send what Graph does not take; `null`: that cannot be had with these two. */
  oversizePermissions: z.nullable(z.array(permissionSchema)),
})

export type MailOffer = z.infer<typeof offerSchema>

export const microsoftSetupStatusSchema = z.object({
  state: z.enum(['missing', 'partial', 'configured']),
  /** Names the version that was read; send it back with the next save. */
  version: z.nullable(z.string()),
  cloud: z.enum(microsoftClouds),
  /** Not secret: shown, and used in console links. */
  directoryId: z.nullable(z.string()),
  maskedClientId: z.nullable(z.string()),
  /** The day after which the secret no longer signs in, as an admin typed it; and how many days are left. */
  secretExpiresOn: z.nullable(z.string()),
  secretDaysLeft: z.nullable(z.number()),
  fields: z.record(microsoftFieldSchema, fieldFactSchema),
  missing: z.array(microsoftFieldSchema),
  redirectUri: z.string(),
  /** Why Microsoft cannot use the deployment's address, or null. */
  baseUrlProblem: z.nullable(z.enum(['not_https'])),
  /** Whether Microsoft can post notifications here. */
  pushPossible: z.boolean(),
  /** Where an administrator approves the app for the whole organization; `null` while client or directory is missing. */
  adminConsentUrl: z.nullable(z.string()),
  /** Best first. */
  offers: z.array(offerSchema),
  /** The host's own mail API, by the name that people know; `null` when there is none. */
  relayName: z.nullable(z.string()),
  /** The host's own app, which connections may be pinned to instead of the organization's; `null` when there is none. */
  hostApp: z.nullable(
    z.object({
      /** Where an administrator approves it for the whole organization. */
      adminConsentUrl: z.string(),
    }),
  ),
  connections: z.number(),
  /** What is left to do at Microsoft after a reset; `null` when there was none lately. */
  goodbye: z.nullable(googleGoodbyeSchema),
  permissions: z.object({ save: z.boolean(), test: z.boolean(), reset: z.boolean() }),
})

export type MicrosoftSetupStatus = z.infer<typeof microsoftSetupStatusSchema>

export const microsoftChangesSchema = z.strictObject({
  /** The version the form was opened with; `null` when nothing was saved then. Absent: whatever is there. */
  ifVersion: z.optional(z.nullable(z.string())),
  cloud: z.optional(z.enum(microsoftClouds)),
  clientId: z.optional(secretChangeSchema),
  clientSecret: z.optional(secretChangeSchema),
  directoryId: z.optional(secretChangeSchema),
  secretExpiresOn: z.optional(z.nullable(z.string().check(z.maxLength(40)))),
})

export type MicrosoftChanges = z.infer<typeof microsoftChangesSchema>

export const microsoftResetResultSchema = z.object({
  disconnected: z.number(),
  /** Connections that are disconnected here but whose provider could not be told yet; it is retried. */
  remotePending: z.array(z.object({ connectionId: z.string(), name: z.string() })),
  status: microsoftSetupStatusSchema,
})

export type MicrosoftResetResult = z.infer<typeof microsoftResetResultSchema>

/** For Azure Cloud Shell: registers the app with redirect URI and permissions. */
export const microsoftSetupScriptSchema = z.object({ script: z.string() })

export type MicrosoftSetupScript = z.infer<typeof microsoftSetupScriptSchema>
