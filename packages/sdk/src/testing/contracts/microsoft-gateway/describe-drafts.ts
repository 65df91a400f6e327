import { describe, expect, it } from 'vitest'
import { encode, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const mebibyte = 1024 * 1024

export function describeDrafts(bench: Bench): void {
  const create = async (to = 'ada@acme.test') => {
    const messageId = `<${bench.newAddress('d')}>`
    const raw = encode(
      `From: ${bench.address}\r\nTo: ${to}\r\nSubject: Files\r\nMessage-ID: ${messageId}\r\nIn-Reply-To: <q@acme.test>\r\n` +
        `MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello\r\n`,
    )
    const { id } = await bench.graph.createDraft(bench.call, { mailbox: bench.mailbox, raw })
    return { id, messageId, input: { mailbox: bench.mailbox, id } }
  }
  const file = (size: number) => new Uint8Array(size).map((_, at) => (at * 7) % 256)

  describe('a draft', () => {
    it('keeps its headers, and is sent with what was attached', async () => {
      const { microsoft } = bench.world
      const reader = microsoft.createUser({ address: bench.newAddress('reader') }).address
      const { messageId, input } = await create(reader)
      expect(microsoft.drafts(bench.address).map((draft) => draft.messageId)).toEqual([messageId])
      const small = { filename: 'Überblick.txt', contentType: 'text/plain', content: file(1000) }
      await bench.graph.attach(bench.call, { ...input, attachment: small })
      const large = { filename: 'large.bin', contentType: 'application/octet-stream', content: file(3 * mebibyte + 1) }
      await bench.graph.attach(bench.call, { ...input, attachment: large })
      await bench.graph.sendDraft(bench.call, input)
      await bench.world.settled()
      const [received] = microsoft.inbox(reader)
      const text = new TextDecoder('latin1').decode(received?.raw)
      expect(text).toContain('In-Reply-To: <q@acme.test>')
      for (const { content } of [small, large]) expect(text.replaceAll('\r\n', '')).toContain(base64(content))
      expect(microsoft.sentItems(bench.address).map((sent) => sent.messageId)).toEqual([messageId])
      expect(microsoft.drafts(bench.address)).toEqual([])
    })

    it('gets large files in ranges without the token', async () => {
      const { input } = await create()
      const attachment = { filename: 'a.bin', contentType: 'application/octet-stream', content: file(4 * mebibyte) }
      await bench.graph.attach(bench.call, { ...input, attachment })
      const ranges = bench.sent('graph.uploadSessions.put')
      expect(ranges.length).toBeGreaterThan(1)
      for (const { headers } of ranges) expect(headers['authorization']).toBeUndefined()
      const lengths = ranges
        .map(({ headers }) => /^bytes (\d+)-(\d+)\//.exec(headers['content-range'] ?? ''))
        .map((found) => Number(found?.[2]) + 1 - Number(found?.[1]))
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(4 * mebibyte)
      for (const length of lengths.slice(0, -1)) expect([length % (320 * 1024), length <= 4 * mebibyte]).toEqual([0, true])
    })

    it.each([
      ['elsewhere', 'https://evil.test/upload?authtoken=EXAMPLE_token', 'foreign_link'],
      ['to no address', 'upload', 'unexpected_answer'],
    ])('is not uploaded %s', async (_, uploadUrl, reason) => {
      const { input } = await create()
      const body = JSON.stringify({ uploadUrl, nextExpectedRanges: ['0-'] })
      bench.world.faults.add({ operation: 'graph.uploadSessions.create', kind: 'status', status: 201, body })
      const attachment = { filename: 'a.bin', contentType: 'application/octet-stream', content: file(4 * mebibyte) }
      expect(await refusal(bench.graph.attach(bench.call, { ...input, attachment }))).toMatchObject({ httpStatus: 201, reason })
      expect(bench.sent('graph.uploadSessions.put')).toEqual([])
    })

    it('is deleted, again and again', async () => {
      const { input } = await create()
      await bench.graph.deleteDraft(bench.call, input)
      expect(bench.world.microsoft.drafts(bench.address)).toEqual([])
      await bench.graph.deleteDraft(bench.call, input)
      expect(await refusal(bench.graph.sendDraft(bench.call, input))).toMatchObject({ httpStatus: 404, reason: 'ErrorItemNotFound' })
      expect(
        await refusal(
          bench.graph.attach(bench.call, { ...input, attachment: { filename: 'a', contentType: 'text/plain', content: file(1) } }),
        ),
      ).toMatchObject({ httpStatus: 404 })
    })

    it('is not deleted where access is refused', async () => {
      const { input } = await create()
      bench.world.microsoft.revokeAccess({ mailbox: bench.address, from: bench.delegate.address })
      await refusal(bench.graph.deleteDraft(bench.call, input))
      expect(bench.world.microsoft.drafts(bench.address)).toHaveLength(1)
    })
  })
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return btoa(binary)
}
