import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { connected, eventsOf, intercept, live, minute } from './meddling.ts'
import { health, mail, subjects } from './watching.ts'

const support = 'support@acme.test'
const mebibyte = 1024 * 1024
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A mail with one attachment of random bytes, in base64 as mail programs write it. */
function withAttachment(content: Buffer): Buffer {
  const head = [
    'From: a@b.test',
    'To: support@acme.test',
    'Subject: large',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'see the attachment',
    '--b',
    'Content-Type: application/octet-stream',
    'Content-Disposition: attachment; filename=large.bin',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ]
  const lines: Buffer[] = []
  // 57 bytes make a line of 76 characters.
  for (let at = 0; at < content.length; at += 57 * 4_096) {
    const text = content.subarray(at, at + 57 * 4_096).toString('base64')
    lines.push(Buffer.from(text.replace(/.{76}(?=.)/g, '$&\r\n')), Buffer.from('\r\n'))
  }
  return Buffer.concat([Buffer.from(head.join('\r\n')), ...lines, Buffer.from('--b--\r\n')])
}

describe('the largest mail', () => {
  it('that Gmail takes in, 50 MB of attachment, arrives byte for byte, in less than 1 GB of memory', async () => {
    const { world } = await connected()
    const content = randomBytes(50_000_000)
    const wanted = sha256(content)
    const eml = withAttachment(content)
    const whole = sha256(eml)
    world.sandbox.google.deliverMail(support, { eml: new Uint8Array(eml.buffer, eml.byteOffset, eml.length) })
    world.sandbox.google.deliverMail(support, mail('next'))
    await world.settle()
    expect(subjects(world).toSorted()).toEqual(['large', 'next'])
    const message = eventsOf(world, 'message.received').find((event) => event.message.subject === 'large')?.message
    expect(message?.raw.length).toBe(eml.length)
    expect(sha256(message?.raw ?? new Uint8Array())).toBe(whole)
    expect(message?.text).toContain('see the attachment')
    const [attachment] = message?.attachments ?? []
    expect([attachment?.filename, attachment?.content.size]).toEqual(['large.bin', content.length])
    const hash = createHash('sha256')
    for await (const piece of attachment?.content.stream() ?? []) hash.update(piece)
    expect(hash.digest('hex')).toBe(wanted)
    expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(1_024)
  }, 60_000)

  it('that is larger than we read is set aside and told, after no more of it than the limit; the next arrives', async () => {
    const { world, connectionId } = await connected()
    const { id } = world.sandbox.google.deliverMail(support, mail('endless'))
    let sent = 0
    let reads = 0
    const piece = new Uint8Array(4 * mebibyte).fill(65)
    const opening = (text: string) => new TextEncoder().encode(text)
    intercept(world, (request, serve, { pathname }) => {
      if (!pathname.endsWith(`/messages/${id}`)) return serve(request)
      reads += 1
      const facts = { id, threadId: id, labelIds: ['INBOX'], historyId: '1', internalDate: String(world.sandbox.clock.now()) }
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(opening(`${JSON.stringify(facts).slice(0, -1)},"raw":"`)),
        pull(controller) {
          sent += piece.length
          controller.enqueue(piece.slice())
        },
      })
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }))
    })
    world.sandbox.google.deliverMail(support, mail('next'))
    await world.settle()
    expect(subjects(world)).toEqual(['next'])
    expect(eventsOf(world, 'connection.item_skipped')).toMatchObject([{ connectionId, stage: 'fetch', code: 'message_too_large' }])
    await live(world, 60 * minute, 5 * minute)
    expect(reads).toBe(1)
    // 80 MiB in base64, and what was on the way.
    expect(sent).toBeLessThan(120 * mebibyte)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', quarantined: 1 })
  }, 60_000)
})
