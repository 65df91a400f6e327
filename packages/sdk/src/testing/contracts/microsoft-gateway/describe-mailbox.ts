import { describe, expect, it } from 'vitest'
import { microsoftClouds } from '../../../model/microsoft-setup.ts'
import { encode, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeMailbox(bench: Bench): void {
  describe('a mailbox', () => {
    it('has a delegate, who is known by id and address', async () => {
      expect(await bench.graph.getMe(bench.call)).toEqual({ id: bench.delegate.id, address: bench.delegate.address })
    })

    it('shows its inbox to its owner by /me, to a delegate and to the app by address', async () => {
      const { id } = await bench.graph.getInbox(bench.call, { own: true })
      expect(id).not.toBe('')
      const shared = await bench.graph.getInbox(bench.call, bench.mailbox)
      expect(shared.id).not.toBe(id)
      expect(await bench.graph.getInbox(bench.app, bench.mailbox)).toEqual(shared)
      const paths = bench.sent('graph.folders.get').map(({ url }) => decodeURIComponent(new URL(url).pathname))
      expect(paths.map((path) => path.split('/v1.0/')[1])).toEqual([
        'me/mailFolders/inbox',
        `users/${bench.address}/mailFolders/inbox`,
        `users/${bench.address}/mailFolders/inbox`,
      ])
      expect(bench.world.requests.filter(({ url }) => /\/users\/[^/]+$/.test(new URL(url).pathname))).toEqual([])
    })

    it('is refused with Graph’s word', async () => {
      const { microsoft } = bench.world
      const narrow = await bench.issueToken(bench.delegate.address, ['User.Read'])
      expect(await refusal(bench.graph.getInbox(narrow, bench.mailbox))).toMatchObject({ httpStatus: 403, reason: 'ErrorAccessDenied' })
      const inboxOf = (address: string) => refusal(bench.graph.getInbox(bench.call, { own: false, address }))
      expect(await inboxOf(bench.newAddress('nobody'))).toMatchObject({ httpStatus: 404, reason: 'ErrorInvalidUser' })
      const group = microsoft.createGroup({ address: bench.newAddress('group') })
      expect(await inboxOf(group.address)).toMatchObject({ httpStatus: 403, reason: 'ErrorGroupIsUsedInNonGroupURI' })
      const unlicensed = microsoft.createUser({ address: bench.newAddress('temp'), licensed: false })
      const empty = bench.graph.getInbox(bench.app, { own: false, address: unlicensed.address })
      expect(await refusal(empty)).toMatchObject({ httpStatus: 404, reason: 'MailboxNotEnabledForRESTAPI' })
      microsoft.revokeAccess({ mailbox: bench.address, from: bench.delegate.address })
      const closed = await inboxOf(bench.address)
      expect([closed.httpStatus, closed.reason, closed.mentions('Default folder Inbox not found')]).toEqual([
        404,
        'ErrorItemNotFound',
        true,
      ])
      microsoft.expireAccessTokens(bench.delegate.address)
      expect(await inboxOf(bench.address)).toMatchObject({ httpStatus: 401, reason: 'InvalidAuthenticationToken' })
    })

    it('lies in a directory that its domain tells to anybody', async () => {
      const domain = `${bench.newAddress('x').split('@')[0]}.test`
      const { directoryId } = bench.world.microsoft.createDirectory({ domain })
      for (const cloud of microsoftClouds) expect(await bench.gateway.findDirectory(cloud, domain)).toBe(directoryId.toLowerCase())
      expect(await bench.gateway.findDirectory('global', 'nobody.test')).toBeNull()
      expect(bench.world.requests.map(({ headers }) => headers['authorization'])).toEqual(Array.from({ length: 5 }, () => undefined))
      bench.world.faults.add({ operation: 'entra.configuration', kind: 'status', status: 503 })
      expect(await refusal(bench.gateway.findDirectory('global', domain))).toMatchObject({ httpStatus: 503 })
    })

    it('that is asked too much says how long to wait', async () => {
      bench.world.microsoft.limitMailbox(bench.address, { throttled: true })
      const refused = await refusal(bench.graph.getInbox(bench.call, bench.mailbox))
      expect(refused).toMatchObject({ httpStatus: 429, reason: 'ApplicationThrottled' })
      expect(refused.retryAfterMs).toBeGreaterThan(0)
    })

    it('gives a message byte for byte, also after it was moved', async () => {
      const eml = new Uint8Array([...encode('Subject: a\r\n\r\n'), ...new Uint8Array(300_000).map((_, at) => (at * 31) % 256)])
      const { id } = bench.world.microsoft.deliverMail(bench.address, { eml })
      expect(await bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id })).toEqual(eml)
      bench.world.microsoft.moveMessage(bench.address, id, 'archive')
      expect(await bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id })).toEqual(eml)
    })

    it('has nothing for a message that is gone, and a refusal once access is', async () => {
      const { microsoft } = bench.world
      const [gone, there] = ['a', 'b'].map((subject) => bench.deliver(bench.address, subject).id)
      microsoft.deleteMessage(bench.address, gone ?? '')
      expect(await bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id: gone ?? '' })).toBeNull()
      microsoft.revokeAccess({ mailbox: bench.address, from: bench.delegate.address })
      for (const id of [gone, there]) await refusal(bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id: id ?? '' }))
    })
  })
}
