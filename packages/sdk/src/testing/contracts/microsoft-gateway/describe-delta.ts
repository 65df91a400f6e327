import { describe, expect, it } from 'vitest'
import type { GraphMessageRef, MailboxPath, MicrosoftCall } from '../../../ports/index.ts'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeDelta(bench: Bench): void {
  /** All pages from a link on, or from the beginning. */
  const read = async (
    link: string | null,
    { mailbox = bench.mailbox, call = bench.call }: { mailbox?: MailboxPath; call?: MicrosoftCall } = {},
  ): Promise<{ messages: readonly GraphMessageRef[]; pages: number; deltaLink: string }> => {
    const messages: GraphMessageRef[] = []
    let at = link
    for (let pages = 1; ; pages += 1) {
      const page = await bench.graph.listDelta(call, { mailbox, link: at })
      messages.push(...page.messages)
      if ('deltaLink' in page.next) return { messages, pages, deltaLink: page.next.deltaLink }
      at = page.next.pageLink
    }
  }

  describe('the delta', () => {
    it('tells what is there, then what came, each once and with ids that stay', async () => {
      const before = [1, 2, 3].map((number) => bench.deliver(bench.address, `before ${number}`))
      const first = await read(null)
      expect(first.messages.map(({ id, messageId }) => ({ id, messageId })).toSorted(byId)).toEqual(before.toSorted(byId))
      expect((await read(first.deltaLink)).messages).toEqual([])
      const came = bench.deliver(bench.address, 'came')
      bench.world.microsoft.deleteMessage(bench.address, before[0]?.id ?? '')
      const second = await read(first.deltaLink)
      expect(second.messages).toMatchObject([came])
      expect(Math.abs((second.messages[0]?.receivedAt ?? 0) - bench.world.clock.now())).toBeLessThan(60_000)
      expect(second.messages[0]?.conversationId).not.toBeNull()
    })

    it('comes in pages, of which none is told twice and none is left out', async () => {
      const mails = Array.from({ length: 250 }, (_, number) => bench.deliver(bench.address, `mail ${number}`))
      const { messages, pages } = await read(null)
      expect(pages).toBeGreaterThan(1)
      expect(messages.map(({ id }) => id).toSorted()).toEqual(mails.map(({ id }) => id).toSorted())
    })

    it('is had by an owner and by the app as well', async () => {
      const own = bench.deliver(bench.delegate.address, 'own')
      const mine = await read(null, { mailbox: { own: true } })
      expect(mine.messages.map(({ id }) => id)).toEqual([own.id])
      expect((await read(mine.deltaLink, { mailbox: { own: true } })).messages).toEqual([])
      const shared = bench.deliver(bench.address, 'shared')
      expect((await read(null, { call: bench.app })).messages.map(({ id }) => id)).toEqual([shared.id])
    })

    it('says when a link is too old', async () => {
      const { deltaLink } = await read(null)
      bench.world.microsoft.expireDeltaLinks(bench.address)
      expect(await refusal(read(deltaLink))).toMatchObject({ httpStatus: 410, reason: 'SyncStateNotFound' })
    })

    it('follows a link in the mailbox that it was made for only, and at Graph only', async () => {
      const { deltaLink } = await read(null)
      const mine = await read(null, { mailbox: { own: true } })
      const other = bench.world.microsoft.createSharedMailbox({ address: bench.newAddress('other'), members: [bench.delegate.address] })
      bench.world.clearRequests()
      const foreign: [string, MailboxPath][] = [
        [deltaLink, { own: true }],
        [deltaLink, { own: false, address: other.address }],
        [mine.deltaLink, bench.mailbox],
        [deltaLink.replace(/^https?:\/\/[^/]+/, 'https://evil.test'), bench.mailbox],
        [deltaLink.replace(/^(https?:\/\/)/, '$1evil@'), bench.mailbox],
        [deltaLink.replace('/messages/delta', '/messages'), bench.mailbox],
        [deltaLink.replace('/v1.0/', '/v1.0/../v1.0/me/../../beta/'), bench.mailbox],
        [
          bench.world.microsoftEndpoints.china.graph +
            new URL(deltaLink).pathname.replace(/^.*(?=\/v1\.0)/, '') +
            new URL(deltaLink).search,
          bench.mailbox,
        ],
      ]
      for (const [link, mailbox] of foreign)
        expect(await refusal(bench.graph.listDelta(bench.call, { mailbox, link }))).toMatchObject({ httpStatus: 0, reason: 'foreign_link' })
      expect(bench.world.requests).toEqual([])
    })
  })
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1
}
