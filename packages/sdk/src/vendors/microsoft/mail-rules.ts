import type { ProviderRefusal } from '../../errors/index.ts'
import type { Rule } from './rule.ts'

const says =
  (protocol: 'imap' | 'smtp', ...reasons: string[]) =>
  (refusal: ProviderRefusal): boolean =>
    refusal.operation.startsWith(`${protocol}.`) && reasons.includes(refusal.reason ?? '')
const at = (protocol: 'imap' | 'smtp' | 'relay') => (refusal: ProviderRefusal) => refusal.operation.startsWith(`${protocol}.`)

/**
 * IMAP, SMTP and the host's own relay. Sources: learn.microsoft.com, "Fix NDR error codes in Exchange Online" and "Authenticate an IMAP, POP or SMTP
 * connection using OAuth"; RFC 3463 for enhanced status codes.
 */
export const mailRules: readonly Rule[] = [
  { when: says('smtp', '5.7.139'), code: 'smtp_auth_disabled' },
  { when: says('smtp', '5.7.3', '5.7.8', '5.7.30', '535'), code: 'smtp_auth_failed' },
  { when: says('smtp', '5.7.60', '5.2.252'), code: 'send_as_denied' },
  { when: (refusal) => at('smtp')(refusal) && refusal.mentions('SendAsDenied'), code: 'send_as_denied' },
  { when: says('smtp', '5.3.4', '5.2.3', '552'), code: 'message_too_large' },
  { when: says('smtp', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '501', '553'), code: 'recipient_invalid' },
  { when: (refusal) => refusal.operation === 'smtp.probe', code: 'provider_refused' },
  { when: at('smtp'), code: 'message_refused' },
  { when: says('imap', 'answer_too_large'), code: 'message_too_large' },
  { when: says('imap', 'auth_failed', 'authenticationfailed'), code: 'imap_auth_failed' },
  { when: says('imap', 'not_connected'), code: 'imap_no_mailbox_access' },
  { when: (refusal) => refusal.operation === 'imap.examine' && refusal.reason === 'no_folder', code: 'imap_no_mailbox_access' },
  { when: says('imap', 'disabled'), code: 'imap_disabled' },
  { when: at('imap'), code: 'provider_refused' },
  { when: at('relay'), code: 'message_refused' },
]
