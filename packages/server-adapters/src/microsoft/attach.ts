import type { GraphAttachment, GraphGateway } from '@tenantry/sdk/ports'
import { path } from '../rest/path.ts'
import { uploadSession } from './answers.ts'
import { encodeBase64 } from './encode-base64.ts'
import { uploadOrigins } from './endpoints.ts'
import { asCaller, mailboxAddress, refuse } from './graph-wire.ts'
import type { GraphWire } from './graph-wire.ts'
import { upload } from './upload.ts'

/**
 * In base64, and with 1 KiB for the rest, what a request of 4 MiB holds. Measured, like the least that an upload session takes, 2 MiB; Microsoft
 * writes 3 MB for both. Source: github.com/microsoftgraph/msgraph-sdk-java/pull/52.
 */
const inlineBytes = 3 * 1024 * 1024 - 1024

/** Attachments of a draft. Source: learn.microsoft.com/graph/outlook-large-attachments. */
export function createAttach(wire: GraphWire): Pick<GraphGateway, 'attach'> {
  const { request, command } = wire
  return {
    async attach(call, { mailbox, id, attachment }) {
      const url = mailboxAddress(wire, call, mailbox) + path`/messages/${id}/attachments`
      if (attachment.content.length <= inlineBytes) {
        const body = describeInline(attachment)
        await command({ operation: 'graph.attachments.create', method: 'POST', url, ...asCaller(call), body, done: 201 })
        return
      }
      const operation = 'graph.uploadSessions.create'
      const body = { AttachmentItem: describeItem(attachment) }
      const session = await request(
        { operation, method: 'POST', url: `${url}/createUploadSession`, ...asCaller(call), body, done: 201 },
        uploadSession,
      )
      const allowed = uploadOrigins(call.cloud, wire.endpoints[call.cloud])
      // The address is as good as a password for the draft, so it is never told.
      if (!isUploadUrl(session.uploadUrl, allowed)) throw refuse(operation, 201, 'foreign_link')
      await upload(request, session.uploadUrl, attachment.content)
    },
  }
}

function describeInline({ filename: name, contentType, content, contentId }: GraphAttachment): object {
  const odataType = { '@odata.type': '#microsoft.graph.fileAttachment' }
  return { ...odataType, name, contentType, contentBytes: encodeBase64(content), ...describePlace(contentId) }
}

function describeItem({ filename: name, contentType, content, contentId }: GraphAttachment): object {
  return { attachmentType: 'file', name, contentType, size: content.length, ...describePlace(contentId) }
}

function describePlace(contentId: string | undefined): object {
  return contentId === undefined ? { isInline: false } : { isInline: true, contentId }
}

function isUploadUrl(text: string, allowed: readonly string[]): boolean {
  const { origin, username, password } = new URL(text)
  return allowed.includes(origin) && username === '' && password === ''
}
