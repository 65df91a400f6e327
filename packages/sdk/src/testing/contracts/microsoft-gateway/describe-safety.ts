import { describe, expect, it } from 'vitest'
import { microsoftClouds } from '../../../model/microsoft-setup.ts'
import { print, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeSafety(bench: Bench): void {
  describe('access', () => {
    it('is refused to an unknown or ended token', async () => {
      const nobody = { ...bench.call, accessToken: 'EXAMPLE_nobody' }
      expect(await refusal(bench.graph.getMe(nobody))).toMatchObject({ httpStatus: 401, reason: 'InvalidAuthenticationToken' })
      bench.world.microsoft.expireAccessTokens(bench.delegate.address)
      expect(await refusal(bench.graph.getMe(bench.call))).toMatchObject({ httpStatus: 401 })
    })

    it('is shown in the header only, and in no refusal', async () => {
      await bench.graph.getInbox(bench.call, bench.mailbox)
      expect(bench.world.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${bench.call.accessToken}`)
      expect(bench.world.requests.map(({ url, body }) => url + body).join()).not.toContain(bench.call.accessToken)
      const unknown = { own: false, address: bench.newAddress('nobody') } as const
      expect(print(await refusal(bench.graph.getInbox(bench.call, unknown)))).not.toContain(bench.call.accessToken)
      const broken = { ...bench.call, accessToken: `${bench.call.accessToken}\r\nX-Evil: 1` }
      expect(print(await bench.graph.getMe(broken).catch((error: unknown) => error))).not.toContain(bench.call.accessToken)
    })

    it('stays in its cloud', async () => {
      for (const cloud of microsoftClouds) {
        await bench.graph.getMe({ ...bench.call, cloud })
        expect(bench.world.requests.at(-1)?.url.startsWith(`${bench.world.microsoftEndpoints[cloud].graph}/v1.0/`)).toBe(true)
      }
    })

    it('does not climb out of its path', async () => {
      const ids = ['..', '../../me', '%2e%2e/messages', 'a?$select=id', 'a#b', '']
      for (const id of ids) {
        await bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id }).catch((error: unknown) => error)
        await bench.graph.getInbox(bench.call, { own: false, address: id }).catch((error: unknown) => error)
        await bench.graph.deleteSubscription(bench.app, id).catch((error: unknown) => error)
      }
      const known = ['graph.messages.value', 'graph.folders.get', 'graph.subscriptions.delete']
      expect(bench.world.requests.filter(({ operation }) => !known.includes(operation))).toEqual([])
      expect(bench.world.requests.every(({ operation, url }) => operation === 'graph.folders.get' || new URL(url).search === '')).toBe(true)
    })
  })
}
