import type { ErrorCode } from '@tenantry/sdk/errors'
import type { Health } from '@tenantry/sdk/wire'
import { endedByReset } from '../goodbye/read-goodbye.ts'
import { isMailboxRefused } from '../status-looks/is-mailbox-refused.ts'
import { isUnchosen } from '../status-looks/is-unchosen.ts'

/** The one thing about a connection that a person should know, most urgent first. */
export const connectionConditions = [
  'grant_dead',
  'app_broken',
  'not_configured',
  'failing',
  'choose_calendar',
  'unfinished',
  'reset',
  'disconnected',
  'sign_in_ending',
  'watch_expired',
  'renewal_late',
  'delayed',
  'read_only',
  'polling_fallback',
  'paused',
  'quarantined',
  'fine',
] as const

export type ConnectionCondition = (typeof connectionConditions)[number]

const DAY_MS = 86_400_000

// Testing ends a sign-in after seven days; one that lasts longer is worth a word in its last week only.
const SIGN_IN_SOON_MS = 8 * DAY_MS

/** Reads the condition. `now` is `null` before mount: then nothing that depends on the time is said. */
export function readCondition(health: Health, now: number | null): ConnectionCondition {
  switch (health.status) {
    case 'needs_reauth':
      return 'grant_dead'
    case 'blocked_by_app':
      return 'app_broken'
    case 'not_configured':
      return 'not_configured'
    case 'error':
      return health.reason !== null && calendarReasons.includes(health.reason) ? 'choose_calendar' : 'failing'
    case 'connecting':
      return 'unfinished'
    case 'disconnected':
      return endedByReset(health) ? 'reset' : 'disconnected'
    case 'paused':
      return readPaused(health, now)
    case 'connected':
    case 'degraded':
      return readWorking(health, now)
    default:
      return health.status satisfies never
  }
}

// Nothing is mended by trying again: a person has to choose.
const calendarReasons: readonly ErrorCode[] = ['calendar_not_chosen', 'calendar_not_found']

function readPaused({ signInEndsAt }: Health, now: number | null): ConnectionCondition {
  const left = timeLeft(signInEndsAt, now)
  if (left === null) return 'paused'
  if (left <= 0) return 'grant_dead'
  return left < SIGN_IN_SOON_MS ? 'sign_in_ending' : 'paused'
}

function readWorking(health: Health, now: number | null): ConnectionCondition {
  const { status, reason, delivery, deliveryReason, quarantined } = health
  const signInLeft = timeLeft(health.signInEndsAt, now)
  if (signInLeft !== null && signInLeft < SIGN_IN_SOON_MS) return 'sign_in_ending'
  if (reason === 'calendar_not_found') return 'choose_calendar'
  if (isMailboxRefused(health)) return 'failing'
  if (reason === 'watch_lapsed' || isExpired(health, now)) return 'watch_expired'
  if (reason === 'renewal_late') return 'renewal_late'
  if (reason === 'calendar_read_only' || reason === 'calendar_not_readable') return 'read_only'
  if (status === 'degraded' && reason !== null && reason !== deliveryReason) return 'delayed'
  if (delivery === 'polling' && deliveryReason !== null && !chosenReasons.includes(deliveryReason)) return 'polling_fallback'
  if (quarantined > 0) return 'quarantined'
  return status === 'degraded' ? 'delayed' : 'fine'
}

// The tenant wants it so, or it is the nature of the thing.
const chosenReasons: readonly ErrorCode[] = ['polling_chosen', 'shared_mailbox_polled', 'direction_to_google']

function isExpired({ delivery, renewBy }: Health, now: number | null): boolean {
  const left = timeLeft(renewBy, now)
  return delivery === 'push' && left !== null && left <= 0
}

/** Red when the watch has ended, amber on its last day. */
export function readRenewalTone(renewBy: string, now: number | null): 'danger' | 'warning' | undefined {
  const left = timeLeft(renewBy, now)
  if (left === null || left >= DAY_MS) return undefined
  return left <= 0 ? 'danger' : 'warning'
}

function timeLeft(iso: string | null, now: number | null): number | null {
  if (iso === null || now === null) return null
  const time = new Date(iso).getTime()
  return Number.isNaN(time) ? null : time - now
}

const ending: readonly ConnectionCondition[] = ['sign_in_ending', 'watch_expired', 'renewal_late']

/** The status in a word: what ends soon or has ended shows before the server has noticed. */
export function readShownStatus(health: Pick<Health, 'status' | 'reason'>, condition: ConnectionCondition): Health['status'] {
  const { status } = health
  if (condition === 'grant_dead') return 'needs_reauth'
  if (isUnchosen(health)) return 'connecting'
  return status === 'connected' && ending.includes(condition) ? 'degraded' : status
}

/** For the list's head and its filter: which of four a connection counts to. */
export type ConnectionGroup = 'attention' | 'working' | 'paused' | 'disconnected'

export function groupOf(health: Health, now: number | null): ConnectionGroup {
  const status = readShownStatus(health, readCondition(health, now))
  if (status === 'connected') return 'working'
  return status === 'paused' || status === 'disconnected' ? status : 'attention'
}
