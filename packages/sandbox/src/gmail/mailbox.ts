import { encodeBase64Url } from '../state/encoding.ts'
import { newNumber } from '../state/new-id.ts'
import type { AccountState, HistoryState, HistoryType, MailboxState, MessageState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { findThread, insertMessage, removeMessage } from './mailbox-index.ts'
import { headerOf } from './mime.ts'
import { notifyWatches } from './notify-watches.ts'
import { readHead } from './stored-mail.ts'

const HISTORY_KEPT = 7 * 86_400_000

export const SYSTEM_LABELS = ['INBOX', 'SENT', 'DRAFT', 'TRASH', 'SPAM', 'UNREAD', 'STARRED', 'IMPORTANT', 'CHAT']

/** An empty mailbox. */
export function createMailbox(enabled: boolean, historyId: string): MailboxState {
  const labels = SYSTEM_LABELS.map((id) => ({ id, name: id, type: 'system' as const }))
  return { enabled, historyId, historyFloor: '0', messages: [], labels, history: [], pageTokenGeneration: 0 }
}

/** Files a message, in the thread of the message it answers, and lets the world know. */
export function addMessage(
  world: World,
  account: AccountState,
  mail: { raw: Uint8Array; labelIds: string[]; threadId?: string | undefined },
): MessageState {
  const { mailbox } = account
  const id = newMessageId()
  const message: MessageState = {
    id,
    threadId: id,
    labelIds: mail.labelIds,
    raw: encodeBase64Url(mail.raw),
    internalDate: world.clock.now(),
    historyId: '0',
  }
  message.threadId = mail.threadId ?? findThread(mailbox, answeredBy(message)) ?? id
  insertMessage(mailbox, message)
  recordChange(world, account, 'messageAdded', message, [])
  return message
}

/** Removes a message for good. */
export function deleteMessage(world: World, account: AccountState, message: MessageState): void {
  removeMessage(account.mailbox, message)
  recordChange(world, account, 'messageDeleted', message, [])
}

/** Adds and removes labels; what is already so leaves no trace. */
export function changeLabels(
  world: World,
  account: AccountState,
  message: MessageState,
  change: { add?: string[]; remove?: string[] },
): void {
  const added = (change.add ?? []).filter((label) => !message.labelIds.includes(label))
  const removed = (change.remove ?? []).filter((label) => message.labelIds.includes(label))
  if (added.length > 0) {
    message.labelIds = [...message.labelIds, ...added]
    recordChange(world, account, 'labelAdded', message, added)
  }
  if (removed.length > 0) {
    message.labelIds = message.labelIds.filter((label) => !removed.includes(label))
    recordChange(world, account, 'labelRemoved', message, removed)
  }
}

/** Forgets history: every cursor older than now answers 404. */
export function expireHistory(mailbox: MailboxState): void {
  mailbox.history = []
  mailbox.historyFloor = mailbox.historyId
}

/** Forgets the history records that Gmail no longer keeps; cursors before the last of them answer 404. */
export function pruneHistory(mailbox: MailboxState, now: number): void {
  // Records lie in order of time: with a young first one there is nothing to do.
  const firstKept = mailbox.history.findIndex((record) => record.at > now - HISTORY_KEPT)
  const dropped = firstKept < 0 ? mailbox.history.length : firstKept
  const last = mailbox.history[dropped - 1]
  if (!last) return
  mailbox.historyFloor = last.id
  mailbox.history = mailbox.history.slice(dropped)
}

function recordChange(world: World, account: AccountState, type: HistoryType, message: MessageState, labelIds: string[]): void {
  const { mailbox } = account
  // Ids grow, but not by one: clients must not count with them.
  mailbox.historyId = String(BigInt(mailbox.historyId) + 3n + (BigInt(mailbox.historyId) % 23n))
  message.historyId = mailbox.historyId
  const { id, threadId } = message
  const record: HistoryState = {
    id: mailbox.historyId,
    type,
    at: world.clock.now(),
    message: { id, threadId, labelIds: [...message.labelIds] },
    labelIds,
  }
  mailbox.history.push(record)
  notifyWatches(world, account, [...message.labelIds, ...labelIds])
}

/** Message-IDs that a message answers, the nearest first. */
function answeredBy(message: MessageState): string[] {
  const head = readHead(message)
  return `${headerOf(head, 'in-reply-to')} ${headerOf(head, 'references')}`.match(/<[^>]+>/g) ?? []
}

function newMessageId(): string {
  return BigInt(newNumber(19)).toString(16).padStart(16, '1')
}
