import { failureClasses, isTenantryError, ProviderRefusal, TenantryError } from '../../errors/index.ts'
import type { ErrorCode, FailureClass, FailureDetails } from '../../errors/index.ts'
import type { Classified, GrantFacts } from '../vendor.ts'
import { knownPermissions, permissionOf } from './least-privilege.ts'

interface Rule {
  readonly when: (refusal: ProviderRefusal) => boolean
  readonly code: ErrorCode
  /** Where it means something else here than elsewhere. */
  readonly class?: FailureClass
}

const token = (reason: string) => (refusal: ProviderRefusal) => refusal.operation.startsWith('oauth.') && refusal.reason === reason
const serviceAccount = (refusal: ProviderRefusal) => refusal.operation === 'serviceAccount.token'
const call = (operation: string, status: number) => (refusal: ProviderRefusal) =>
  refusal.operation === operation && refusal.httpStatus === status
const api = (refusal: ProviderRefusal) => !refusal.operation.startsWith('oauth.') && !serviceAccount(refusal)
const oneEvent = (refusal: ProviderRefusal) => /^calendar\.events\.(get|patch|delete)$/.test(refusal.operation)
const pubsub = (refusal: ProviderRefusal) => refusal.operation.startsWith('pubsub.')
const disabled = (refusal: ProviderRefusal) => /SERVICE_DISABLED|accessNotConfigured/.test(refusal.reason ?? '')
const saysDisabled = (refusal: ProviderRefusal) =>
  refusal.httpStatus === 403 && refusal.mentions('has not been used in project', 'is disabled')

/** What Google says when an organization policy keeps foreign members out. Source: cloud.google.com/resource-manager/docs/organization-policy/restricting-domains. */
const domainRestriction = [
  'iam.allowedPolicyMemberDomains',
  'iam.managed.allowedPolicyMembers',
  'domain restricted',
  'do not belong to a permitted customer',
]

/** Google's refusals, first match wins; what no rule knows is transient. Sources: the error pages of each API at developers.google.com and cloud.google.com. */
const rules: readonly Rule[] = [
  // Pages without an end, however good each of them is.
  { when: (refusal) => refusal.reason === 'endless_pages', code: 'feed_endless' },
  // Nothing came back, or the server is in trouble: says nothing about the grant.
  {
    when: (refusal) => refusal.httpStatus === 0 || refusal.httpStatus === 408 || refusal.httpStatus >= 500,
    code: 'provider_unavailable',
  },
  {
    when: (refusal) => refusal.httpStatus === 429 || /rate_?limit|quotaExceeded|dailyLimit|RESOURCE_EXHAUSTED/i.test(refusal.reason ?? ''),
    code: 'throttled',
  },
  // The token endpoint
  {
    when: (refusal) => token('invalid_grant')(refusal) && refusal.mentions('invalid_rapt', 'rapt_required'),
    code: 'reauth_policy',
  },
  { when: token('invalid_grant'), code: 'grant_revoked' },
  {
    when: (refusal) => token('invalid_client')(refusal) && refusal.mentions('not found', 'deleted'),
    code: 'app_client_id_invalid',
  },
  { when: token('deleted_client'), code: 'app_client_id_invalid' },
  { when: token('disabled_client'), code: 'app_client_disabled' },
  { when: token('invalid_client'), code: 'app_secret_invalid' },
  { when: token('unauthorized_client'), code: 'app_unauthorized' },
  { when: token('org_internal'), code: 'admin_policy' },
  { when: token('admin_policy_enforced'), code: 'admin_policy' },
  // A code is tried once; what is refused for another reason is not tried again by itself.
  {
    when: (refusal) => /^oauth\.(exchange|probe)$/.test(refusal.operation) && refusal.httpStatus >= 400,
    code: 'oauth_refused',
  },
  // A clock that is wrong here says nothing about the key.
  {
    when: (refusal) => serviceAccount(refusal) && refusal.mentions('reasonable timeframe', 'iat and exp'),
    code: 'provider_unavailable',
  },
  { when: (refusal) => serviceAccount(refusal) && refusal.reason !== undefined, code: 'key_rejected' },
  // Without the API's words it may come from anything on the way, and nothing is gone by that.
  { when: (refusal) => refusal.httpStatus === 404 && refusal.reason === undefined, code: 'provider_unavailable' },
  // Without Pub/Sub mail is still polled, so it is the pipe that is broken and not the app.
  { when: (refusal) => pubsub(refusal) && (disabled(refusal) || saysDisabled(refusal)), code: 'api_not_enabled' },
  // Any API
  { when: (refusal) => api(refusal) && (disabled(refusal) || saysDisabled(refusal)), code: 'api_not_enabled', class: 'app' },
  {
    when: (refusal) => /insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT/.test(refusal.reason ?? ''),
    code: 'scopes_missing',
  },
  { when: (refusal) => refusal.reason === 'push.webhookUrlUnauthorized', code: 'callback_domain_unauthorized' },
  { when: (refusal) => refusal.reason === 'push.webhookUrlNotHttps', code: 'push_not_possible' },
  { when: (refusal) => refusal.reason === 'pushNotSupportedForRequestedResource', code: 'push_not_supported' },
  // Gmail
  { when: call('gmail.history.list', 404), code: 'cursor_expired' },
  { when: call('gmail.messages.get', 404), code: 'item_gone' },
  {
    when: (refusal) => refusal.operation === 'gmail.watch' && refusal.mentions('Invalid topicName does not match'),
    code: 'pubsub_project_mismatch',
  },
  {
    when: (refusal) => refusal.operation === 'gmail.watch' && refusal.mentions('Error sending test message to Cloud PubSub'),
    code: 'pubsub_publisher_missing',
  },
  {
    when: (refusal) => refusal.operation === 'gmail.watch' && refusal.mentions('Only one user push notification client'),
    code: 'watch_conflict',
  },
  { when: call('gmail.watch', 404), code: 'pubsub_topic_missing' },
  {
    when: (refusal) => refusal.operation.startsWith('gmail.') && refusal.mentions('Mail service not enabled'),
    code: 'mailbox_unavailable',
  },
  // Calendar
  { when: call('calendar.events.list', 410), code: 'cursor_expired' },
  { when: (refusal) => oneEvent(refusal) && [404, 410].includes(refusal.httpStatus), code: 'event_gone' },
  { when: (refusal) => oneEvent(refusal) && refusal.httpStatus === 412, code: 'event_changed' },
  {
    when: (refusal) => /^calendar\.events\.(insert|patch)$/.test(refusal.operation) && refusal.httpStatus === 400,
    code: 'invalid_input',
  },
  {
    when: (refusal) => /^calendar\.events\.(list|get|watch)$/.test(refusal.operation) && refusal.reason === 'requiredAccessLevel',
    code: 'calendar_not_readable',
  },
  { when: (refusal) => refusal.reason === 'requiredAccessLevel', code: 'calendar_read_only' },
  {
    when: (refusal) => refusal.operation.startsWith('calendar.') && refusal.httpStatus === 404,
    code: 'calendar_not_found',
  },
  { when: (refusal) => refusal.reason === 'notACalendarUser', code: 'mailbox_unavailable' },
  // Pub/Sub
  { when: (refusal) => pubsub(refusal) && refusal.mentions(...domainRestriction), code: 'pubsub_domain_restricted' },
  {
    when: (refusal) => refusal.operation === 'pubsub.topics.setIamPolicy' && refusal.reason === 'FAILED_PRECONDITION',
    code: 'pubsub_domain_restricted',
  },
  {
    when: (refusal) => pubsub(refusal) && refusal.mentions('iam.serviceAccounts.actAs'),
    code: 'pubsub_act_as_missing',
  },
  {
    when: (refusal) => pubsub(refusal) && (refusal.httpStatus === 403 || refusal.mentions('project not found')),
    code: 'pubsub_forbidden',
  },
  // What is gone is made again.
  {
    when: (refusal) => refusal.httpStatus === 404 && /^pubsub\.(topics\.|subscriptions\.create$)/.test(refusal.operation),
    code: 'pubsub_topic_missing',
  },
  { when: (refusal) => pubsub(refusal) && refusal.httpStatus === 404, code: 'pubsub_subscription_missing' },
  // What is left of 401 and 4xx
  { when: (refusal) => api(refusal) && refusal.httpStatus === 401, code: 'token_rejected' },
  { when: (refusal) => api(refusal) && refusal.httpStatus >= 400, code: 'provider_refused' },
]

const testingLifeMs = 7 * 24 * 60 * 60_000

/** One table from Google's refusals to our codes. Errors of ours pass with the class that their code has. */
export function classifyGoogle(error: unknown, facts: GrantFacts = {}): Classified {
  if (isTenantryError(error)) return { class: failureClasses[error.code], error }
  if (!(error instanceof ProviderRefusal)) throw error
  if (facts.appSaved === true && ofAnotherClient(error)) return { class: 'reauth', error: new TenantryError('app_changed') }
  const rule = rules.find(({ when }) => when(error))
  const details: FailureDetails = { ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }), values: valuesOf(error) }
  if (rule === undefined) return { class: 'transient', error: new TenantryError('provider_unavailable', details) }
  const code = rule.code === 'grant_revoked' && diedOfTesting(facts.grantAgeMs) ? 'grant_expired_testing_mode' : rule.code
  return { class: rule.class ?? failureClasses[code], error: new TenantryError(code, details) }
}

/** Google answers `Bad Request` to a refresh token that it gave to another client, and says so of one that is dead. */
const ofAnotherClient = (refusal: ProviderRefusal): boolean =>
  refusal.operation === 'oauth.refresh' &&
  (refusal.httpStatus === 400 || refusal.httpStatus === 401) &&
  (refusal.reason === 'unauthorized_client' || (refusal.reason === 'invalid_grant' && refusal.mentions('Bad Request')))

/** Google ends grants of apps in Testing after seven days; nothing else ends them so exactly. */
function diedOfTesting(grantAgeMs: number | undefined): boolean {
  return grantAgeMs !== undefined && Math.abs(grantAgeMs - testingLifeMs) < testingLifeMs / 14
}

function valuesOf(refusal: ProviderRefusal): Record<string, string> {
  const apis: Record<string, string> = { gmail: 'Gmail API', calendar: 'Google Calendar API', pubsub: 'Cloud Pub/Sub API' }
  const api = apis[refusal.operation.split('.')[0] ?? '']
  const denied = pubsub(refusal) && refusal.httpStatus === 403 && !disabled(refusal) && !saysDisabled(refusal)
  const permission = denied ? (knownPermissions.find((name) => refusal.mentions(name)) ?? permissionOf(refusal.operation)) : undefined
  return { ...(api !== undefined && { api }), ...(permission !== undefined && { permission }) }
}
