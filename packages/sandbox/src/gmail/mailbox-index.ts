import type { MailboxState, MessageState } from '../state/account-state.ts'
import { headerOf } from './mime.ts'
import { readHead } from './stored-mail.ts'

interface MailboxIndex {
  byId: Map<string, MessageState>
  /** Thread of each Message-ID. */
  threads: Map<string, string>
}

// Beside the state, which is plain JSON; made anew for a mailbox that comes from a file.
const indexes = new WeakMap<MailboxState, MailboxIndex>()

/** A message by its id, however many there are. */
export function findById(mailbox: MailboxState, id: string): MessageState | undefined {
  return indexOf(mailbox).byId.get(id)
}

/** The thread of the first of these Message-IDs that is known. */
export function findThread(mailbox: MailboxState, messageIds: string[]): string | undefined {
  const { threads } = indexOf(mailbox)
  return messageIds.map((messageId) => threads.get(messageId)).find((thread) => thread !== undefined)
}

/** Puts a message at the end of the mailbox. */
export function insertMessage(mailbox: MailboxState, message: MessageState): void {
  const index = indexOf(mailbox)
  mailbox.messages.push(message)
  enter(index, message)
}

/** Takes a message out of the mailbox; its thread stays known, because answers to it still arrive. */
export function removeMessage(mailbox: MailboxState, message: MessageState): void {
  indexOf(mailbox).byId.delete(message.id)
  mailbox.messages = mailbox.messages.filter((other) => other !== message)
}

function indexOf(mailbox: MailboxState): MailboxIndex {
  const known = indexes.get(mailbox)
  if (known) return known
  const index: MailboxIndex = { byId: new Map(), threads: new Map() }
  for (const message of mailbox.messages) enter(index, message)
  indexes.set(mailbox, index)
  return index
}

function enter({ byId, threads }: MailboxIndex, message: MessageState): void {
  byId.set(message.id, message)
  const messageId = headerOf(readHead(message), 'message-id')
  if (messageId !== '' && !threads.has(messageId)) threads.set(messageId, message.threadId)
}
