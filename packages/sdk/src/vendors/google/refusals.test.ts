import { describe, expect, it } from 'vitest'
import { errorCodes, ProviderRefusal, TenantryError } from '../../errors/index.ts'
import type { ErrorCode } from '../../errors/index.ts'
import type { FailureClass } from '../../errors/index.ts'
import { knownPermissions } from './least-privilege.ts'
import { classifyGoogle } from './refusals.ts'

const day = 24 * 60 * 60_000

type Row = readonly [
  operation: string,
  status: number,
  reason: string | undefined,
  message: string | undefined,
  code: ErrorCode,
  kind: FailureClass,
]

// Each row is an answer that Google is known to give.
const rows: readonly Row[] = [
  // The token endpoint
  ['oauth.refresh', 400, 'invalid_grant', 'Token has been expired or revoked.', 'grant_revoked', 'reauth'],
  ['oauth.refresh', 400, 'invalid_grant', undefined, 'grant_revoked', 'reauth'],
  ['oauth.refresh', 400, 'invalid_grant', 'invalid_rapt reauth related error (invalid_rapt)', 'reauth_policy', 'reauth'],
  ['oauth.refresh', 400, 'invalid_grant', 'rapt_required reauth related error', 'reauth_policy', 'reauth'],
  ['oauth.refresh', 401, 'invalid_client', 'The OAuth client was not found.', 'app_client_id_invalid', 'app'],
  ['oauth.refresh', 401, 'deleted_client', 'The OAuth client was deleted.', 'app_client_id_invalid', 'app'],
  ['oauth.refresh', 401, 'disabled_client', 'The OAuth client was disabled.', 'app_client_disabled', 'app'],
  ['oauth.refresh', 401, 'invalid_client', 'The OAuth client was deleted.', 'app_client_id_invalid', 'app'],
  ['oauth.refresh', 401, 'invalid_client', 'Unauthorized', 'app_secret_invalid', 'app'],
  ['oauth.refresh', 401, 'invalid_client', 'The provided client secret is invalid.', 'app_secret_invalid', 'app'],
  ['oauth.refresh', 401, 'unauthorized_client', 'Unauthorized', 'app_unauthorized', 'app'],
  ['oauth.refresh', 400, 'org_internal', undefined, 'admin_policy', 'app'],
  ['oauth.refresh', 400, 'admin_policy_enforced', undefined, 'admin_policy', 'app'],
  ['oauth.refresh', 400, 'something_new', undefined, 'provider_unavailable', 'transient'],
  ['oauth.refresh', 400, undefined, undefined, 'provider_unavailable', 'transient'],
  ['oauth.refresh', 403, 'rate_limit_exceeded', undefined, 'throttled', 'throttled'],
  ['oauth.exchange', 400, 'redirect_uri_mismatch', 'Bad Request', 'oauth_refused', 'permanent'],
  ['oauth.exchange', 400, 'invalid_request', 'Bad Request', 'oauth_refused', 'permanent'],
  ['oauth.exchange', 503, undefined, undefined, 'provider_unavailable', 'transient'],
  ['oauth.probe', 400, 'redirect_uri_mismatch', 'Bad Request', 'oauth_refused', 'permanent'],
  ['serviceAccount.token', 400, 'invalid_grant', 'Invalid JWT Signature.', 'key_rejected', 'permanent'],
  ['serviceAccount.token', 400, 'invalid_grant', 'Invalid grant: account not found', 'key_rejected', 'permanent'],
  ['serviceAccount.token', 401, 'unauthorized_client', 'Client is unauthorized to retrieve access tokens', 'key_rejected', 'permanent'],
  ['serviceAccount.token', 401, 'disabled_client', 'The OAuth client was disabled.', 'key_rejected', 'permanent'],
  [
    'serviceAccount.token',
    400,
    'invalid_grant',
    'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values.',
    'provider_unavailable',
    'transient',
  ],
  ['serviceAccount.token', 503, undefined, undefined, 'provider_unavailable', 'transient'],
  // Nothing usable came back
  ['gmail.getProfile', 0, undefined, undefined, 'provider_unavailable', 'transient'],
  ['gmail.messages.get', 404, undefined, undefined, 'provider_unavailable', 'transient'],
  ['gmail.history.list', 404, undefined, undefined, 'provider_unavailable', 'transient'],
  ['calendar.events.list', 404, undefined, undefined, 'provider_unavailable', 'transient'],
  ['serviceAccount.token', 403, undefined, undefined, 'provider_unavailable', 'transient'],
  ['gmail.getProfile', 408, undefined, undefined, 'provider_unavailable', 'transient'],
  ['gmail.getProfile', 500, 'backendError', 'Backend Error', 'provider_unavailable', 'transient'],
  ['gmail.getProfile', 503, 'invalid_grant', 'Service Unavailable', 'provider_unavailable', 'transient'],
  // Quotas, in each spelling of theirs
  ['gmail.messages.get', 429, 'rateLimitExceeded', 'Too many concurrent requests for user', 'throttled', 'throttled'],
  ['gmail.messages.get', 403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', 'throttled', 'throttled'],
  ['gmail.messages.get', 403, 'rateLimitExceeded', 'Rate Limit Exceeded', 'throttled', 'throttled'],
  ['calendar.events.list', 403, 'quotaExceeded', 'Calendar usage limits exceeded.', 'throttled', 'throttled'],
  ['gmail.messages.get', 403, 'dailyLimitExceeded', 'Daily Limit Exceeded', 'throttled', 'throttled'],
  ['gmail.messages.get', 403, 'RATE_LIMIT_EXCEEDED', 'Quota exceeded for quota metric', 'throttled', 'throttled'],
  ['pubsub.topics.get', 429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', 'throttled', 'throttled'],
  // Any API
  [
    'gmail.watch',
    403,
    'accessNotConfigured',
    'Gmail API has not been used in project 1 before or it is disabled.',
    'api_not_enabled',
    'app',
  ],
  ['pubsub.topics.get', 403, 'SERVICE_DISABLED', 'Cloud Pub/Sub API has not been used in project 1', 'api_not_enabled', 'permanent'],
  [
    'calendar.events.list',
    403,
    'forbidden',
    'Google Calendar API has not been used in project 1 before or it is disabled.',
    'api_not_enabled',
    'app',
  ],
  ['gmail.watch', 403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'scopes_missing', 'permanent'],
  ['pubsub.topics.get', 403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', undefined, 'scopes_missing', 'permanent'],
  ['gmail.getProfile', 401, 'authError', 'Invalid Credentials', 'token_rejected', 'transient'],
  [
    'calendar.events.watch',
    401,
    'push.webhookUrlUnauthorized',
    'Unauthorized WebHook callback channel',
    'callback_domain_unauthorized',
    'permanent',
  ],
  ['calendar.events.watch', 400, 'push.webhookUrlNotHttps', 'WebHook callback must be HTTPS', 'push_not_possible', 'permanent'],
  ['calendar.events.watch', 400, 'pushNotSupportedForRequestedResource', undefined, 'push_not_supported', 'permanent'],
  ['calendar.events.watch', 403, 'pushNotSupportedForRequestedResource', undefined, 'push_not_supported', 'permanent'],
  // Gmail
  ['gmail.history.list', 404, 'notFound', 'Requested entity was not found.', 'cursor_expired', 'cursor'],
  ['gmail.messages.get', 404, 'notFound', 'Requested entity was not found.', 'item_gone', 'item'],
  ['gmail.watch', 400, 'invalidArgument', 'Invalid topicName does not match projects/p1/topics/*', 'pubsub_project_mismatch', 'permanent'],
  [
    'gmail.watch',
    403,
    'forbidden',
    'Error sending test message to Cloud PubSub projects/p1/topics/t : User not authorized',
    'pubsub_publisher_missing',
    'permanent',
  ],
  [
    'gmail.watch',
    400,
    'failedPrecondition',
    'Only one user push notification client allowed per developer (call /stop then try again)',
    'watch_conflict',
    'permanent',
  ],
  ['gmail.getProfile', 400, 'failedPrecondition', 'Mail service not enabled', 'mailbox_unavailable', 'permanent'],
  // Calendar
  ['calendar.events.list', 410, 'fullSyncRequired', 'Sync token is no longer valid', 'cursor_expired', 'cursor'],
  ['calendar.events.list', 404, 'notFound', 'Not Found', 'calendar_not_found', 'gone'],
  ['calendar.calendarList.get', 404, 'notFound', 'Not Found', 'calendar_not_found', 'gone'],
  ['calendar.freebusy.query', 404, 'notFound', undefined, 'calendar_not_found', 'gone'],
  ['calendar.events.insert', 404, 'notFound', 'Not Found', 'calendar_not_found', 'gone'],
  ['calendar.events.get', 404, 'notFound', 'Not Found', 'event_gone', 'item'],
  ['calendar.events.patch', 404, 'notFound', 'Not Found', 'event_gone', 'item'],
  ['calendar.events.delete', 404, 'notFound', 'Not Found', 'event_gone', 'item'],
  ['calendar.events.delete', 410, 'deleted', 'Resource has been deleted', 'event_gone', 'item'],
  ['calendar.events.patch', 412, 'conditionNotMet', 'Precondition Failed', 'event_changed', 'permanent'],
  ['calendar.events.delete', 412, 'conditionNotMet', 'Precondition Failed', 'event_changed', 'permanent'],
  ['calendar.events.insert', 400, 'invalid', 'Invalid recurrence rule.', 'invalid_input', 'permanent'],
  ['calendar.events.patch', 400, 'timeRangeEmpty', 'The specified time range is empty.', 'invalid_input', 'permanent'],
  ['calendar.events.insert', 403, 'quotaExceeded', 'Calendar usage limits exceeded.', 'throttled', 'throttled'],
  [
    'calendar.events.insert',
    403,
    'requiredAccessLevel',
    'You need to have writer access to this calendar.',
    'calendar_read_only',
    'permanent',
  ],
  ['calendar.events.patch', 403, 'requiredAccessLevel', undefined, 'calendar_read_only', 'permanent'],
  ['calendar.events.delete', 403, 'requiredAccessLevel', undefined, 'calendar_read_only', 'permanent'],
  [
    'calendar.events.list',
    403,
    'requiredAccessLevel',
    'You need to have reader access to this calendar.',
    'calendar_not_readable',
    'permanent',
  ],
  [
    'calendar.events.patch',
    403,
    'forbiddenForNonOrganizer',
    'Shared properties can only be changed by the organizer.',
    'provider_refused',
    'permanent',
  ],
  ['calendar.events.list', 200, 'endless_pages', undefined, 'feed_endless', 'transient'],
  ['calendar.calendarList.list', 200, 'endless_pages', undefined, 'feed_endless', 'transient'],
  ['calendar.events.watch', 200, 'unexpected_answer', undefined, 'provider_unavailable', 'transient'],
  ['calendar.events.watch', 403, 'notACalendarUser', undefined, 'mailbox_unavailable', 'permanent'],
  // Pub/Sub
  [
    'pubsub.topics.setIamPolicy',
    400,
    'FAILED_PRECONDITION',
    'violates constraints/iam.allowedPolicyMemberDomains',
    'pubsub_domain_restricted',
    'permanent',
  ],
  [
    'pubsub.subscriptions.create',
    403,
    'PERMISSION_DENIED',
    'lacks IAM permission "iam.serviceAccounts.actAs"',
    'pubsub_act_as_missing',
    'permanent',
  ],
  ['pubsub.topics.create', 403, 'PERMISSION_DENIED', 'User not authorized to perform this action.', 'pubsub_forbidden', 'permanent'],
  ['pubsub.subscriptions.create', 400, 'INVALID_ARGUMENT', undefined, 'provider_refused', 'permanent'],
  [
    'pubsub.topics.setIamPolicy',
    403,
    'PERMISSION_DENIED',
    'Operation denied by constraints/iam.allowedPolicyMemberDomains',
    'pubsub_domain_restricted',
    'permanent',
  ],
  [
    'pubsub.topics.setIamPolicy',
    400,
    'FAILED_PRECONDITION',
    'One or more users named in the policy do not belong to a permitted customer.',
    'pubsub_domain_restricted',
    'permanent',
  ],
  ['pubsub.topics.setIamPolicy', 400, 'FAILED_PRECONDITION', undefined, 'pubsub_domain_restricted', 'permanent'],
  [
    'pubsub.topics.setIamPolicy',
    400,
    'INVALID_ARGUMENT',
    'violates constraints/iam.managed.allowedPolicyMembers',
    'pubsub_domain_restricted',
    'permanent',
  ],
  ['pubsub.topics.setIamPolicy', 403, 'PERMISSION_DENIED', 'pubsub.topics.setIamPolicy denied', 'pubsub_forbidden', 'permanent'],
  ['pubsub.topics.setIamPolicy', 429, 'RESOURCE_EXHAUSTED', undefined, 'throttled', 'throttled'],
  [
    'pubsub.topics.get',
    403,
    'PERMISSION_DENIED',
    'Cloud Pub/Sub API has not been used in project 1 before or it is disabled.',
    'api_not_enabled',
    'permanent',
  ],
  ['pubsub.topics.get', 401, 'UNAUTHENTICATED', undefined, 'token_rejected', 'transient'],
  [
    'pubsub.topics.create',
    404,
    'NOT_FOUND',
    'Requested project not found or user does not have access to it',
    'pubsub_forbidden',
    'permanent',
  ],
  ['pubsub.subscriptions.create', 404, 'NOT_FOUND', 'Resource not found (resource=t).', 'pubsub_topic_missing', 'transient'],
  ['pubsub.topics.getIamPolicy', 404, 'NOT_FOUND', 'Resource not found (resource=t).', 'pubsub_topic_missing', 'transient'],
  ['pubsub.subscriptions.pull', 404, 'NOT_FOUND', 'Resource not found (resource=s).', 'pubsub_subscription_missing', 'transient'],
  ['pubsub.subscriptions.modifyPushConfig', 404, 'NOT_FOUND', undefined, 'pubsub_subscription_missing', 'transient'],
  ['gmail.watch', 404, 'notFound', 'Resource not found (resource=t).', 'pubsub_topic_missing', 'transient'],
]

describe('a missing permission', () => {
  it.each(knownPermissions)('%s is named when Google names it, also where its name is a part of another', (permission) => {
    const message = `IAM_PERMISSION_DENIED Permission '${permission}' denied on resource`
    expect(classifyGoogle(refusal('pubsub.topics.get', 403, 'PERMISSION_DENIED', message)).error.values).toMatchObject({ permission })
  })

  it.each([
    ['pubsub.topics.getIamPolicy', 'pubsub.topics.getIamPolicy'],
    ['pubsub.subscriptions.patch', 'pubsub.subscriptions.update'],
    ['pubsub.subscriptions.modifyPushConfig', 'pubsub.subscriptions.update'],
    ['pubsub.subscriptions.pull', 'pubsub.subscriptions.consume'],
  ])('is the one that %s needs when Google names none: %s', (operation, permission) => {
    const { values } = classifyGoogle(refusal(operation, 403, 'PERMISSION_DENIED', 'User not authorized to perform this action.')).error
    expect(values).toEqual({ api: 'Cloud Pub/Sub API', permission })
  })

  it.each([
    ['pubsub.subscriptions.create', 403, 'PERMISSION_DENIED', 'User not authorized to perform this action.'],
    ['pubsub.topics.get', 403, 'SERVICE_DISABLED', 'Cloud Pub/Sub API has not been used in project 1'],
    ['pubsub.topics.get', 500, undefined, undefined],
    ['gmail.watch', 403, 'forbidden', 'pubsub.topics.get'],
  ] as const)('is not made up: %s %i %s', (operation, status, reason, message) => {
    expect(classifyGoogle(refusal(operation, status, reason, message)).error.values).not.toHaveProperty('permission')
  })
})

const refusal = (operation: string, httpStatus: number, reason?: string, message?: string, retryAfterMs?: number) =>
  new ProviderRefusal({ vendor: 'google', operation, httpStatus, reason, message, retryAfterMs })

describe('Google’s refusals', () => {
  it.each(rows)('%s %i %s (%s) is %s, %s', (operation, status, reason, message, code, kind) => {
    const classified = classifyGoogle(refusal(operation, status, reason, message))
    expect([classified.error.code, classified.class]).toEqual([code, kind])
  })

  it.each([
    [400, 'invalid_grant', 'Bad Request', 'app_changed', 'reauth'],
    [401, 'unauthorized_client', 'Unauthorized', 'app_changed', 'reauth'],
    [400, 'invalid_grant', 'Token has been expired or revoked.', 'grant_revoked', 'reauth'],
    [400, 'invalid_grant', undefined, 'grant_revoked', 'reauth'],
    [401, 'invalid_client', 'Unauthorized', 'app_secret_invalid', 'app'],
    [429, 'invalid_grant', 'Bad Request', 'throttled', 'throttled'],
    [503, 'invalid_grant', 'Bad Request', 'provider_unavailable', 'transient'],
    [0, 'invalid_grant', 'Bad Request', 'provider_unavailable', 'transient'],
  ])('to a refresh, %i %s (%s) after the app was saved is %s, %s', (status, reason, message, code, kind) => {
    const classified = classifyGoogle(refusal('oauth.refresh', status, reason, message), { appSaved: true })
    expect([classified.error.code, classified.class]).toEqual([code, kind])
  })

  it('never blame another app while the app is the one that the sign-in was made with, nor for anything but a refresh', () => {
    const found = (operation: string, facts: { appSaved?: boolean }) =>
      classifyGoogle(refusal(operation, 400, 'invalid_grant', 'Bad Request'), facts).error.code
    expect([found('oauth.refresh', {}), found('oauth.refresh', { appSaved: false })]).toEqual(['grant_revoked', 'grant_revoked'])
    expect([found('oauth.exchange', { appSaved: true }), found('serviceAccount.token', { appSaved: true })]).toEqual([
      'grant_revoked',
      'key_rejected',
    ])
  })

  it('calls a grant dead for good only when the token endpoint says so', () => {
    const statuses = [0, 200, 204, 302, 400, 401, 403, 404, 408, 409, 410, 429, 500, 502, 503, 504]
    const operations = [
      'oauth.refresh',
      'oauth.exchange',
      'oauth.revoke',
      'gmail.watch',
      'calendar.events.list',
      'pubsub.topics.get',
      'serviceAccount.token',
    ]
    const reasons = [undefined, 'invalid_grant', 'invalid_rapt', 'authError', 'forbidden']
    const dead = operations.flatMap((operation) =>
      statuses.flatMap((status) =>
        reasons
          .filter((reason) => classifyGoogle(refusal(operation, status, reason)).class === 'reauth')
          .map((reason) => `${operation} ${reason}`),
      ),
    )
    expect(dead.filter((name) => !/^oauth\.\w+ invalid_grant$/.test(name))).toEqual([])
    const troubled = [0, 408, 429, 500, 502, 503, 504].map(
      (status) => classifyGoogle(refusal('oauth.refresh', status, 'invalid_grant')).class,
    )
    expect(troubled).not.toContain('reauth')
  })

  it('knows a code for every class of status, and every operation', () => {
    for (let status = 0; status < 600; status += 1) {
      for (const operation of ['oauth.refresh', 'gmail.stop', 'calendar.channels.stop', 'pubsub.topics.get', 'something.else']) {
        expect(errorCodes).toContain(classifyGoogle(refusal(operation, status)).error.code)
      }
    }
  })

  it.each([
    [7 * day, 'grant_expired_testing_mode'],
    [7 * day - 11 * 3_600_000, 'grant_expired_testing_mode'],
    [7 * day + 11 * 3_600_000, 'grant_expired_testing_mode'],
    [6 * day, 'grant_revoked'],
    [8 * day, 'grant_revoked'],
    [70 * day, 'grant_revoked'],
    [0, 'grant_revoked'],
  ])('reads Testing mode from a death at the age of %i ms: %s', (grantAgeMs, code) => {
    expect(classifyGoogle(refusal('oauth.refresh', 400, 'invalid_grant'), { grantAgeMs })).toMatchObject({
      class: 'reauth',
      error: { code },
    })
  })

  it('passes on the wait and the API’s name, and nothing that Google wrote', () => {
    const { error } = classifyGoogle(refusal('gmail.watch', 403, 'SERVICE_DISABLED', 'EXAMPLE_text', 7_000))
    expect(error).toMatchObject({ code: 'api_not_enabled', retryAfterMs: 7_000, values: { api: 'Gmail API' } })
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('EXAMPLE_')
  })

  it('lets errors of ours pass, and bugs fall through', () => {
    const own = new TenantryError('push_not_possible')
    expect(classifyGoogle(own)).toEqual({ class: 'permanent', error: own })
    expect(classifyGoogle(new TenantryError('unavailable')).class).toBe('transient')
    const bug = new TypeError('a bug')
    expect(() => classifyGoogle(bug)).toThrow(bug)
  })
})
