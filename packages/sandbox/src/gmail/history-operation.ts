import { z } from 'zod/mini'
import { invalidArgument, notFound } from '../http/api-error.ts'
import type { Call, Operation } from '../http/operation.ts'
import { pageSize, readPageToken, writePageToken } from '../http/paging.ts'
import type { HistoryState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { pruneHistory } from './mailbox.ts'
import { GMAIL_ACCESS, openMailbox } from './open-mailbox.ts'

const TYPES = ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved']

/** `users.history.list` */
export function createHistoryOperations(world: World): Operation[] {
  return [
    {
      name: 'gmail.history.list',
      method: 'GET',
      path: '/gmail.googleapis.com/gmail/v1/users/:userId/history',
      handle: (call) => list(world, call),
    },
  ]
}

function list(world: World, call: Call) {
  const { mailbox } = openMailbox(world, call, GMAIL_ACCESS.metadata).account
  const start = call.query.get('startHistoryId')
  if (start === null || !/^\d{1,20}$/.test(start))
    throw invalidArgument(
      start === null ? 'Missing required parameter: startHistoryId' : `Invalid value at 'start_history_id' (TYPE_UINT64), "${start}"`,
    )
  const types = call.query.getAll('historyTypes')
  const unknown = types.find((type) => !TYPES.includes(type))
  if (unknown) throw invalidArgument(`Invalid value at 'history_types' (type.googleapis.com/HistoryType), "${unknown}"`)
  const labelId = call.query.get('labelId')
  const size = pageSize(call.query, 100, 500)
  pruneHistory(mailbox, world.clock.now())
  if (BigInt(start) < BigInt(mailbox.historyFloor)) throw notFound()
  const after = readPageToken(call.query, `history-${start}`, z.object({ after: z.string() }))?.after ?? start
  const rest = mailbox.history.filter(
    (record) =>
      BigInt(record.id) > BigInt(after) &&
      (types.length === 0 || types.includes(record.type)) &&
      (labelId === null || concerns(record, labelId)),
  )
  const page = rest.slice(0, size)
  const last = page.at(-1)
  return {
    ...(page.length > 0 ? { history: page.map(show) } : {}),
    ...(last && rest.length > size ? { nextPageToken: writePageToken(`history-${start}`, { after: last.id }) } : {}),
    historyId: mailbox.historyId,
  }
}

function concerns({ message, labelIds }: HistoryState, labelId: string): boolean {
  return message.labelIds.includes(labelId) || labelIds.includes(labelId)
}

function show({ id, type, message, labelIds }: HistoryState) {
  const messages = [{ id: message.id, threadId: message.threadId }]
  switch (type) {
    case 'messageAdded':
      return { id, messages, messagesAdded: [{ message }] }
    case 'messageDeleted':
      return { id, messages, messagesDeleted: [{ message }] }
    case 'labelAdded':
      return { id, messages, labelsAdded: [{ message, labelIds }] }
    case 'labelRemoved':
      return { id, messages, labelsRemoved: [{ message, labelIds }] }
  }
}
