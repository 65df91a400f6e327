import { base64url } from 'jose'
import { z } from 'zod/mini'
import { param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import { encodeBase64Url } from '../../state/encoding.ts'
import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import { hasMailbox } from '../find.ts'
import type { MailboxOwner } from '../find.ts'
import { touchMessage } from '../mail/mailbox.ts'
import type { UploadState } from '../state/recipient-state.ts'
import { GraphError } from './graph-error.ts'
import { mailboxOperation, refusing } from './graph-operation.ts'
import { messageIn } from './messages.ts'
import { openMailbox } from './open-mailbox.ts'
import { readBody } from './read-body.ts'

const LEAST = 3 * 1024 * 1024
const MOST = 150 * 1024 * 1024
const RANGE = 4 * 1024 * 1024
const UPLOADS = '/outlook.office.com/api/gv1.0/uploads'
const LIFETIME = 3_600_000

const sessionBody = z.object({
  AttachmentItem: z.object({
    attachmentType: z.literal('file'),
    name: z.string(),
    size: z.number(),
    contentType: z.optional(z.string()),
    contentId: z.optional(z.string()),
    isInline: z.optional(z.boolean()),
  }),
})

/** Attachments from 3 to 150 MB, range by range. */
export function createUploadOperations(world: World): Operation[] {
  return [
    ...mailboxOperation(world, {
      name: 'graph.uploadSessions.create',
      method: 'POST',
      path: '/messages/:id/attachments/createUploadSession',
      handle: (call) => create(world, call),
    }),
    // A host of its own, as at Microsoft, which is not Graph's: the address itself is the right to write to it.
    { name: 'graph.uploadSessions.put', method: 'PUT', path: `${UPLOADS}/:upload`, handle: refusing(world, (call) => put(world, call)) },
  ]
}

function create(world: World, call: Call): Response {
  const { owner } = openMailbox(world, call, 'write')
  const draft = messageIn(owner, param(call, 'id'))
  const { name: filename, size, contentType = 'application/octet-stream', contentId } = readBody(call, sessionBody).AttachmentItem
  if (size < LEAST)
    throw new GraphError(
      400,
      'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
      'Attachment size should be greater than the minimum size.',
    )
  if (size > MOST) throw new GraphError(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.')
  const upload: UploadState = {
    id: newId(40),
    messageId: draft.id,
    filename,
    contentType,
    contentId: contentId ?? null,
    size,
    received: [],
    next: 0,
    expiresAt: world.clock.now() + LIFETIME,
  }
  owner.mailbox.uploads = [...owner.mailbox.uploads.filter(({ expiresAt }) => expiresAt > world.clock.now()), upload]
  const uploadUrl = `${world.origin}${UPLOADS}/${upload.id}?authtoken=EXAMPLE_${newId(30)}`
  return Response.json(
    { uploadUrl, expirationDateTime: new Date(upload.expiresAt).toISOString(), nextExpectedRanges: ['0-'] },
    { status: 201 },
  )
}

function put(world: World, call: Call): Response {
  const { owner, upload } = findUpload(world, param(call, 'upload'))
  if (call.request.headers.has('authorization'))
    throw new GraphError(401, 'InvalidAuthenticationToken', 'The request must not carry an Authorization header.')
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(call.request.headers.get('content-range') ?? '')
  const [from, to, total] = [Number(range?.[1]), Number(range?.[2]), Number(range?.[3])]
  if (!range || total !== upload.size || to - from + 1 !== call.bytes.length || to >= total)
    throw new GraphError(400, 'InvalidContentRangeHeader', 'Content-Range header is missing or malformed.')
  if (call.bytes.length > RANGE) throw new GraphError(413, 'RequestEntityTooLarge', 'The byte range is larger than 4 MB.')
  if (from !== upload.next) throw new GraphError(416, 'InvalidRange', `Ranges come in order; expected is ${upload.next}.`)
  upload.received.push(encodeBase64Url(call.bytes))
  upload.next = to + 1
  if (upload.next < upload.size)
    return Response.json({ expirationDateTime: new Date(upload.expiresAt).toISOString(), nextExpectedRanges: [`${upload.next}-`] })
  return finish(world, owner, upload)
}

function finish(world: World, owner: MailboxOwner, upload: UploadState): Response {
  const draft = messageIn(owner, upload.messageId)
  const id = `AAMkAT${newId(60)}=`
  const { filename, contentType, contentId, received } = upload
  const content = new Uint8Array(upload.size)
  let at = 0
  for (const range of received) {
    const bytes = base64url.decode(range)
    content.set(bytes, at)
    at += bytes.length
  }
  draft.attachments.push({ id, filename, contentType, contentId, content: encodeBase64Url(content) })
  owner.mailbox.uploads = owner.mailbox.uploads.filter((other) => other !== upload)
  touchMessage(world, owner, draft)
  const location = `https://outlook.office.com/api/v2.0/Users('${owner.id}')/Messages('${draft.entryId}')/Attachments('${id}')`
  return new Response(null, { status: 201, headers: { location } })
}

/** @throws GraphError 404 */
function findUpload(world: World, id: string): { owner: MailboxOwner; upload: UploadState } {
  for (const owner of world.state.microsoft.recipients.filter(hasMailbox)) {
    const upload = owner.mailbox.uploads.find((candidate) => candidate.id === id && candidate.expiresAt > world.clock.now())
    if (upload) return { owner, upload }
  }
  throw new GraphError(404, 'ErrorItemNotFound', 'The upload session is not found.')
}
