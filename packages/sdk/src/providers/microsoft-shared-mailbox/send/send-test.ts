import type { VerbDoor } from '../../provider.ts'
import type { Principal } from '../../../model/principal.ts'
import { openMailbox } from '../desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { choiceOf } from '../settings.ts'
import { send } from './send.ts'
import type { SentFromMailbox } from './send.ts'

export interface SendTestOptions {
  readonly connectionId: string
  /** Whose request it is; without one the host itself asks, as with `send`. */
  readonly principal?: Principal | undefined
  /** In the language of whoever reads it; both have a default in English. */
  readonly subject?: string | undefined
  readonly text?: string | undefined
}

export interface SentTest extends SentFromMailbox {
  readonly to: string
}

/**
 * Sends a message to the person who signed in, or to the mailbox itself where the app did: the only proof that the mailbox may be sent from, because
 * Exchange tells nobody who may. @throws as `send`
 */
export async function sendTest(desk: MailboxDesk, door: VerbDoor, options: SendTestOptions): Promise<SentTest> {
  const { connectionId, principal } = options
  const { settings, account } = openMailbox(desk, await door.open({ connectionId, principal }))
  const to = choiceOf(settings).grant === 'app' ? settings.mailbox : account.address
  const message = {
    to: [to],
    subject: options.subject ?? `Test message from ${settings.mailbox}`,
    text: options.text ?? `This message shows that mail can be sent from ${settings.mailbox}. Nothing has to be done.`,
  }
  return { ...(await send(desk, door, { connectionId, principal, message })), to }
}
