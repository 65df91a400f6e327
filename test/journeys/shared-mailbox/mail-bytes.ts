import PostalMime from 'postal-mime'

/** A header field of a message as it lies there, unfolded; `null` when it is missing. */
export function headerOf(raw: Uint8Array, name: string): string | null {
  const text = new TextDecoder('latin1').decode(raw)
  const head = text.slice(0, text.search(/\r?\n\r?\n/)).replace(/\r?\n(?=[ \t])/g, '')
  const line = head.split(/\r?\n/).find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return line === undefined
    ? null
    : line
        .slice(name.length + 1)
        .trim()
        .replace(/\s+/g, ' ')
}

/** What a customer's own mail program writes. */
export function writeMail(message: {
  id: string
  to: string
  subject: string
  inReplyTo?: string
  references?: readonly string[]
}): Uint8Array {
  const { id, to, subject, inReplyTo, references = [] } = message
  const thread = inReplyTo === undefined ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${references.join('\r\n ')}`]
  const head = [
    `Message-ID: ${id}`,
    'From: Ann <ann@customer.test>',
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Sat, 21 Nov 2026 08:00:00 +0000',
    ...thread,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\nHello.\r\n`)
}

/** The decoded bytes of the files in a message, by name. */
export async function filesOf(raw: Uint8Array): Promise<ReadonlyMap<string | null, Uint8Array>> {
  const { attachments } = await PostalMime.parse(raw)
  return new Map(
    attachments.map(({ filename, content }) => [filename, typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)]),
  )
}
