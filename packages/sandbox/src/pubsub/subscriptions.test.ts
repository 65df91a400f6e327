import { describe, expect, it } from 'vitest'
import { startPipe, tokenOf } from '../testing/start-pipe.ts'
import { json, SUPPORT } from '../testing/start-tenant.ts'

const DAY = 86_400_000

describe('topics and subscriptions', () => {
  it('keep their labels', async () => {
    const { call, names } = await startPipe()
    const labels = { 'managed-by': 'tenantry', environment: 'test' }
    expect(await json(await call('PUT', 'topics/mail', { labels }))).toEqual({ name: names.topic, labels })
    expect(await json(await call('GET', 'topics/mail'))).toEqual({ name: names.topic, labels })
    await call('PUT', 'subscriptions/mail', { topic: names.topic, labels })
    expect(await json(await call('GET', 'subscriptions/mail'))).toMatchObject({ labels })
    await call('PATCH', 'subscriptions/mail', { subscription: { labels: { environment: 'other' } }, updateMask: 'labels' })
    expect(await json<{ labels: object }>(await call('GET', 'subscriptions/mail'))).toMatchObject({ labels: { environment: 'other' } })
  })

  it('are deleted once; a subscription outlives its topic and gets nothing more', async () => {
    const { sandbox, call, provision, received } = await startPipe()
    await provision()
    expect(await json(await call('DELETE', 'topics/mail'))).toEqual({})
    expect((await call('DELETE', 'topics/mail')).status).toBe(404)
    expect(await json(await call('GET', 'subscriptions/mail'))).toMatchObject({ topic: '_deleted-topic_' })
    await call('PUT', 'topics/mail', {})
    await call('POST', 'topics/mail:publish', { messages: [{ data: btoa('x') }] })
    await sandbox.settled()
    expect(received).toEqual([])
    expect((await call('DELETE', 'subscriptions/mail')).status).toBe(200)
    expect((await call('DELETE', 'subscriptions/mail')).status).toBe(404)
  })

  it('change what the mask names, and go back to the default where the body names nothing', async () => {
    const { call, provision, pushConfig } = await startPipe()
    await provision({ retryPolicy: { minimumBackoff: '10s' } })
    const patched = await call('PATCH', 'subscriptions/mail', {
      subscription: { ackDeadlineSeconds: 60 },
      updateMask: 'ack_deadline_seconds,retryPolicy,expirationPolicy',
    })
    const shown = await json<Record<string, unknown>>(patched)
    expect(shown).toMatchObject({ ackDeadlineSeconds: 60, expirationPolicy: { ttl: `${31 * 86_400}s` }, pushConfig })
    expect(shown).not.toHaveProperty('retryPolicy')
    expect((await call('PATCH', 'subscriptions/mail', { subscription: {}, updateMask: 'topic' })).status).toBe(400)
  })

  it('turn from push to pull and back, and keep what waits', async () => {
    const { sandbox, call, provision, pushConfig, received } = await startPipe()
    await provision()
    await call('POST', 'subscriptions/mail:modifyPushConfig', { pushConfig: {} })
    await call('POST', 'topics/mail:publish', { messages: [{ data: btoa('a') }, { data: btoa('b') }] })
    await sandbox.settled()
    expect(received).toEqual([])
    const pull = async () =>
      (
        await json<{ receivedMessages: { ackId: string; message: { data: string } }[] }>(
          await call('POST', 'subscriptions/mail:pull', { maxMessages: 1, returnImmediately: true }),
        )
      ).receivedMessages
    const [first] = await pull()
    expect(atob(first?.message.data ?? '')).toBe('a')
    await call('POST', 'subscriptions/mail:acknowledge', { ackIds: [first?.ackId] })
    await call('POST', 'subscriptions/mail:modifyPushConfig', { pushConfig })
    await sandbox.settled()
    expect(received.map(({ body }) => [atob(body.message.data), body.deliveryAttempt])).toEqual([['b', undefined]])
    expect((await call('POST', 'subscriptions/mail:pull', { maxMessages: 1 })).status).toBe(400)
  })
})

describe('idleness', () => {
  it('is ended by an accepted push and by a pull, and not by a refused push', async () => {
    const answers = [204, 500]
    const { sandbox, google, call, callAs, names, account, provision, grant } = await startPipe({
      receive: () => new Response(null, { status: answers[0] ?? 500 }),
    })
    await provision({ expirationPolicy: { ttl: '86400s' } })
    await grant('topics/mail', { role: 'roles/pubsub.publisher', members: ['allUsers'] })
    await call('PUT', 'subscriptions/pulled', { topic: names.topic, expirationPolicy: { ttl: '86400s' } })
    await call('PUT', 'subscriptions/unused', { topic: names.topic, expirationPolicy: { ttl: '86400s' } })
    const later = async () => {
      await sandbox.clock.advance(0.6 * DAY)
      return callAs(await tokenOf(sandbox, account))
    }
    const publish = async (as: typeof call) => {
      await as('POST', 'topics/mail:publish', { messages: [{ data: btoa('x') }] })
      await sandbox.settled()
    }
    const exist = async (as: typeof call) =>
      Promise.all(['mail', 'pulled', 'unused'].map(async (name) => (await as('GET', `subscriptions/${name}`)).status))

    let as = await later()
    await publish(as)
    await as('POST', 'subscriptions/pulled:pull', { maxMessages: 1 })
    as = await later()
    expect(await exist(as)).toEqual([200, 200, 404])
    answers.shift()
    await publish(as)
    await as('POST', 'subscriptions/pulled:pull', { maxMessages: 1 })
    as = await later()
    expect(await exist(as)).toEqual([404, 200, 404])
    // The name is free again.
    expect((await as('PUT', 'subscriptions/mail', { topic: names.topic })).status).toBe(200)
    expect(google.deliverMail(SUPPORT, { from: 'a@x.test', subject: 's', text: 't' }).id).toMatch(/^[0-9a-f]{16}$/)
  })

  it('ends a subscription without expirationPolicy after 31 days', async () => {
    const { sandbox, call, callAs, names, account } = await startPipe()
    await call('PUT', 'topics/mail', {})
    await call('PUT', 'subscriptions/idle', { topic: names.topic })
    await call('PUT', 'subscriptions/kept', { topic: names.topic, expirationPolicy: {} })
    expect(await json(await call('GET', 'subscriptions/idle'))).toMatchObject({ expirationPolicy: { ttl: '2678400s' } })
    expect(await json(await call('GET', 'subscriptions/kept'))).toMatchObject({ expirationPolicy: {} })
    const statuses = async () => {
      const as = callAs(await tokenOf(sandbox, account))
      return Promise.all(['idle', 'kept'].map(async (name) => (await as('GET', `subscriptions/${name}`)).status))
    }
    await sandbox.clock.advance(31 * DAY - 1)
    expect(await statuses()).toEqual([200, 200])
    await sandbox.clock.advance(1)
    expect(await statuses()).toEqual([404, 200])
  })
})
