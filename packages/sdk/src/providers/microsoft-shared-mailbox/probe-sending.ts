import type { ProviderCall } from '../provider.ts'
import { mailCall, openMailbox, smtpOf } from './desk.ts'
import { askAtDesk } from './ask-at-desk.ts'
import type { MailboxDesk } from './desk.ts'

/** Whether the mailbox may be sent from, as far as that can be asked without sending: only SMTP says. @throws `smtp_auth_disabled`, `smtp_auth_failed`, `send_as_denied` */
export async function probeSending(desk: MailboxDesk, call: ProviderCall): Promise<void> {
  const { settings } = openMailbox(desk, call)
  if (settings.send !== 'smtp') return
  await askAtDesk(desk, call, async () => smtpOf(desk).probe(await mailCall(desk, call, 'smtp'), { from: settings.mailbox }))
}
