import { describe, expect, it } from 'vitest'
import { TenantryError } from '@tenantry/sdk/errors'
import type { MessageReceived } from '@tenantry/sdk'
import { connectGmail, createMemoryStore, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'
import type { World } from '../create-world.ts'

const mail = (subject: string) => ({ from: 'customer@example.test', subject, text: `text of ${subject}` })

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  return { world, connectionId }
}

const messages = (world: World) => world.events.filter((event): event is MessageReceived => event.type === 'message.received')
const subjects = (world: World) => messages(world).map(({ message }) => message.subject)

/** Repeats a push that the sandbox sent, changed by the caller. */
async function replay(
  world: World,
  change: {
    body?: (body: { message: { data: string; messageId: string }; subscription: string }) => object
    headers?: Record<string, string>
    path?: string
  } = {},
): Promise<number> {
  const sent = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub')
  if (sent === undefined) throw new Error('nothing was pushed yet')
  const body = JSON.parse(String(sent.body))
  const url = change.path === undefined ? sent.url : new URL(change.path, sent.url).href
  const request = new Request(url, {
    method: 'POST',
    headers: { ...Object.fromEntries(Object.entries(sent.headers)), ...change.headers },
    body: JSON.stringify(change.body === undefined ? body : change.body(body)),
  })
  return (await world.receivePush(request)).status
}

const data = (hint: unknown) => Buffer.from(JSON.stringify(hint)).toString('base64')

describe('S15 push authentication', () => {
  it.each(['no-token', 'wrong-audience', 'wrong-email', 'wrong-issuer', 'expired', 'unverified', 'bad-signature'] as const)(
    'refuses a push with %s: 401, nothing written',
    async (kind) => {
      const { world, connectionId } = await connected()
      const before = await world.store.inbox.count('acme', connectionId)
      world.sandbox.faults.add({ delivery: 'pubsub', kind, times: 1 })
      world.sandbox.google.deliverMail('support@acme.test', mail('forged'))
      await world.sandbox.settled()
      expect(world.sandbox.deliveries.at(-1)).toMatchObject({ status: 401 })
      expect(await world.store.inbox.count('acme', connectionId)).toBe(before)
    },
  )

  it('refuses a genuine token on another tenant’s path, and a body that names another subscription', async () => {
    const { world } = await connected()
    const globex = { tenantId: 'globex', userId: 'gail' }
    world.sandbox.google.createAccount({ address: 'help@globex.test' })
    await setUpGoogle(world, { principal: globex })
    await connectGmail(world, { principal: globex, address: 'help@globex.test' })
    const acme = await world.store.pushEndpoints.get('acme', 'google')
    const requests = world.sandbox.requests.length
    expect(await replay(world, { path: `/api/email/webhooks/google/${acme?.key}` })).toBe(401)
    expect(await replay(world, { body: (body) => ({ ...body, subscription: acme?.subscription }) })).toBe(401)
    expect(await replay(world, { path: '/api/email/webhooks/google/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).toBe(401)
    expect(await replay(world, { path: '/api/email/webhooks/google' })).toBe(401)
    expect(world.sandbox.requests.length).toBe(requests)
  })

  it('fetches Google’s keys once for many pushes', async () => {
    const { world } = await connected()
    for (let at = 0; at < 5; at += 1) world.sandbox.google.deliverMail('support@acme.test', mail(`m${at}`))
    await world.settle()
    expect(world.sandbox.requests.filter(({ operation }) => operation === 'oauth.certs')).toHaveLength(1)
  })
})

describe('S16 numeric historyId, two mailboxes on one subscription', () => {
  it('syncs exactly the named mailbox, once for each message id, and answers only when that is durable', async () => {
    const { world, connectionId: first } = await connected()
    world.sandbox.google.createAccount({ address: 'sales@acme.test' })
    const second = await connectGmail(world, { address: 'sales@acme.test', name: 'Sales' })
    const requested = async (id: string) => (await world.store.syncStates.get('acme', id))?.requested ?? 0
    const before = [await requested(first), await requested(second)]
    const push = {
      body: (body: { message: { data: string; messageId: string }; subscription: string }) => ({
        ...body,
        message: { ...body.message, messageId: '4711', data: data({ emailAddress: 'Sales@acme.test', historyId: 1710 }) },
      }),
    }
    expect(await replay(world, push)).toBe(204)
    expect(await replay(world, push)).toBe(204)
    expect([await requested(first), await requested(second)]).toEqual([before[0], (before[1] ?? 0) + 1])
  })

  it('answers 503 while the store cannot write, so that Pub/Sub sends it again', async () => {
    const store = createMemoryStore()
    let isDown = false
    const receive: typeof store.inbox.receive = (receipt) =>
      isDown ? Promise.reject(new TenantryError('unavailable')) : store.inbox.receive(receipt)
    const { world } = await connected({ store: { ...store, inbox: { ...store.inbox, receive } } })
    isDown = true
    world.sandbox.google.deliverMail('support@acme.test', mail('while down'))
    await world.sandbox.settled()
    expect(world.sandbox.deliveries.at(-1)).toMatchObject({ status: 503 })
    isDown = false
    await world.sandbox.clock.advance(60_000)
    await world.settle()
    expect(subjects(world)).toEqual(['while down'])
  })

  it.each([18446744073709551616n.toString(), '-1', 1.5, {}, undefined, null])(
    'takes a lying historyId %j as the hint it is: it moves no cursor',
    async (historyId) => {
      const { world, connectionId } = await connected()
      const before = await world.store.syncStates.get('acme', connectionId)
      const status = await replay(world, {
        body: (body) => ({
          ...body,
          message: { ...body.message, messageId: 'odd', data: data({ emailAddress: 'support@acme.test', historyId }) },
        }),
      })
      expect([200, 204]).toContain(status)
      expect((await world.store.syncStates.get('acme', connectionId))?.cursor).toBe(before?.cursor)
      world.sandbox.google.deliverMail('support@acme.test', mail('after'))
      await world.settle()
      expect(subjects(world)).toEqual(['after'])
    },
  )

  it('acknowledges what it cannot read, once the sender is proven, and counts it', async () => {
    const { world } = await connected()
    expect(await replay(world, { body: (body) => ({ ...body, message: { messageId: 'x', data: '!!!' } }) })).toBe(204)
    expect(await replay(world, { body: () => ({ nothing: true }) })).toBe(204)
    expect((await world.sdk.google.status({ principal })).provisioning).toMatchObject({ malformed: 2 })
  })
})

describe('S17 the delta', () => {
  it('hands over what is in the inbox, once, and skips what is gone, sent, spam or outside the labels', async () => {
    const { world, connectionId } = await connected()
    const { google } = world.sandbox
    google.deliverMail('support@acme.test', mail('kept'))
    google.deleteMessage('support@acme.test', google.deliverMail('support@acme.test', mail('deleted')).id)
    google.deliverMail('support@acme.test', { ...mail('sent'), labels: ['SENT'] })
    google.deliverMail('support@acme.test', { ...mail('both'), labels: ['SENT', 'INBOX'] })
    google.deliverMail('support@acme.test', { ...mail('spam'), labels: ['SPAM'] })
    google.deliverMail('support@acme.test', { ...mail('archived'), labels: [] })
    await world.settle()
    expect(subjects(world)).toEqual(['kept'])
    expect(messages(world)[0]).toMatchObject({
      tenantId: 'acme',
      connectionId,
      origin: 'live',
      message: {
        from: { address: 'customer@example.test' },
        text: expect.stringContaining('text of kept'),
        mailbox: 'support@acme.test',
        labelIds: expect.arrayContaining(['INBOX']),
      },
    })
    await world.sandbox.clock.advance(16 * 60_000)
    await world.settle()
    expect(subjects(world)).toEqual(['kept'])
  })

  it('reads many pages, loses none, repeats none', async () => {
    const { world } = await connected()
    const wanted = Array.from({ length: 1100 }, (_, at) => `mail ${at}`)
    for (const subject of wanted) world.sandbox.google.deliverMail('support@acme.test', mail(subject))
    await world.settle()
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
  }, 60_000)

  it('imports what arrives between the consent and the first watch', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const begun = await world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: 'support@acme.test' } })
    await signIn(world, begun, { address: 'support@acme.test' })
    world.sandbox.google.deliverMail('support@acme.test', mail('early'))
    await world.settle()
    expect(subjects(world)).toEqual(['early'])
  })

  it('finds mail without any push, by the regular look', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.google.deliverMail('support@acme.test', mail('silent'))
    await world.settle()
    expect(subjects(world)).toEqual([])
    await world.sandbox.clock.advance(15 * 60_000)
    await world.settle()
    expect(subjects(world)).toEqual(['silent'])
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected' } })
  })

  it('fills the gap when the history is too old, and says so', async () => {
    const { world } = await connected()
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.google.deliverMail('support@acme.test', mail('in the gap'))
    world.sandbox.google.expireHistory('support@acme.test')
    await world.sandbox.clock.advance(15 * 60_000)
    await world.settle()
    expect(messages(world).map(({ origin, message }) => [origin, message.subject])).toEqual([['gapfill', 'in the gap']])
    expect(world.events.filter(({ type }) => type === 'connection.gap_recovered')).toMatchObject([{ count: 1 }])
  })

  it('keeps the raw message byte for byte, whatever is in it', async () => {
    const { world } = await connected()
    const eml = Buffer.concat([
      Buffer.from('From: a@b.test\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\nMessage-ID: <1@b.test>\r\nReferences: <0@b.test>\r\n\r\nbytes: '),
      Buffer.from([0, 255, 254, 10]),
    ])
    world.sandbox.google.deliverMail('support@acme.test', { eml: new Uint8Array(eml) })
    await world.settle()
    expect(messages(world)[0]?.message).toMatchObject({ subject: 'café', messageId: '<1@b.test>', references: ['<0@b.test>'] })
    expect(Buffer.from(messages(world)[0]?.message.raw ?? []).equals(eml)).toBe(true)
  })
})

describe('S18 a handler that fails is asked again, and only then', () => {
  it('delivers again with the same event id, then never more', async () => {
    const seen: string[] = []
    let failures = 2
    const { world } = await connected({
      on: {
        'message.received': (event) => {
          seen.push(event.id)
          failures -= 1
          if (failures >= 0) throw new TenantryError('rate_limited', { retryAfterMs: 60_000 })
        },
      },
    })
    world.sandbox.google.deliverMail('support@acme.test', mail('m1'))
    await world.settle()
    expect(seen).toHaveLength(1)
    await world.sandbox.clock.advance(59_000)
    await world.settle()
    expect(seen).toHaveLength(1)
    await world.sandbox.clock.advance(1_000)
    await world.settle()
    await world.sandbox.clock.advance(3_600_000)
    await world.settle()
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(1)
    await replay(world)
    await world.settle()
    expect(seen).toHaveLength(3)
  })

  it('puts an event aside after five failures, and the others go on', async () => {
    const delivered: string[] = []
    const { world, connectionId } = await connected({
      on: {
        'message.received': ({ message }) => {
          if (message.subject === 'poison') throw new Error('EXAMPLE_handler_secret')
          delivered.push(message.subject)
        },
      },
    })
    for (const subject of ['before', 'poison', 'after']) world.sandbox.google.deliverMail('support@acme.test', mail(subject))
    await world.settle()
    expect(delivered).toEqual(['before', 'after'])
    for (let round = 0; round < 6; round += 1) {
      await world.sandbox.clock.advance(60 * 60_000)
      await world.settle()
    }
    expect(await world.store.outbox.count('acme', connectionId, 'quarantined')).toBe(1)
    expect(JSON.stringify(world.logger.lines)).not.toContain('EXAMPLE_handler_secret')
  })

  it('rolls the host’s own writes back with the event when the handler fails half-way', async () => {
    const store = createMemoryStore()
    let fail = true
    const { world, connectionId } = await connected({
      store,
      on: {
        'message.received': () => {
          if (fail) throw new Error('half-way')
        },
      },
    })
    world.sandbox.google.deliverMail('support@acme.test', mail('m1'))
    await world.settle()
    expect(await store.outbox.count('acme', connectionId, 'pending')).toBe(1)
    fail = false
    await world.sandbox.clock.advance(10_000)
    await world.settle()
    expect(await store.outbox.count('acme', connectionId, 'pending')).toBe(0)
  })
})
