import { describe, expect, it } from 'vitest'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const hour = 3_600_000

export function describeSubscriptions(bench: Bench): void {
  const create = () =>
    bench.graph.createSubscription(bench.app, {
      mailbox: bench.mailbox,
      notificationUrl: `https://app.example.com/api/email/webhooks/microsoft?for=${encodeURIComponent(bench.address)}`,
      lifecycleUrl: 'https://app.example.com/api/email/webhooks/microsoft',
      clientState: 'EXAMPLE_state',
      expiresAt: bench.world.clock.now() + 24 * hour,
    })
  const inWorld = (id: string) => bench.world.microsoft.subscriptions().find((subscription) => subscription.id === id)

  describe('a subscription', () => {
    it('is made for the inbox, with the secret and the time that was asked for', async () => {
      const made = await create()
      expect(made.resource).toBe(`/users/${bench.address}/mailFolders('inbox')/messages`)
      expect(inWorld(made.id)).toMatchObject({ resource: made.resource, clientState: 'EXAMPLE_state', expiresAt: made.expiresAt })
      expect(Math.abs(made.expiresAt - bench.world.clock.now() - 24 * hour)).toBeLessThan(1000)
      expect(await bench.graph.listSubscriptions(bench.app)).toContainEqual(made)
    })

    it('is renewed to the time that Graph gives', async () => {
      const made = await create()
      const renewed = await bench.graph.renewSubscription(bench.app, { id: made.id, expiresAt: made.expiresAt + hour })
      expect(renewed).toEqual({ ...made, expiresAt: made.expiresAt + hour })
      expect(inWorld(made.id)?.expiresAt).toBe(renewed.expiresAt)
    })

    it('is not made twice', async () => {
      await create()
      expect(await refusal(create())).toMatchObject({ httpStatus: 409 })
    })

    it('is deleted, again and again, and then cannot be renewed', async () => {
      const { id, expiresAt } = await create()
      await bench.graph.deleteSubscription(bench.app, id)
      expect(inWorld(id)).toBeUndefined()
      await bench.graph.deleteSubscription(bench.app, id)
      expect(await refusal(bench.graph.renewSubscription(bench.app, { id, expiresAt }))).toMatchObject({ httpStatus: 404 })
      expect((await bench.graph.listSubscriptions(bench.app)).map((subscription) => subscription.id)).not.toContain(id)
    })

    it('is refused where notifications cannot be posted', async () => {
      const refused = bench.graph.createSubscription(bench.app, {
        mailbox: bench.mailbox,
        notificationUrl: 'http://app.example.com/hook',
        lifecycleUrl: 'http://app.example.com/hook',
        clientState: 'EXAMPLE_state',
        expiresAt: bench.world.clock.now() + hour,
      })
      expect(await refusal(refused)).toMatchObject({ operation: 'graph.subscriptions.create', httpStatus: 400 })
    })
  })
}
