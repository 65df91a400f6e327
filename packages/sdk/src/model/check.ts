import type { ErrorCode } from '../errors/index.ts'

/** The checks of diagnostics, in the order in which people read them. */
export const checkIds = [
  'base_url',
  'clock',
  'project_id',
  'client_pair',
  'calendar_client_pair',
  'secret_expiry',
  'redirect_uris',
  'admin_consent',
  'publishing',
  'apis',
  'sa_key',
  'same_project',
  'topic',
  'publisher',
  'subscription',
  'grant',
  'scopes',
  'labels',
  'calendar',
  'mailbox',
  'sending',
  'watch',
  'delivery',
  'items',
  'maintenance',
] as const

export type CheckId = (typeof checkIds)[number]

/**
 * What mends a failed check. By itself: `provision` (set up notifications again), `repair` (open the connection's pipe anew), `sync`, `redrive`.
 * By a person: `reconnect`, `open_setup`, `edit_labels`, `choose_calendar`, `open_console` (with `href`).
 */
export const fixIds = [
  'provision',
  'repair',
  'sync',
  'redrive',
  'reconnect',
  'open_setup',
  'edit_labels',
  'choose_calendar',
  'open_console',
] as const

export type FixId = (typeof fixIds)[number]

export interface Fix {
  readonly id: FixId
  /** We can do it; otherwise a person has to. */
  readonly automatic: boolean
  /** Where a person does it. */
  readonly href?: string | undefined
}

export interface Check {
  readonly id: CheckId
  readonly status: 'pass' | 'warn' | 'fail' | 'skip'
  readonly code: ErrorCode | null
  readonly values: Readonly<Record<string, string>>
  readonly expected: string | null
  readonly actual: string | null
  /** What was seen, for people who look closer. Never a secret. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
  readonly fix: Fix | null
  /** The check that has to pass first, for a skipped one. */
  readonly blockedBy: CheckId | null
  /** Milliseconds. */
  readonly durationMs: number
}
