import { base64url } from 'jose'
import { newNumber } from '../state/new-id.ts'
import type { AccountState, HistoryState, HistoryType, MailboxState, MessageState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { headerOf, parseMime } from './mime.ts'
import { notifyWatches } from './notify-watches.ts'

const HISTORY_KEPT = 7 * 86_400_000

export const SYSTEM_LABELS = ['INBOX', 'SENT', 'DRAFT', 'TRASH', 'SPAM', 'UNREAD', 'STARRED', 'IMPORTANT', 'CHAT']

/** An empty mailbox. */
export function createMailbox(enabled: boolean, historyId: string): MailboxState {
  const labels = SYSTEM_LABELS.map((id) => ({ id, name: id, type: 'system' as const }))
  return { enabled, historyId, historyFloor: '0', messages: [], labels, history: [] }
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
    threadId: mail.threadId ?? threadOf(mailbox, mail.raw) ?? id,
    labelIds: mail.labelIds,
    raw: base64url.encode(mail.raw),
    internalDate: world.clock.now(),
    historyId: '0',
  }
  mailbox.messages.push(message)
  recordChange(world, account, 'messageAdded', message, [])
  return message
}

/** Removes a message for good. */
export function deleteMessage(world: World, account: AccountState, message: MessageState): void {
  account.mailbox.messages = account.mailbox.messages.filter((other) => other !== message)
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
  const kept = mailbox.history.filter((record) => record.at > now - HISTORY_KEPT)
  const lastDropped = mailbox.history[mailbox.history.length - kept.length - 1]
  if (lastDropped) mailbox.historyFloor = lastDropped.id
  mailbox.history = kept
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

function threadOf(mailbox: MailboxState, raw: Uint8Array): string | undefined {
  const mail = parseMime(raw)
  const answered: string[] = `${headerOf(mail, 'in-reply-to')} ${headerOf(mail, 'references')}`.match(/<[^>]+>/g) ?? []
  if (answered.length === 0) return undefined
  return mailbox.messages.find((other) => answered.includes(headerOf(parseMime(base64url.decode(other.raw)), 'message-id')))?.threadId
}

function newMessageId(): string {
  return BigInt(newNumber(19)).toString(16).padStart(16, '1')
}
