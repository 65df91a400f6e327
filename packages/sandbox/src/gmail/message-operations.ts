import { base64url } from 'jose'
import { z } from 'zod/mini'
import { ApiError, invalidArgument, notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { pageSize, readPageToken, writePageToken } from '../http/paging.ts'
import { readJson } from '../http/read-json.ts'
import type { AccountState, MessageState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { findById } from './mailbox-index.ts'
import { addMessage, changeLabels, deleteMessage } from './mailbox.ts'
import { GMAIL_ACCESS, openMailbox, pageKind, seesMetadataOnly } from './open-mailbox.ts'
import { searchMessages } from './search-messages.ts'
import { showMessage } from './show-message.ts'

const PATH = '/gmail.googleapis.com/gmail/v1/users/:userId/messages'
const modifyBody = z.strictObject({ addLabelIds: z.optional(z.array(z.string())), removeLabelIds: z.optional(z.array(z.string())) })
const sendBody = z.strictObject({ raw: z.string(), threadId: z.optional(z.string()) })

/** Messages: read, list, send, label, trash, delete. */
export function createMessageOperations(world: World): Operation[] {
  const one = `${PATH}/:id`
  return [
    { name: 'gmail.messages.list', method: 'GET', path: PATH, handle: (call) => list(world, call) },
    { name: 'gmail.messages.get', method: 'GET', path: one, handle: (call) => get(world, call) },
    { name: 'gmail.messages.send', method: 'POST', path: `${PATH}/send`, handle: (call) => send(world, call) },
    {
      name: 'gmail.messages.send',
      method: 'POST',
      path: '/gmail.googleapis.com/upload/gmail/v1/users/:userId/messages/send',
      handle: (call) => sendUpload(world, call),
    },
    { name: 'gmail.messages.modify', method: 'POST', path: `${one}/modify`, handle: (call) => modify(world, call) },
    {
      name: 'gmail.messages.trash',
      method: 'POST',
      path: `${one}/trash`,
      handle: (call) => relabel(world, call, { add: ['TRASH'], remove: ['INBOX'] }),
    },
    {
      name: 'gmail.messages.untrash',
      method: 'POST',
      path: `${one}/untrash`,
      handle: (call) => relabel(world, call, { remove: ['TRASH'] }),
    },
    { name: 'gmail.messages.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) },
  ]
}

function get(world: World, call: Call) {
  const { account, token } = openMailbox(world, call, GMAIL_ACCESS.metadata)
  const format = (call.query.get('format') ?? 'full').toLowerCase()
  if (seesMetadataOnly(token) && !['metadata', 'minimal'].includes(format)) {
    throw new ApiError({
      code: 403,
      status: 'PERMISSION_DENIED',
      message: `Metadata scope doesn't allow format ${format.toUpperCase()}`,
      reason: 'forbidden',
    })
  }
  return showMessage(find(call, account), format, call.query.getAll('metadataHeaders'))
}

function list(world: World, call: Call) {
  const { account, token } = openMailbox(world, call, GMAIL_ACCESS.metadata)
  const q = call.query.get('q') ?? ''
  if (q && seesMetadataOnly(token))
    throw new ApiError({
      code: 403,
      status: 'PERMISSION_DENIED',
      message: "Metadata scope does not support 'q' parameter",
      reason: 'forbidden',
    })
  const size = pageSize(call.query, 100, 500)
  const found = searchMessages(account.mailbox, {
    q,
    labelIds: call.query.getAll('labelIds'),
    includeSpamTrash: call.query.get('includeSpamTrash') === 'true',
  })
  const kind = pageKind(account, 'messages')
  const after = readPageToken(call.query, kind, z.object({ after: z.number() }), 'Invalid pageToken')?.after ?? Infinity
  // The place is a position in the mailbox, not in the result: what arrives or goes meanwhile shifts nothing.
  const order = new Map(account.mailbox.messages.map((message, index) => [message, index]))
  const rest = found.filter((message) => (order.get(message) ?? 0) < after)
  const page = rest.slice(0, size)
  const last = page.at(-1)
  return {
    ...(page.length > 0 ? { messages: page.map(({ id, threadId }) => ({ id, threadId })) } : {}),
    ...(last && rest.length > size ? { nextPageToken: writePageToken(kind, { after: order.get(last) ?? 0 }) } : {}),
    resultSizeEstimate: found.length,
  }
}

function send(world: World, call: Call) {
  const { account } = openMailbox(world, call, GMAIL_ACCESS.send)
  const { raw, threadId } = readJson(call, sendBody)
  if (!/^[\w-]+=*$/.test(raw)) throw invalidArgument("Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed")
  return file(world, account, base64url.decode(raw), threadId)
}

function sendUpload(world: World, call: Call) {
  const { account } = openMailbox(world, call, GMAIL_ACCESS.send)
  if (!call.request.headers.get('content-type')?.startsWith('message/rfc822'))
    throw invalidArgument('Media type is not supported. Valid media types: [message/*]', 'badContent')
  return file(world, account, call.bytes, undefined)
}

function file(world: World, account: AccountState, raw: Uint8Array, threadId: string | undefined) {
  const message = addMessage(world, account, { raw, labelIds: ['SENT'], threadId })
  return { id: message.id, threadId: message.threadId, labelIds: message.labelIds }
}

function modify(world: World, call: Call) {
  const { addLabelIds: add = [], removeLabelIds: removed = [] } = readJson(call, modifyBody)
  return relabel(world, call, { add, remove: removed })
}

function relabel(world: World, call: Call, change: { add?: string[]; remove?: string[] }) {
  const { account } = openMailbox(world, call, GMAIL_ACCESS.change)
  const message = find(call, account)
  const unknown = change.add?.find((label) => !account.mailbox.labels.some(({ id }) => id === label))
  if (unknown) throw invalidArgument(`labelId not found: ${unknown}`)
  changeLabels(world, account, message, change)
  return { id: message.id, threadId: message.threadId, labelIds: message.labelIds }
}

function remove(world: World, call: Call) {
  const { account } = openMailbox(world, call, GMAIL_ACCESS.delete)
  deleteMessage(world, account, find(call, account))
  return new Response(null, { status: 204 })
}

function find(call: Call, { mailbox }: AccountState): MessageState {
  const message = findById(mailbox, param(call, 'id'))
  if (!message) throw notFound()
  return message
}
