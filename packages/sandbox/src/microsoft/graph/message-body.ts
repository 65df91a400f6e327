import { z } from 'zod/mini'
import { encodeWord, oneLine } from '../../mail/write-mail.ts'
import { encodeBase64 } from '../../state/encoding.ts'
import { newId } from '../../state/new-id.ts'
import { GraphError } from './graph-error.ts'

const address = z.object({ emailAddress: z.object({ address: z.string(), name: z.optional(z.string()) }) })
const addresses = z.optional(z.array(address))
type Address = z.infer<typeof address>

/** A message as clients write it. */
export const messageBody = z.object({
  subject: z.optional(z.string()),
  body: z.optional(z.object({ contentType: z.optional(z.string()), content: z.optional(z.string()) })),
  from: z.optional(address),
  toRecipients: addresses,
  ccRecipients: addresses,
  bccRecipients: addresses,
  replyTo: addresses,
  internetMessageId: z.optional(z.string()),
  internetMessageHeaders: z.optional(z.array(z.object({ name: z.string(), value: z.string() }))),
})

/** The RFC 5322 bytes that Exchange makes of it. @throws GraphError 400 InvalidInternetMessageHeader */
export function composeMessage(body: z.infer<typeof messageBody>, owner: string, now: number): Uint8Array {
  const { internetMessageHeaders: headers = [], replyTo = [], from } = body
  const odd = headers.find(({ name }) => !/^x-/i.test(name))
  if (odd)
    throw new GraphError(
      400,
      'InvalidInternetMessageHeader',
      `The internet message header name '${odd.name}' should start with 'x-' or 'X-'.`,
    )
  const html = body.body?.contentType?.toLowerCase() === 'html'
  const content = (encodeBase64(new TextEncoder().encode(body.body?.content ?? '')).match(/.{1,76}/g) ?? []).join('\r\n')
  const lines = [
    `Message-ID: ${body.internetMessageId ?? `<${newId(32)}@outlook.test>`}`,
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `From: ${from ? write([from]) : owner}`,
    ...[
      ['To', body.toRecipients] as const,
      ['Cc', body.ccRecipients] as const,
      ['Bcc', body.bccRecipients] as const,
      ['Reply-To', replyTo] as const,
    ]
      .filter(([, list]) => list !== undefined && list.length > 0)
      .map(([name, list]) => `${name}: ${write(list ?? [])}`),
    `Subject: ${encodeWord(body.subject ?? '')}`,
    ...headers.map(({ name, value }) => `${name}: ${oneLine(value)}`),
    'MIME-Version: 1.0',
    `Content-Type: ${html ? 'text/html' : 'text/plain'}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    content,
  ]
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)
}

function write(list: readonly Address[]): string {
  return list
    .map(({ emailAddress: { name, address: at } }) => (name ? `${encodeWord(oneLine(name))} <${oneLine(at)}>` : oneLine(at)))
    .join(', ')
}
