import { z } from 'zod/mini'
import { invalidArgument, notFound } from '../http/api-error.ts'
import type { Call, Operation } from '../http/operation.ts'
import { pageSize, readPageToken, writePageToken } from '../http/paging.ts'
import type { HistoryState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { compareIds, indexAfter } from './history-ids.ts'
import { pruneHistory } from './mailbox.ts'
import { GMAIL_ACCESS, openMailbox, pageKind } from './open-mailbox.ts'

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
  const { account } = openMailbox(world, call, GMAIL_ACCESS.metadata)
  const { mailbox } = account
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
  const from = start.replace(/^0+(?=\d)/, '')
  if (compareIds(from, mailbox.historyFloor) < 0) throw notFound()
  const kind = pageKind(account, `history-${from}`)
  const after = readPageToken(call.query, kind, z.object({ after: z.string() }), 'Invalid pageToken')?.after ?? from
  const page: HistoryState[] = []
  let more = false
  for (let at = indexAfter(mailbox.history, after); at < mailbox.history.length && !more; at += 1) {
    const record = mailbox.history[at]
    if (!record || (types.length > 0 && !types.includes(record.type)) || (labelId !== null && !concerns(record, labelId))) continue
    if (page.length < size) page.push(record)
    else more = true
  }
  const last = page.at(-1)
  return {
    ...(page.length > 0 ? { history: page.map(show) } : {}),
    ...(last && more ? { nextPageToken: writePageToken(kind, { after: last.id }) } : {}),
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
