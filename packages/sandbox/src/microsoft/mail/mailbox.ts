import { headerOf } from '../../gmail/mime.ts'
import { encodeBase64Url } from '../../state/encoding.ts'
import { findBy } from '../../state/find-by.ts'
import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import type { MailboxOwner } from '../find.ts'
import { notifyMessage } from '../subscriptions/notify-message.ts'
import type { ChangeState, FolderName, MailboxState, MessageState } from '../state/recipient-state.ts'
import { readHead } from './stored-message.ts'

/** Exchange Online's limit of a mailbox, unless an admin raises it. */
const USUAL_LIMIT = 35 * 1024 * 1024

/** An empty mailbox. */
export function createMailbox(): MailboxState {
  return { sequence: 0, deltaGeneration: 0, maxMessageBytes: USUAL_LIMIT, throttled: false, messages: [], changes: [], uploads: [] }
}

/** Files a message, in the conversation of the message it answers, and lets the world know. */
export function addMessage(
  world: World,
  owner: MailboxOwner,
  mail: { raw: Uint8Array; folder: FolderName; isDraft?: boolean; isRead?: boolean },
): MessageState {
  const raw = encodeBase64Url(mail.raw)
  const head = readHead({ raw })
  const { mailbox } = owner
  const message: MessageState = {
    id: `AAkALg${newId(80)}=`,
    entryId: newEntryId(),
    folder: mail.folder,
    conversationId: findConversation(mailbox, head) ?? `AAQkAD${newId(60)}=`,
    messageId: headerOf(head, 'message-id') || `<${newId(32)}@${owner.address.split('@')[1] ?? 'outlook.test'}>`,
    raw,
    receivedAt: world.clock.now(),
    isDraft: mail.isDraft ?? false,
    isRead: mail.isRead ?? mail.folder !== 'inbox',
    attachments: [],
  }
  mailbox.messages.push(message)
  record(world, owner, message, 'created')
  return message
}

/** Moves within the mailbox: the entry id becomes another, the immutable id stays. */
export function moveMessage(world: World, owner: MailboxOwner, message: MessageState, folder: FolderName): void {
  record(world, owner, message, 'deleted')
  message.folder = folder
  message.entryId = newEntryId()
  record(world, owner, message, 'created')
}

/** Something about it changed where it lies. */
export function touchMessage(world: World, owner: MailboxOwner, message: MessageState): void {
  record(world, owner, message, 'updated')
}

/** Removes a message for good. */
export function deleteMessage(world: World, owner: MailboxOwner, message: MessageState): void {
  record(world, owner, message, 'deleted')
  const { mailbox } = owner
  mailbox.messages = mailbox.messages.filter((other) => other !== message)
}

function record(world: World, owner: MailboxOwner, message: MessageState, kind: ChangeState['kind']): void {
  const { mailbox } = owner
  mailbox.sequence += 1
  const { id, entryId, folder } = message
  mailbox.changes.push({ sequence: mailbox.sequence, folder, kind, id, entryId })
  notifyMessage(world, owner, message, kind)
}

/** Of the nearest message that this one answers, as far as the mailbox holds it. */
function findConversation({ messages }: MailboxState, head: ReturnType<typeof readHead>): string | undefined {
  const answered = `${headerOf(head, 'in-reply-to')} ${headerOf(head, 'references')}`.match(/<[^>]+>/g) ?? []
  // Copies of one message, say a sent one that came back, are one conversation too.
  const own = headerOf(head, 'message-id')
  return [own, ...answered].map((id) => findBy(messages, 'messageId', id)?.conversationId).find((found) => found)
}

function newEntryId(): string {
  return `AAMkAD${newId(90)}=`
}
