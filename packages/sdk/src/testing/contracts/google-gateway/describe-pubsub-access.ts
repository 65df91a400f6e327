import { describe, expect, it } from 'vitest'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describePubSubAccess(bench: Bench): void {
  describe('Pub/Sub access', () => {
    const pushEndpoint = 'https://app.example.com/api/email/webhooks/google/EXAMPLE'

    it('carries what Pub/Sub refuses', async () => {
      const topic = await bench.openTopic()
      const reader = await bench.createKey({ roles: ['roles/pubsub.viewer'] })
      expect(await refusal(bench.gateway.pubsub.createTopic(reader, bench.newName('topics'), {}))).toMatchObject({
        httpStatus: 403,
        reason: 'PERMISSION_DENIED',
      })
      const wanted = {
        name: bench.newName('subscriptions'),
        topic,
        pushEndpoint,
        audience: pushEndpoint,
        signer: bench.key.client_email,
        labels: {},
        deadLetter: null,
      }
      const unable = await refusal(
        bench.gateway.pubsub.createSubscription(await bench.createKey({ roles: ['roles/pubsub.admin'] }), wanted),
      )
      expect({ status: unable.httpStatus, told: unable.mentions('iam.serviceAccounts.actAs') }).toEqual({ status: 403, told: true })
      expect(
        await refusal(bench.gateway.pubsub.createSubscription(bench.key, { ...wanted, pushEndpoint: 'http://app.example.com' })),
      ).toMatchObject({
        httpStatus: 400,
        reason: 'INVALID_ARGUMENT',
      })
      bench.world.google.setOrgPolicy(bench.projectId, { domainRestrictedSharing: true })
      const restricted = await refusal(bench.openTopic()).finally(() =>
        bench.world.google.setOrgPolicy(bench.projectId, { domainRestrictedSharing: false }),
      )
      expect({ status: restricted.httpStatus, told: restricted.mentions('iam.allowedPolicyMemberDomains') }).toEqual({
        status: 400,
        told: true,
      })
    })

    it('gets one token for many calls, and another shortly before it ends', async () => {
      const own = await bench.createKey()
      await Promise.all(Array.from({ length: 20 }, () => bench.gateway.pubsub.getTopic(own, bench.newName('topics'))))
      expect(bench.sent('oauth.token')).toHaveLength(1)
      await bench.world.clock.advance(50 * 60_000)
      await bench.gateway.pubsub.getTopic(own, bench.newName('topics'))
      expect(bench.sent('oauth.token')).toHaveLength(1)
      await bench.world.clock.advance(6 * 60_000)
      await bench.gateway.pubsub.getTopic(own, bench.newName('topics'))
      expect(bench.sent('oauth.token')).toHaveLength(2)
      expect(new URLSearchParams(bench.sent('oauth.token')[0]?.body).get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    })

    it('gives a token to nobody who only knows address and key id', async () => {
      await bench.gateway.pubsub.checkKey(bench.key)
      const forged = { ...bench.key, private_key: (await bench.createKey()).private_key }
      expect(await refusal(bench.gateway.pubsub.getTopic(forged, bench.newName('topics')))).toMatchObject({
        operation: 'serviceAccount.token',
        reason: 'invalid_grant',
      })
    })

    it('checks a key at Google, whatever it remembers', async () => {
      const own = await bench.createKey()
      await bench.gateway.pubsub.checkKey(own)
      bench.world.google.deleteServiceAccountKeys(own.client_email)
      expect(await refusal(bench.gateway.pubsub.checkKey(own))).toMatchObject({
        operation: 'serviceAccount.token',
        httpStatus: 400,
        reason: 'invalid_grant',
      })
      const unknown = { ...own, client_email: `nobody-here@${bench.projectId}.iam.gserviceaccount.com` }
      expect(await refusal(bench.gateway.pubsub.checkKey(unknown))).toMatchObject({
        operation: 'serviceAccount.token',
        reason: 'invalid_grant',
      })
    })

    it('does not take a project that Google does not show for a missing resource: it may be hidden, with all that is in it', async () => {
      const hidden = (kind: string) => `projects/somebody-elses/${kind}/tenantry-check`
      const { pubsub } = bench.gateway
      const ways = [
        () => pubsub.getTopic(bench.key, hidden('topics')),
        () => pubsub.deleteTopic(bench.key, hidden('topics')),
        () => pubsub.getSubscription(bench.key, hidden('subscriptions')),
        () => pubsub.deleteSubscription(bench.key, hidden('subscriptions')),
      ]
      for (const ask of ways) expect(await refusal(ask())).toMatchObject({ httpStatus: 404, reason: 'NOT_FOUND' })
    })

    it('does not take a refused token for a missing resource', async () => {
      bench.world.faults.add({ operation: 'oauth.token', kind: 'status', status: 404, body: '{"error":"not_found"}' })
      expect(await refusal(bench.gateway.pubsub.getTopic(await bench.createKey(), bench.newName('topics')))).toMatchObject({
        operation: 'serviceAccount.token',
        httpStatus: 404,
      })
    })
  })
}
