import type { VerbDoor } from '../../provider.ts'
import type { MailboxDesk } from '../desk.ts'
import { send } from './send.ts'
import type { SendOptions, SentFromMailbox } from './send.ts'
import { sendTest } from './send-test.ts'
import type { SendTestOptions, SentTest } from './send-test.ts'

/** What can be done with a connected mailbox beyond connecting it. */
export interface MailboxVerbs {
  /** Sends a message, once for each idempotency key. */
  send(options: SendOptions): Promise<SentFromMailbox>
  /** Sends a message to whoever signed in, to see that it can. */
  sendTest(options: SendTestOptions): Promise<SentTest>
}

export function mailboxVerbs(desk: MailboxDesk, door: VerbDoor): MailboxVerbs {
  return {
    send: (options) => send(desk, door, options),
    sendTest: (options) => sendTest(desk, door, options),
  }
}

export type { SendOptions, SendTestOptions, SentFromMailbox, SentTest }
