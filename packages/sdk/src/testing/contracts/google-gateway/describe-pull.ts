import { describe, expect, it } from 'vitest'
import { encodeText } from '../../../crypto/index.ts'
import type { PulledPubSubMessage } from '../../../ports/index.ts'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

/** Base64 with both of the characters that base64url writes otherwise. */
const binary = Uint8Array.from([0xfb, 0xff, 0xfe, 0x00, 0x3e, 0x3f])

export function describePull(bench: Bench): void {
  describe('Pub/Sub pull', () => {
    const openPulled = async (): Promise<{ name: string; publish(...bodies: Uint8Array[]): Promise<void> }> => {
      const name = bench.newName('subscriptions')
      const topic = await bench.openTopic([{ role: 'roles/pubsub.admin', members: [`user:owner-${bench.projectId}@acme.test`] }])
      const wanted = { name, topic, pushEndpoint: null, audience: null, signer: null, labels: {}, deadLetter: null }
      await bench.gateway.pubsub.createSubscription(bench.key, wanted)
      return {
        name,
        async publish(...bodies) {
          const messages = bodies.map((body) => ({ data: btoa(String.fromCharCode(...body)) }))
          expect((await bench.askPubSub('POST', `${topic}:publish`, { messages })).status).toBe(200)
        },
      }
    }
    /** A pull that does not wait may miss what has just come. */
    const pullSome = async (name: string, count: number): Promise<PulledPubSubMessage[]> => {
      const got: PulledPubSubMessage[] = []
      await expect
        .poll(
          async () => {
            got.push(...(await bench.gateway.pubsub.pull(bench.key, name, count - got.length)))
            return got.length
          },
          { timeout: 5_000 },
        )
        .toBe(count)
      return got
    }

    it('returns soon when nothing waits', async () => {
      const { name } = await openPulled()
      const begun = performance.now()
      expect(await bench.gateway.pubsub.pull(bench.key, name, 10)).toEqual([])
      expect(performance.now() - begun).toBeLessThan(bench.deadlineMs)
    })

    it('gives what waits, byte for byte, no more than asked, and not again what was acknowledged', async () => {
      const { name, publish } = await openPulled()
      const bodies = [encodeText('{"emailAddress":"dana@acme.test","historyId":"1"}'), binary, encodeText('grün')]
      await publish(...bodies)
      const first = await bench.gateway.pubsub.pull(bench.key, name, 2)
      expect(first.length).toBeLessThanOrEqual(2)
      const all = [...first, ...(await pullSome(name, 3 - first.length))]
      expect(all.map(({ data }) => [...data].join()).toSorted()).toEqual(bodies.map((body) => [...body].join()).toSorted())
      expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(3)
      await bench.gateway.pubsub.acknowledge(
        bench.key,
        name,
        all.map(({ ackId }) => ackId),
      )
      expect(await bench.gateway.pubsub.pull(bench.key, name, 10)).toEqual([])
      await bench.world.clock.advance(61_000)
      expect(await bench.gateway.pubsub.pull(bench.key, name, 10)).toEqual([])
    })

    it('asks nothing to acknowledge nothing', async () => {
      const { name } = await openPulled()
      await bench.gateway.pubsub.acknowledge(bench.key, name, [])
      expect(bench.sent('pubsub.subscriptions.acknowledge')).toEqual([])
    })

    it('is refused where messages are pushed, where nothing is, and without the right to', async () => {
      const { name } = await openPulled()
      const pushed = { name, pushEndpoint: 'https://app.example.com/push', audience: 'a', signer: bench.key.client_email }
      const reader = await bench.createKey({ roles: ['roles/pubsub.viewer'] })
      expect(await refusal(bench.gateway.pubsub.pull(reader, name, 1))).toMatchObject({ httpStatus: 403 })
      expect(await refusal(bench.gateway.pubsub.acknowledge(reader, name, ['EXAMPLE_ack']))).toMatchObject({ httpStatus: 403 })
      expect(await refusal(bench.gateway.pubsub.pull(bench.key, bench.newName('subscriptions'), 1))).toMatchObject({ httpStatus: 404 })
      await bench.gateway.pubsub.modifyPush(bench.key, { ...pushed, topic: '', labels: {}, deadLetter: null })
      expect(await refusal(bench.gateway.pubsub.pull(bench.key, name, 1))).toMatchObject({
        operation: 'pubsub.subscriptions.pull',
        httpStatus: 400,
        reason: 'FAILED_PRECONDITION',
      })
    })

    it.each(['not base64', 'AAAAA', '____', { a: 1 }])('does not believe the data %j', async (data) => {
      const { name } = await openPulled()
      const body = JSON.stringify({ receivedMessages: [{ ackId: 'EXAMPLE_ack', message: { messageId: '1', data } }] })
      bench.world.faults.add({ operation: 'pubsub.subscriptions.pull', kind: 'body', contentType: 'application/json', body })
      expect(await refusal(bench.gateway.pubsub.pull(bench.key, name, 1))).toMatchObject({ httpStatus: 200, reason: 'unexpected_answer' })
    })
  })
}
