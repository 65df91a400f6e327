import type { ErrorCode } from '../errors/index.ts'
import type { Fix, FixId } from './check.ts'

const cloud = 'https://console.cloud.google.com'

const byItself: Readonly<Partial<Record<ErrorCode, FixId>>> = {
  pubsub_topic_missing: 'provision',
  pubsub_subscription_missing: 'provision',
  pubsub_audience_mismatch: 'provision',
  pubsub_publisher_missing: 'provision',
  pubsub_read_back_failed: 'provision',
  watch_lapsed: 'repair',
  renewal_late: 'repair',
  push_silent: 'repair',
  nothing_arrived: 'repair',
  items_quarantined: 'redrive',
  cursor_expired: 'sync',
}

const byPerson: Readonly<Partial<Record<ErrorCode, FixId>>> = {
  grant_revoked: 'reconnect',
  grant_expired_testing_mode: 'reconnect',
  reauth_policy: 'reconnect',
  scopes_missing: 'reconnect',
  insufficient_scope: 'reconnect',
  account_mismatch: 'reconnect',
  app_changed: 'reconnect',
  google_reset: 'reconnect',
  microsoft_reset: 'reconnect',
  account_not_found: 'reconnect',
  consent_required: 'reconnect',
  consent_declined: 'reconnect',
  interactive_required: 'reconnect',
  blocked_by_conditional_access: 'reconnect',
  grant_expired_inactive: 'reconnect',
  wrong_directory: 'reconnect',
  token_rejected: 'reconnect',
  google_not_configured: 'open_setup',
  app_client_id_invalid: 'open_setup',
  app_client_disabled: 'open_setup',
  app_secret_invalid: 'open_setup',
  app_unauthorized: 'open_setup',
  microsoft_not_configured: 'open_setup',
  app_secret_expired: 'open_setup',
  app_secret_ending: 'open_setup',
  directory_not_found: 'open_setup',
  admin_consent_required: 'open_setup',
  key_rejected: 'open_setup',
  pubsub_project_mismatch: 'open_setup',
  unknown_label: 'edit_labels',
  calendar_not_chosen: 'choose_calendar',
  calendar_not_found: 'choose_calendar',
  calendar_read_only: 'choose_calendar',
  calendar_not_readable: 'choose_calendar',
}

/** Pages of Google Cloud, because these are put right there. */
const consolePages: Readonly<Partial<Record<ErrorCode, string>>> = {
  api_not_enabled: `${cloud}/apis/library`,
  sign_in_ending: `${cloud}/auth/audience`,
  pubsub_forbidden: `${cloud}/iam-admin/iam`,
  pubsub_act_as_missing: `${cloud}/iam-admin/serviceaccounts`,
  pubsub_domain_restricted: `${cloud}/iam-admin/orgpolicies/list`,
  pubsub_name_taken: `${cloud}/cloudpubsub/subscription/list`,
}

const apiPages: ReadonlyMap<string, string> = new Map([
  ['Gmail API', `${cloud}/apis/library/gmail.googleapis.com`],
  ['Google Calendar API', `${cloud}/apis/library/calendar-json.googleapis.com`],
  ['Cloud Pub/Sub API', `${cloud}/apis/library/pubsub.googleapis.com`],
])

/** What mends a failure, when anything known does. The console opens in the project, given by its id or number. */
export function fixOf(code: ErrorCode, values: Readonly<Record<string, string>>, project: string | null): Fix | null {
  const automatic = byItself[code]
  if (automatic !== undefined) return { id: automatic, automatic: true }
  const manual = byPerson[code]
  if (manual !== undefined) return { id: manual, automatic: false }
  const page = (code === 'api_not_enabled' ? apiPages.get(values['api'] ?? '') : undefined) ?? consolePages[code]
  if (page === undefined) return null
  return { id: 'open_console', automatic: false, href: project === null ? page : `${page}?project=${encodeURIComponent(project)}` }
}
