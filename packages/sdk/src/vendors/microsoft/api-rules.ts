import type { ProviderRefusal } from '../../errors/index.ts'
import type { Rule } from './rule.ts'

const says =
  (...reasons: string[]) =>
  ({ reason = '' }: ProviderRefusal): boolean =>
    reasons.some((known) => known.toLowerCase() === reason.toLowerCase())
const subscriptions = ({ operation }: ProviderRefusal): boolean => /subscription/i.test(operation)

/** Graph. Source: learn.microsoft.com/graph/errors and .../graph/api/resources/mail-api-overview. Graph writes some codes in two ways. */
export const apiRules: readonly Rule[] = [
  { when: says('answer_too_large', 'accepted_not_sent', 'ErrorMessageSizeExceeded', 'RequestEntityTooLarge'), code: 'message_too_large' },
  { when: ({ httpStatus }) => httpStatus === 413, code: 'message_too_large' },
  // Without Graph's word it may come from anything on the way, and nothing is gone by that.
  { when: ({ httpStatus, reason }) => httpStatus === 404 && reason === undefined, code: 'provider_unavailable' },
  { when: says('SyncStateNotFound', 'SyncStateInvalid', 'ErrorInvalidSyncStateData', 'resyncRequired'), code: 'cursor_expired' },
  { when: (refusal) => refusal.httpStatus === 410 && /delta/i.test(refusal.operation), code: 'cursor_expired' },
  { when: ({ httpStatus }) => httpStatus === 401, code: 'token_rejected' },
  { when: says('ErrorSendAsDenied'), code: 'send_as_denied' },
  { when: says('MailboxNotEnabledForRESTAPI', 'MailboxNotSupportedForRESTAPI'), code: 'mailbox_not_rest_enabled' },
  // Subscriptions
  { when: (refusal) => subscriptions(refusal) && refusal.httpStatus === 409, code: 'watch_conflict' },
  { when: (refusal) => subscriptions(refusal) && refusal.httpStatus === 404, code: 'watch_lapsed' },
  {
    when: (refusal) =>
      subscriptions(refusal) && refusal.httpStatus === 400 && (says('ValidationError')(refusal) || refusal.mentions('validation')),
    code: 'push_not_possible',
  },
  // Mailboxes
  // Of groups of every kind, also those that have mail of their own. A contact is nobody to Graph, and a guest a person without a mailbox.
  { when: says('ErrorGroupIsUsedInNonGroupURI'), code: 'not_a_mailbox' },
  { when: says('ErrorInvalidUser', 'ErrorNonExistentMailbox', 'ResourceNotFound', 'Request_ResourceNotFound'), code: 'mailbox_not_found' },
  // A missing permission for other people's mailboxes looks like a mailbox without an inbox.
  { when: (refusal) => refusal.httpStatus === 404 && refusal.mentions('Default folder'), code: 'mailbox_access_denied' },
  { when: (refusal) => refusal.httpStatus === 404 && /inbox|folder|delta/i.test(refusal.operation), code: 'mailbox_access_denied' },
  { when: says('ErrorAccessDenied', 'AccessDenied', 'ExtensionError'), code: 'mailbox_access_denied' },
  { when: says('Authorization_RequestDenied', 'Forbidden', 'ErrorInsufficientPermissionsInAccessToken'), code: 'scopes_missing' },
  // Messages
  { when: says('ErrorItemNotFound'), code: 'item_gone' },
  { when: says('ErrorInvalidRecipients', 'ErrorInvalidEmailAddress'), code: 'recipient_invalid' },
  { when: says('ErrorMimeContentInvalidBase64String', 'ErrorMimeContentInvalid'), code: 'message_invalid' },
  { when: ({ httpStatus }) => httpStatus >= 400, code: 'provider_refused' },
]
