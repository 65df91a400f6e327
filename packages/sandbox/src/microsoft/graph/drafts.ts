import { z } from 'zod/mini'
import { param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import { encodeBase64Url } from '../../state/encoding.ts'
import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import { addMessage, touchMessage } from '../mail/mailbox.ts'
import { GraphError } from './graph-error.ts'
import { mailboxOperation } from './graph-operation.ts'
import { composeMessage, messageBody } from './message-body.ts'
import { messageIn } from './messages.ts'
import { openMailbox } from './open-mailbox.ts'
import { isMime, readBody, readMime } from './read-body.ts'
import { readPreferences, showMessage } from './show-message.ts'

/** Larger files go through an upload session. */
const INLINE_BELOW = 3 * 1024 * 1024

const attachmentBody = z.object({
  '@odata.type': z.literal('#microsoft.graph.fileAttachment'),
  name: z.string(),
  contentType: z.optional(z.string()),
  contentBytes: z.string(),
  contentId: z.optional(z.string()),
  isInline: z.optional(z.boolean()),
})

/** Drafts, and what is attached to them in one request. */
export function createDraftOperations(world: World): Operation[] {
  return [
    ...mailboxOperation(world, { name: 'graph.messages.create', method: 'POST', path: '/messages', handle: (call) => create(world, call) }),
    ...mailboxOperation(world, {
      name: 'graph.attachments.create',
      method: 'POST',
      path: '/messages/:id/attachments',
      handle: (call) => attach(world, call),
    }),
  ]
}

function create(world: World, call: Call): Response {
  const { owner } = openMailbox(world, call, 'write')
  const raw = isMime(call) ? readMime(call) : composeMessage(readBody(call, messageBody), owner.address, world.clock.now())
  const draft = addMessage(world, owner, { raw, folder: 'drafts', isDraft: true })
  return Response.json(showMessage(owner, draft, readPreferences(call), null), { status: 201 })
}

function attach(world: World, call: Call): Response {
  const { owner } = openMailbox(world, call, 'write')
  const draft = messageIn(owner, param(call, 'id'))
  const { name: filename, contentType = 'application/octet-stream', contentBytes, contentId } = readBody(call, attachmentBody)
  const content = Uint8Array.from(atob(contentBytes), (character) => character.charCodeAt(0))
  if (content.length >= INLINE_BELOW)
    throw new GraphError(413, 'RequestEntityTooLarge', 'The attachment is too large for one request; use an upload session.')
  const attachment = { id: `AAMkAT${newId(60)}=`, filename, contentType, contentId: contentId ?? null, content: encodeBase64Url(content) }
  draft.attachments.push(attachment)
  touchMessage(world, owner, draft)
  const shown = { '@odata.type': '#microsoft.graph.fileAttachment', id: attachment.id, name: filename, contentType, size: content.length }
  return Response.json(shown, { status: 201 })
}
