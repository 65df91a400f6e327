import { describe, expect, it } from 'vitest'
import { encode, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeSending(bench: Bench): void {
  const compose = (from: string, to: string, body = 'Hello') => {
    const messageId = `<${bench.newAddress('r')}>`
    const head = [
      'From',
      from,
      'To',
      to,
      'Subject',
      'Re: help',
      'Message-ID',
      messageId,
      'In-Reply-To',
      '<q@acme.test>',
      'References',
      '<p@acme.test> <q@acme.test>',
    ]
    const lines = head.flatMap((word, at) => (at % 2 === 0 ? [`${word}: ${head[at + 1]}`] : []))
    return { messageId, raw: encode(`${lines.join('\r\n')}\r\n\r\n${body}\r\n`) }
  }

  describe('sending', () => {
    it('sends as the mailbox, keeps the thread, and files the copy where it was sent from', async () => {
      const { microsoft } = bench.world
      const reader = microsoft.createUser({ address: bench.newAddress('reader') }).address
      const { raw, messageId } = compose(bench.address, reader)
      expect(await bench.graph.isSent(bench.call, { mailbox: bench.mailbox, messageId })).toBe(false)
      await bench.graph.sendMime(bench.call, { mailbox: bench.mailbox, raw })
      await bench.world.settled()
      const [received] = microsoft.inbox(reader)
      expect(received?.messageId).toBe(messageId)
      expect(new TextDecoder().decode(received?.raw)).toContain('In-Reply-To: <q@acme.test>\r\nReferences: <p@acme.test> <q@acme.test>\r\n')
      expect(microsoft.sentItems(bench.address).map((message) => message.messageId)).toEqual([messageId])
      expect(microsoft.sentItems(bench.delegate.address)).toEqual([])
      expect(await bench.graph.isSent(bench.call, { mailbox: bench.mailbox, messageId })).toBe(true)
      expect(await bench.graph.isSent(bench.call, { mailbox: { own: true }, messageId })).toBe(false)
    })

    it('asks for a sent message in words that its Message-ID cannot leave', async () => {
      const messageId = "<o'brien' or internetMessageId ne 'x@acme.test>"
      expect(await bench.graph.isSent(bench.call, { mailbox: bench.mailbox, messageId })).toBe(false)
    })

    it('is refused to who may not send as the mailbox', async () => {
      bench.world.microsoft.revokeAccess({ mailbox: bench.address, from: bench.delegate.address, sendAs: true })
      const { raw } = compose(bench.address, 'ada@acme.test')
      const refused = await refusal(bench.graph.sendMime(bench.call, { mailbox: bench.mailbox, raw }))
      expect(refused).toMatchObject({ operation: 'graph.sendMail', httpStatus: 403, reason: 'ErrorSendAsDenied' })
      expect(bench.world.microsoft.sentItems(bench.address)).toEqual([])
    })

    it('does not call sent what Graph takes and loses', async () => {
      const { raw } = compose(bench.address, 'ada@acme.test', 'x'.repeat(2_500_000))
      const refused = await refusal(bench.graph.sendMime(bench.call, { mailbox: bench.mailbox, raw }))
      expect(refused).toMatchObject({ httpStatus: 200, reason: 'accepted_not_sent' })
      await bench.world.settled()
      expect(bench.world.microsoft.sentItems(bench.address)).toEqual([])
    })

    it('is refused what is larger than a request may be', async () => {
      const { raw } = compose(bench.address, 'ada@acme.test', 'x'.repeat(3_300_000))
      expect(await refusal(bench.graph.sendMime(bench.call, { mailbox: bench.mailbox, raw }))).toMatchObject({ httpStatus: 413 })
    })

    it('is asked once, although nobody knows what became of it', async () => {
      bench.world.faults.add({ operation: 'graph.sendMail', kind: 'hang' })
      const { raw } = compose(bench.address, 'ada@acme.test')
      expect(await refusal(bench.graph.sendMime(bench.call, { mailbox: bench.mailbox, raw }))).toMatchObject({
        httpStatus: 0,
        reason: 'deadline',
      })
      expect(bench.sent('graph.sendMail')).toHaveLength(1)
    })
  })
}
