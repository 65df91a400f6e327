import { param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import type { MailboxOwner } from '../find.ts'
import { deleteMessage } from '../mail/mailbox.ts'
import { bytesOf } from '../mail/stored-message.ts'
import type { MessageState } from '../state/recipient-state.ts'
import { GraphError } from './graph-error.ts'
import { mailboxOperation } from './graph-operation.ts'
import { listDelta } from './list-delta.ts'
import { listMessages } from './list-messages.ts'
import { openMailbox } from './open-mailbox.ts'
import { readPreferences, readSelect, showMessage } from './show-message.ts'

/** Messages: list, follow, read, delete. */
export function createMessageOperations(world: World): Operation[] {
  const delta = { name: 'graph.messages.delta', method: 'GET' as const, handle: (call: Call) => listDelta(world, call) }
  const list = { name: 'graph.messages.list', method: 'GET' as const, handle: (call: Call) => listMessages(world, call) }
  const one = '/messages/:id'
  return [
    ...mailboxOperation(world, { ...delta, path: '/mailFolders/:folder/messages/delta' }),
    ...mailboxOperation(world, { ...delta, path: "/:folderKey{mail[fF]olders\\('[^/]*'\\)}/messages/delta" }),
    ...mailboxOperation(world, { ...list, path: '/messages' }),
    ...mailboxOperation(world, { ...list, path: '/mailFolders/:folder/messages' }),
    ...mailboxOperation(world, { name: 'graph.messages.get', method: 'GET', path: one, handle: (call) => get(world, call) }),
    ...mailboxOperation(world, {
      name: 'graph.messages.value',
      method: 'GET',
      path: `${one}/$value`,
      handle: (call) => value(world, call),
    }),
    ...mailboxOperation(world, { name: 'graph.messages.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) }),
  ]
}

/** The message that the URL names, by either of its ids. @throws GraphError 404 */
export function messageIn({ mailbox }: MailboxOwner, id: string): MessageState {
  const found = mailbox.messages.find((message) => message.id === id || message.entryId === id)
  if (found === undefined) throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
  return found
}

function get(world: World, call: Call): Record<string, unknown> {
  const { owner } = openMailbox(world, call, 'read')
  return showMessage(owner, messageIn(owner, param(call, 'id')), readPreferences(call), readSelect(call.query))
}

function value(world: World, call: Call): Response {
  const { owner } = openMailbox(world, call, 'read')
  return new Response(bytesOf(messageIn(owner, param(call, 'id'))), { headers: { 'content-type': 'text/plain' } })
}

function remove(world: World, call: Call): Response {
  const { owner } = openMailbox(world, call, 'write')
  deleteMessage(world, owner, messageIn(owner, param(call, 'id')))
  return new Response(null, { status: 204 })
}
