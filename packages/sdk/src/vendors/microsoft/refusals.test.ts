import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodes, failureClasses, ProviderRefusal, TenantryError } from '../../errors/index.ts'
import type { ErrorCode } from '../../errors/index.ts'
import { aadstsCodes, refreshCodes } from './aadsts.ts'
import { classifyMicrosoft, microsoftCallbackError } from './refusals.ts'

type Row = readonly [operation: string, status: number, reason: string | undefined, message: string | undefined, code: ErrorCode]

const entra = (number: number) => `AADSTS${number}: EXAMPLE text. Trace ID: 0000 Correlation ID: 0000 Timestamp: 2026-11-21 08:00:00Z`

// Each row is an answer that Microsoft is known to give.
const rows: readonly Row[] = [
  // The app
  ['oauth.refresh', 400, 'unauthorized_client', entra(700016), 'app_client_id_invalid'],
  ['oauth.refresh', 401, 'invalid_client', entra(7000215), 'app_secret_invalid'],
  ['oauth.refresh', 401, 'invalid_client', entra(7000222), 'app_secret_expired'],
  ['oauth.app', 401, 'invalid_client', entra(7000222), 'app_secret_expired'],
  ['oauth.app', 400, 'invalid_request', entra(90002), 'directory_not_found'],
  ['oauth.app', 400, 'unauthorized_client', entra(7000229), 'admin_consent_required'],
  ['oauth.exchange', 401, 'invalid_client', undefined, 'app_secret_invalid'],
  ['oauth.refresh', 400, 'unauthorized_client', undefined, 'app_unauthorized'],
  // The grant
  ['oauth.refresh', 400, 'invalid_grant', entra(70000), 'grant_revoked'],
  ['oauth.refresh', 400, 'invalid_grant', entra(50173), 'grant_revoked'],
  ['oauth.refresh', 400, 'invalid_grant', entra(50133), 'grant_revoked'],
  ['oauth.refresh', 400, 'invalid_grant', entra(700082), 'grant_expired_inactive'],
  ['oauth.refresh', 400, 'invalid_grant', entra(70008), 'grant_expired_inactive'],
  ['oauth.refresh', 400, 'invalid_grant', entra(700084), 'grant_expired_inactive'],
  ['oauth.refresh', 400, 'invalid_grant', undefined, 'grant_revoked'],
  ['oauth.refresh', 400, 'invalid_grant', entra(99999999), 'grant_revoked'],
  ['oauth.refresh', 400, 'invalid_grant', entra(65001), 'consent_required'],
  ['oauth.refresh', 400, 'invalid_grant', entra(50034), 'account_not_found'],
  ['oauth.refresh', 400, 'invalid_grant', entra(50057), 'account_not_found'],
  // A code, of which the same numbers say that it is not taken
  ['oauth.exchange', 400, 'invalid_grant', entra(70008), 'oauth_refused'],
  ['oauth.exchange', 400, 'invalid_grant', entra(54005), 'oauth_refused'],
  ['oauth.exchange', 400, 'invalid_grant', undefined, 'oauth_refused'],
  // The organization's rules
  ['oauth.refresh', 400, 'interaction_required', entra(50076), 'interactive_required'],
  ['oauth.refresh', 400, 'interaction_required', entra(50079), 'interactive_required'],
  ['oauth.refresh', 400, 'interaction_required', entra(50158), 'interactive_required'],
  ['oauth.refresh', 400, 'invalid_grant', entra(70043), 'interactive_required'],
  ['oauth.refresh', 400, 'interaction_required', undefined, 'interactive_required'],
  ['oauth.refresh', 400, 'invalid_grant', entra(53003), 'blocked_by_conditional_access'],
  ['oauth.refresh', 400, 'consent_required', undefined, 'consent_required'],
  ['oauth.exchange', 400, 'invalid_grant', entra(50020), 'wrong_directory'],
  ['oauth.exchange', 400, 'invalid_grant', entra(90094), 'admin_consent_required'],
  // What was asked for
  ['oauth.refresh', 400, 'invalid_scope', entra(70011), 'oauth_refused'],
  ['oauth.refresh', 400, 'invalid_request', entra(900144), 'oauth_refused'],
  ['oauth.refresh', 400, 'invalid_request', entra(90023), 'oauth_refused'],
  ['oauth.refresh', 400, 'invalid_resource', entra(500011), 'oauth_refused'],
  ['oauth.refresh', 400, 'invalid_scope', undefined, 'oauth_refused'],
  // Passes
  ['oauth.refresh', 400, 'invalid_grant', entra(50196), 'throttled'],
  ['oauth.refresh', 400, 'temporarily_unavailable', entra(90033), 'provider_unavailable'],
  ['oauth.refresh', 400, 'something_new', undefined, 'provider_unavailable'],
  ['oauth.refresh', 503, 'invalid_grant', entra(50173), 'provider_unavailable'],
  ['oauth.refresh', 429, 'invalid_grant', entra(50173), 'throttled'],
  ['oauth.refresh', 0, undefined, undefined, 'provider_unavailable'],
  // Graph
  ['graph.mailFolders.get', 401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.', 'token_rejected'],
  ['graph.mailFolders.get', 403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.', 'mailbox_access_denied'],
  ['graph.mailFolders.get', 404, 'ErrorItemNotFound', 'Default folder Inbox not found.', 'mailbox_access_denied'],
  ['graph.messages.list', 404, 'ErrorFolderNotFound', 'Default folder Inbox not found.', 'mailbox_access_denied'],
  ['graph.mailFolders.get', 404, 'ErrorInvalidUser', "The requested user 'x' is invalid.", 'mailbox_not_found'],
  ['graph.mailFolders.get', 404, 'ResourceNotFound', 'Resource could not be discovered.', 'mailbox_not_found'],
  ['graph.mailFolders.get', 404, 'Request_ResourceNotFound', "Resource 'x' does not exist", 'mailbox_not_found'],
  ['graph.mailFolders.get', 404, 'ErrorNonExistentMailbox', undefined, 'mailbox_not_found'],
  [
    'graph.mailFolders.get',
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    'mailbox_not_rest_enabled',
  ],
  ['graph.messages.getMime', 404, 'ErrorItemNotFound', 'The specified object was not found in the store.', 'item_gone'],
  ['graph.messages.delta', 410, 'SyncStateNotFound', 'The sync state generation is not found', 'cursor_expired'],
  ['graph.messages.delta', 410, 'syncStateNotFound', undefined, 'cursor_expired'],
  ['graph.messages.delta', 410, 'resyncRequired', undefined, 'cursor_expired'],
  ['graph.messages.delta', 410, undefined, undefined, 'cursor_expired'],
  ['graph.messages.delta', 0, 'foreign_link', undefined, 'cursor_expired'],
  ['graph.messages.delta', 200, 'foreign_link', undefined, 'foreign_link'],
  ['graph.subscriptions.list', 200, 'foreign_link', undefined, 'foreign_link'],
  ['graph.uploadSessions.create', 201, 'foreign_link', undefined, 'foreign_link'],
  ['graph.folders.get', 403, 'ErrorGroupIsUsedInNonGroupURI', 'Group Shard is used in non-Groups URI.', 'not_a_mailbox'],
  ['graph.sendMail', 403, 'ErrorGroupIsUsedInNonGroupURI', undefined, 'not_a_mailbox'],
  ['graph.sendMail', 403, 'ErrorSendAsDenied', 'The user account does not have the right to send mail.', 'send_as_denied'],
  ['graph.sendMail', 200, 'accepted_not_sent', undefined, 'message_too_large'],
  ['graph.sendMail', 413, undefined, undefined, 'message_too_large'],
  ['graph.sendMail', 400, 'ErrorMessageSizeExceeded', undefined, 'message_too_large'],
  ['graph.sendMail', 400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.', 'recipient_invalid'],
  ['graph.sendMail', 400, 'ErrorMimeContentInvalidBase64String', undefined, 'message_invalid'],
  ['graph.sendMail', 0, undefined, undefined, 'send_outcome_unknown'],
  ['graph.messages.send', 504, undefined, undefined, 'send_outcome_unknown'],
  ['graph.sendMail', 503, 'ErrorServerBusy', undefined, 'throttled'],
  ['graph.messages.delta', 429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', 'throttled'],
  ['graph.messages.delta', 503, 'MailboxConcurrency', undefined, 'throttled'],
  ['graph.sendMail', 403, 'ErrorQuotaExceeded', undefined, 'throttled'],
  ['graph.subscriptions.create', 409, 'ExtensionError', 'Subscription Id already exists', 'watch_conflict'],
  ['graph.subscriptions.create', 403, 'ExtensionError', 'Operation: Create; Exception: Forbidden', 'mailbox_access_denied'],
  ['graph.subscriptions.create', 400, 'ValidationError', 'Subscription validation request failed.', 'push_not_possible'],
  ['graph.folders.get', 404, undefined, undefined, 'provider_unavailable'],
  ['graph.messages.delta', 404, undefined, undefined, 'provider_unavailable'],
  ['graph.subscriptions.update', 404, undefined, undefined, 'provider_unavailable'],
  ['graph.subscriptions.update', 404, 'ResourceNotFound', 'The object was not found.', 'watch_lapsed'],
  ['graph.me.get', 403, 'Authorization_RequestDenied', 'Insufficient privileges', 'scopes_missing'],
  ['graph.me.get', 500, 'InternalServerError', undefined, 'provider_unavailable'],
  ['graph.me.get', 400, 'BadRequest', undefined, 'provider_refused'],
  // SMTP
  ['smtp.probe', 400, '5.7.139', 'Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.', 'smtp_auth_disabled'],
  ['smtp.probe', 400, '5.7.3', 'Authentication unsuccessful', 'smtp_auth_failed'],
  ['smtp.data', 400, '5.7.60', 'SMTP; Client does not have permissions to send as this sender', 'send_as_denied'],
  ['smtp.data', 400, '5.2.252', 'SendAsDenied; dana@acme.test not allowed to send as sales@acme.test', 'send_as_denied'],
  ['smtp.data', 400, '5.2.0', 'STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied', 'send_as_denied'],
  ['smtp.data', 400, '5.3.4', 'Message size exceeds fixed maximum message size', 'message_too_large'],
  ['smtp.rcpt', 400, '5.1.3', 'Invalid address', 'recipient_invalid'],
  ['smtp.data', 503, '4.3.2', 'STOREDRV.ClientSubmit; sender thread limit exceeded', 'throttled'],
  ['smtp.data', 503, '4.7.0', undefined, 'provider_unavailable'],
  ['smtp.data', 0, undefined, undefined, 'send_outcome_unknown'],
  ['smtp.connect', 0, undefined, undefined, 'provider_unavailable'],
  ['smtp.data', 400, '5.7.1', 'Message rejected', 'message_refused'],
  // IMAP
  ['imap.examine', 400, 'auth_failed', 'AUTHENTICATE failed.', 'imap_auth_failed'],
  ['imap.examine', 400, 'not_connected', 'User is authenticated but not connected.', 'imap_no_mailbox_access'],
  ['imap.examine', 400, 'disabled', undefined, 'imap_disabled'],
  ['imap.examine', 400, 'no_folder', undefined, 'imap_no_mailbox_access'],
  ['imap.append', 400, 'no_folder', undefined, 'provider_refused'],
  ['imap.examine', 503, undefined, undefined, 'provider_unavailable'],
  // The relay
  ['relay.send', 400, undefined, undefined, 'message_refused'],
  ['relay.send', 0, undefined, undefined, 'send_outcome_unknown'],
  ['relay.send', 429, undefined, undefined, 'throttled'],
]

const refusal = (operation: string, httpStatus: number, reason?: string, message?: string, retryAfterMs?: number): ProviderRefusal =>
  new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus, reason, message, retryAfterMs })

describe('what a refusal of Microsoft means', () => {
  it.each(rows)('%s %i %s %j: %s', (operation, status, reason, message, code) => {
    expect(classifyMicrosoft(refusal(operation, status, reason, message))).toMatchObject({ class: failureClasses[code], error: { code } })
  })

  it('reads a number as a whole, of those that begin alike', () => {
    const numbers = [...Object.keys(aadstsCodes), ...Object.keys(refreshCodes)].map(Number)
    expect(
      numbers.map((number) => [number, classifyMicrosoft(refusal('oauth.refresh', 400, 'invalid_grant', entra(number))).error.code]),
    ).toEqual(numbers.map((number) => [number, refreshCodes[number] ?? aadstsCodes[number]]))
    expect(classifyMicrosoft(refusal('oauth.refresh', 401, 'invalid_client', entra(70002150))).error.code).toBe('app_secret_invalid')
    expect(classifyMicrosoft(refusal('oauth.exchange', 400, 'invalid_grant', entra(650010))).error.code).toBe('oauth_refused')
  })

  it('ends no grant for anything but the token endpoint’s own word, and none while a server is in trouble', () => {
    const operation = fc.constantFrom('oauth.refresh', 'graph.messages.delta', 'imap.examine', 'smtp.data', 'relay.send')
    const reason = fc.constantFrom(undefined, 'invalid_grant', 'interaction_required', 'ErrorAccessDenied', 'auth_failed')
    const status = fc.constantFrom(0, 200, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504)
    const message = fc.option(fc.constantFrom(...Object.keys(aadstsCodes).map((number) => entra(Number(number)))), { nil: undefined })
    fc.assert(
      fc.property(operation, status, reason, message, (where, httpStatus, word, text) => {
        const isFinal = where === 'oauth.refresh' && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408 && httpStatus !== 429
        const { class: kind } = classifyMicrosoft(refusal(where, httpStatus, word, text))
        expect(kind !== 'reauth' || isFinal).toBe(true)
      }),
    )
  })

  it('knows a code for whatever comes, and shows nothing of what was written', () => {
    const operation = fc.constantFrom(
      'oauth.refresh',
      'oauth.exchange',
      'oauth.app',
      'graph.sendMail',
      'graph.subscriptions.create',
      'imap.fetch',
      'smtp.data',
      'x',
    )
    fc.assert(
      fc.property(
        operation,
        fc.integer({ min: 0, max: 599 }),
        fc.option(fc.string(), { nil: undefined }),
        fc.nat(),
        (where, status, reason, number) => {
          const { error } = classifyMicrosoft(refusal(where, status, reason, entra(number), 7_000))
          expect(errorCodes).toContain(error.code)
          expect(error.retryAfterMs).toBe(7_000)
          expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('EXAMPLE')
        },
      ),
    )
  })

  it('asks for a new sign-in where the app is another since', () => {
    for (const number of [70000, 700005, 9002313])
      expect(classifyMicrosoft(refusal('oauth.refresh', 400, 'invalid_grant', entra(number)), { appSaved: true }).error.code).toBe(
        'app_changed',
      )
    expect(classifyMicrosoft(refusal('oauth.refresh', 400, 'invalid_grant', entra(50173)), { appSaved: true }).error.code).toBe(
      'grant_revoked',
    )
    expect(classifyMicrosoft(refusal('oauth.refresh', 503, 'invalid_grant', entra(70000)), { appSaved: true }).class).toBe('transient')
    expect(classifyMicrosoft(refusal('oauth.exchange', 400, 'invalid_grant', entra(70000)), { appSaved: true }).error.code).toBe(
      'oauth_refused',
    )
  })

  it('hands on the id of the request, whatever the code, and none where there was none', () => {
    const named = (requestId?: string) =>
      new ProviderRefusal({
        vendor: 'microsoft',
        operation: 'oauth.refresh',
        httpStatus: 400,
        reason: 'invalid_grant',
        message: entra(70000),
        requestId,
      })
    for (const facts of [{}, { appSaved: true }]) {
      expect(classifyMicrosoft(named('0f9a-1'), facts).error.values).toEqual({ vendor: 'Microsoft', microsoftRequestId: '0f9a-1' })
      expect(classifyMicrosoft(named(), facts).error.values).toEqual({ vendor: 'Microsoft' })
    }
  })

  it('lets errors of ours pass, and bugs fall through', () => {
    const own = new TenantryError('push_not_possible')
    expect(classifyMicrosoft(own)).toEqual({ class: 'permanent', error: own })
    const bug = new TypeError('a bug')
    expect(() => classifyMicrosoft(bug)).toThrow(bug)
  })
})

describe('an error on the callback', () => {
  it.each([
    ['access_denied', entra(65004), 'consent_declined'],
    ['access_denied', entra(90094), 'admin_consent_required'],
    ['access_denied', entra(90095), 'admin_consent_required'],
    ['invalid_request', entra(50020), 'wrong_directory'],
    ['unauthorized_client', entra(700016), 'app_client_id_invalid'],
    ['interaction_required', entra(50105), 'not_assigned'],
    ['access_denied', entra(53003), 'blocked_by_conditional_access'],
    ['access_denied', '', 'access_denied'],
    ['permission_denied', 'The admin canceled the request', 'consent_declined'],
    ['consent_required', '', 'consent_required'],
    ['server_error', '', 'provider_unavailable'],
    ['something_new', '', 'oauth_refused'],
    ['constructor', '', 'oauth_refused'],
    ['__proto__', 'AADSTS__proto__:', 'oauth_refused'],
    ['<script>', '<script>', 'oauth_refused'],
  ])('%j %j is the code %s', (error, description, code) => {
    expect(microsoftCallbackError(error, description)).toBe(code)
  })
})
