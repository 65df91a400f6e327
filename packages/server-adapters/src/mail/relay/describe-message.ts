import type { RelayMessage } from '@tenantry/sdk/ports'

/** A message in the shape of docs/relay.md. What is not there is left out; lists and `headers` are always there. */
export function describeMessage(message: RelayMessage): object {
  const { attachments = [], ...rest } = message
  return {
    from: rest.from,
    to: rest.to,
    cc: rest.cc ?? [],
    bcc: rest.bcc ?? [],
    replyTo: rest.replyTo,
    subject: rest.subject,
    text: rest.text,
    html: rest.html,
    attachments: attachments.map(({ filename, contentType, content, contentId }) => ({
      filename,
      contentType,
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
      contentId,
    })),
    headers: rest.headers ?? {},
    messageId: rest.messageId,
    inReplyTo: rest.inReplyTo,
    references: rest.references ?? [],
  }
}
