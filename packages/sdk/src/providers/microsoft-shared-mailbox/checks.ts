import type { CheckDefinition, CheckOutcome } from '../check.ts'
import type { ProviderCall } from '../provider.ts'
import { openMailbox } from './desk.ts'
import type { MailboxDesk } from './desk.ts'
import { probeSending } from './probe-sending.ts'
import { probeReading } from './probe.ts'
import { choiceOf } from './settings.ts'

/** The checks that only a shared mailbox has: it opens, and it may be sent from as far as anybody can ask. */
export function mailboxChecks(desk: MailboxDesk, call: ProviderCall): CheckDefinition[] {
  return [
    { id: 'mailbox', run: () => checkMailbox(desk, call) },
    { id: 'sending', needs: 'mailbox', run: () => checkSending(desk, call) },
  ]
}

async function checkMailbox(desk: MailboxDesk, call: ProviderCall): Promise<CheckOutcome> {
  const { settings, account, path } = openMailbox(desk, call)
  await probeReading(desk, call)
  const { grant } = choiceOf(settings)
  const facts = { mailbox: settings.mailbox, account: account.address, receive: settings.receive, grant, own: path.own }
  return { actual: settings.mailbox, facts }
}

/** Exchange tells nobody who may send as whom, so only SMTP proves something before a message is sent. */
async function checkSending(desk: MailboxDesk, call: ProviderCall): Promise<CheckOutcome> {
  const { settings, account } = openMailbox(desk, call)
  const facts = {
    send: settings.send,
    oversize: settings.oversize,
    account: account.address,
    relay: settings.send === 'relay' ? desk.relayName : null,
  }
  if (settings.send === 'relay') return { facts }
  await probeSending(desk, call)
  if (settings.send === 'smtp') return { facts }
  return { status: 'warn', code: 'sending_unproven', values: { account: account.address, mailbox: settings.mailbox }, facts }
}
