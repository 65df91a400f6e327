import type { SendChoice } from '../../../model/mail-choices.ts'
import type { OutgoingMessage, SentMessage } from '../../../model/outgoing-message.ts'
import type { Principal } from '../../../model/principal.ts'
import type { RelayMessage } from '../../../ports/index.ts'
import type { ProviderCall, VerbDoor } from '../../provider.ts'
import { openMailbox } from '../desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { domainOf } from '../settings.ts'
import { sendByGraph } from './by-graph.ts'
import { sendByRelay } from './by-relay.ts'
import { sendBySmtp } from './by-smtp.ts'
import { contentDigest } from './content-digest.ts'
import { keepCopy } from './keep-copy.ts'
import type { Sending } from './mail-door.ts'
import { parseMessage } from './parse-message.ts'

export interface SendOptions {
  readonly connectionId: string
  /** Whose request it is. Without one the host itself asks, for example in a job: then no rule is asked, so never pass an id that came with a request. */
  readonly principal?: Principal | undefined
  readonly message: OutgoingMessage
  /** 1 to 255 characters, new for each message: the same key sends once, for 35 days. Without one a message that is sent again goes out again. */
  readonly idempotencyKey?: string | undefined
}

export interface SentFromMailbox extends SentMessage {
  /** A copy lies in the mailbox's Sent Items. */
  readonly copied: boolean
}

/** Each tells how the message went out in the end. */
const ways: Readonly<Record<SendChoice, (sending: Sending) => Promise<SendChoice>>> = {
  graph: sendByGraph,
  smtp: sendBySmtp,
  relay: sendByRelay,
}

/**
 * Sends a message from a shared mailbox, once for each idempotency key, and remembers it as the host's own. One RFC 5322 message goes out, whichever way
 * the mailbox sends.
 * @throws `message_invalid`, `recipient_invalid`, `message_too_large`, `send_as_denied`, `mailbox_access_denied`, `smtp_auth_disabled`, `message_refused`,
 * `throttled`, `send_outcome_unknown`, `idempotency_key_reused`, the connection's reason when it cannot be used
 */
export async function send(desk: MailboxDesk, door: VerbDoor, options: SendOptions): Promise<SentFromMailbox> {
  const call = await door.open({ connectionId: options.connectionId, principal: options.principal })
  const { settings } = openMailbox(desk, call)
  const key = options.idempotencyKey ?? call.random.uuid()
  const parsed = parseMessage(options.message)
  const message: RelayMessage = { ...parsed, from: settings.mailbox, messageId: await nameMessage(call, settings.mailbox, key) }
  const compose = composer(desk, call, message)
  const content = await contentDigest(call, message, settings)
  // Before anything is claimed: what fails here leaves no doubt behind.
  await door.markOwn(call, message.messageId.slice(1, -1))
  const sent = await door.once<SentMessage>(call, { key, content }, async ({ inDoubt }) => {
    const by = await ways[settings.send]({ desk, door, call, message, inDoubt, compose })
    return { messageId: message.messageId, by }
  })
  // Beside the send, which is done by now: asked again with the same key, a copy that is missing is made up for.
  return { ...sent, copied: await keepCopy({ desk, door, call, message, compose }, sent.by) }
}

/** The same key names the same message, so that what became of an earlier try can be looked up; RFC 5322 section 3.6.4. */
async function nameMessage(call: ProviderCall, mailbox: string, key: string): Promise<string> {
  return `<${await call.keyedHash('message-id', JSON.stringify([call.connection.id, key]))}@${domainOf(mailbox)}>`
}

/** Composes the message once, however often its bytes are needed. */
function composer(desk: MailboxDesk, call: ProviderCall, whole: RelayMessage): Sending['compose'] {
  const date = call.clock.now()
  const compose = (message: RelayMessage) => desk.mail.composer.compose(message, { date })
  let made: Promise<Uint8Array> | null = null
  return (message) => (message === undefined ? (made ??= compose(whole)) : compose(message))
}
