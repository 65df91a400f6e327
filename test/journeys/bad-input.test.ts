import { describe, expect, it } from 'vitest'
import { connectGmail, createMemoryStore, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import { createHandler } from '@tenantry/server-adapters/http'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { codeOf, countCalls } from './expectations.ts'
import { day, eventsOf, intercept, live, minute } from './meddling.ts'
import { emailOf } from './pubsub-console.ts'
import { calls, health, hour, mail, provisioning, stepsOf, subjects } from './watching.ts'

const support = 'support@acme.test'
const globex = { tenantId: 'globex', userId: 'gail' }

interface Neighbours {
  readonly world: World
  readonly setup: GoogleSetup
  readonly connectionId: string
  readonly otherId: string
}

/** Two tenants, each with its own app and one mailbox. */
async function neighbours(options: Parameters<typeof createWorld>[0] = {}): Promise<Neighbours> {
  const world = createWorld(options)
  world.sandbox.google.createAccount({ address: 'help@globex.test' })
  await setUpGoogle(world, { principal: globex })
  const otherId = await connectGmail(world, { principal: globex, address: 'help@globex.test' })
  const setup = await setUpGoogle(world)
  return { world, setup, connectionId: await connectGmail(world), otherId }
}

/** What a stranger could have changed of the other tenant; nothing may. */
async function stateOf({ world, otherId }: Neighbours): Promise<unknown> {
  const { store } = world
  const { lastSyncAt: _, ...connection } = (await store.connections.get('globex', otherId)) ?? { lastSyncAt: null }
  return [connection, await store.syncStates.get('globex', otherId), await store.inbox.count('globex', otherId)]
}

/** The last push, with a new id and the data or headers of the caller. */
async function push(world: World, change: { hint?: unknown; headers?: Record<string, string>; id?: string }): Promise<number> {
  const sent = world.sandbox.deliveries.findLast(({ kind, status }) => kind === 'pubsub' && status === 204)
  if (sent === undefined) throw new Error('nothing was pushed yet')
  const body = JSON.parse(sent.body) as { message: { data: string } }
  const data = change.hint === undefined ? body.message.data : Buffer.from(JSON.stringify(change.hint)).toString('base64')
  const message = { ...body.message, messageId: change.id ?? 'another', data }
  const headers = { ...sent.headers, ...change.headers }
  return (await world.receivePush(new Request(sent.url, { method: 'POST', headers, body: JSON.stringify({ ...body, message }) }))).status
}

describe('a genuine push that lies', () => {
  it.each([
    ['another tenant’s mailbox', { emailAddress: 'help@globex.test', historyId: '1' }],
    ['a mailbox that nobody connected', { emailAddress: 'stranger@elsewhere.test', historyId: '99999999999' }],
    ['a mailbox in disguise', { emailAddress: 'support@acme.test\u0000', historyId: 1 }],
    ['wildcards', { emailAddress: '%', historyId: 1 }],
    ['a tenant', { emailAddress: 'help@globex.test', tenantId: 'globex', connectionId: 'x' }],
  ])('about %s is acknowledged and starts nothing, anywhere', async (_, hint) => {
    const there = await neighbours()
    const { world, connectionId } = there
    const before = [await stateOf(there), await world.store.syncStates.get('acme', connectionId)]
    world.sandbox.clearRequests()
    expect([200, 204]).toContain(await push(world, { hint }))
    await world.settle()
    expect([await stateOf(there), await world.store.syncStates.get('acme', connectionId)]).toEqual(before)
    expect(calls(world, /^gmail\./)).toEqual([])
    world.sandbox.google.deliverMail(support, mail('mine'))
    world.sandbox.google.deliverMail('help@globex.test', mail('theirs'))
    await live(world, 2_000, 1_000)
    expect(eventsOf(world, 'message.received').map(({ tenantId, message }) => [tenantId, message.subject])).toEqual(
      expect.arrayContaining([
        ['acme', 'mine'],
        ['globex', 'theirs'],
      ]),
    )
  })

  it('about a place far ahead skips nothing: the cursor goes only where we read', async () => {
    const { world, connectionId } = await neighbours()
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    const { historyId } = world.sandbox.google.deliverMail(support, mail('before the lie'))
    expect(await push(world, { hint: { emailAddress: support, historyId: '18446744073709551615' } })).toBe(204)
    await world.settle()
    expect(subjects(world)).toEqual(['before the lie'])
    expect((await world.store.syncStates.get('acme', connectionId))?.cursor).toBe(historyId)
  })

  it('a hundred times at once makes one look', async () => {
    const { world, connectionId } = await neighbours()
    await live(world, 5 * minute)
    world.sandbox.clearRequests()
    const hint = { emailAddress: support, historyId: 7 }
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => push(world, { hint, id: `flood-${at}` })))
    expect(new Set(answers)).toEqual(new Set([204]))
    await world.settle()
    expect(calls(world, /^gmail\.history\.list$/).length).toBeLessThanOrEqual(2)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected' })
  })
})

describe('a forged push', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  it.each([
    ['is signed by nobody', { alg: 'none', typ: 'JWT' }],
    ['is signed with a key that everybody has', { alg: 'HS256', typ: 'JWT' }],
    ['brings its own key', { alg: 'RS256', typ: 'JWT', jku: 'https://evil.test/keys', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }],
  ])('whose token %s is refused, and nobody is asked for a key', async (_, header) => {
    const there = await neighbours()
    const { world, connectionId } = there
    const genuine = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub')?.headers['authorization'] ?? ''
    const [, claims = '', signature = ''] = genuine.split(' ')[1]?.split('.') ?? []
    const before = [await stateOf(there), await world.store.inbox.count('acme', connectionId)]
    world.sandbox.clearRequests()
    for (const end of ['', signature]) {
      const authorization = `Bearer ${encode(header)}.${claims}.${end}`
      expect(await push(world, { headers: { authorization } })).toBe(401)
    }
    expect(world.sandbox.requests).toEqual([])
    expect([await stateOf(there), await world.store.inbox.count('acme', connectionId)]).toEqual(before)
  })
})

describe('a push of ten megabytes', () => {
  const size = 10 * 1024 * 1024

  it('is refused before anything is read of it or looked up for it', async () => {
    const reached: string[] = []
    const { world } = await neighbours({ store: countCalls(createMemoryStore(), reached) })
    const sent = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub')
    const { pathname } = new URL(sent?.url ?? '')
    const path = world.sdk.pushPaths.find((candidate) => pathname.startsWith(`${candidate}/`)) ?? ''
    const body = new TextEncoder().encode(sent?.body.replace(/}$/, `,"x":"${'x'.repeat(size)}"}`))
    world.sandbox.clearRequests()
    reached.length = 0
    const headers = new Headers(sent?.headers)
    const receive = world.sdk.push.receive({ path, key: pathname.slice(path.length + 1), headers, body })
    expect(await codeOf(receive)).toBe('payload_too_large')
    expect([reached, world.sandbox.requests]).toEqual([[], []])
  })

  it('over HTTP is answered 413 after a piece of it, whatever length it claims', async () => {
    const reached: string[] = []
    const { world } = await neighbours({ store: countCalls(createMemoryStore(), reached) })
    const handler = createHandler(world.sdk, { identify: () => null })
    const sent = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub')
    reached.length = 0
    let taken = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 64 * 1024
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
        if (taken >= size) controller.close()
      },
    })
    const init = { method: 'POST', headers: { ...sent?.headers, 'content-length': '12' }, body, duplex: 'half' }
    const answer = await handler(new Request(sent?.url ?? '', init as RequestInit))
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'payload_too_large'])
    expect(taken).toBeLessThan(1024 * 1024)
    expect(reached).toEqual([])
  })
})

describe('mail as nobody should write it', () => {
  const head = 'From: a@b.test\r\nTo: support@acme.test\r\n'
  const level = (at: number) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`
  const mails: readonly [string, string | Uint8Array, object][] = [
    ['nested', `${head}Subject: nested\r\n${Array.from({ length: 1_000 }, (_, at) => level(at)).join('')}\r\ndeep`, { subject: 'nested' }],
    ['within', `${head}Subject: within\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(1_000)}deep`, { subject: 'within' }],
    ['nameless', `${head}Subject: nameless\r\n\r\nhello`, { messageId: null, text: expect.stringContaining('hello') }],
    [
      'charset',
      `${head}Subject: =?x-nothing?B?/////w==?=\r\nContent-Type: text/plain; charset=x-nothing\r\n\r\ncharset \u00ff`,
      { text: expect.stringContaining('charset') },
    ],
    [
      'bytes',
      new Uint8Array(Buffer.from(`${head}Subject: bytes\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nbytes \xff\xfe\x00`, 'latin1')),
      { subject: 'bytes' },
    ],
    ['base64', `${head}Subject: base64\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====\r\n`, { subject: 'base64' }],
    ['headers', `${`X-Fill: ${'x'.repeat(1_000)}\r\n`.repeat(3_000)}Subject: late\r\n\r\nx`, {}],
    ['empty', '', { subject: '', from: null }],
    ['only a line', 'no header at all', {}],
  ]

  it('arrives as it is, with what can be read of it, and holds up neither its neighbours nor another tenant', async () => {
    const { world } = await neighbours()
    const startedAt = performance.now()
    world.sandbox.google.deliverMail(support, mail('before'))
    const delivered = mails.map(([, eml]) => world.sandbox.google.deliverMail(support, { eml }).id)
    world.sandbox.google.deliverMail(support, mail('after'))
    world.sandbox.google.deliverMail('help@globex.test', mail('theirs'))
    await live(world, 5 * minute)
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    const events = eventsOf(world, 'message.received')
    expect(events.filter(({ tenantId }) => tenantId === 'globex')).toHaveLength(1)
    expect(events).toHaveLength(mails.length + 3)
    for (const [at, [name, eml, wanted]] of mails.entries()) {
      const found = events.find(({ message }) => message.providerMessageId === delivered[at])
      expect([name, found?.message]).toMatchObject([name, wanted])
      expect([name, Buffer.from(found?.message.raw ?? []).equals(Buffer.from(eml as Uint8Array))]).toEqual([name, true])
    }
    expect(subjects(world)).toEqual(expect.arrayContaining(['before', 'after', 'theirs']))
    expect(eventsOf(world, 'connection.item_skipped')).toEqual([])
  })
})

describe('settings that do not fit Google', () => {
  it('a label that was deleted stops the import, by its name, and nothing is lost when it is there again', async () => {
    const there = await neighbours()
    const { world, connectionId } = there
    const help = world.sandbox.google.createLabel(support, 'Help')
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['Help'] } } })
    await world.settle()
    let deleted = true
    intercept(world, async (request, serve, { pathname }) => {
      const answer = await serve(request)
      if (!deleted || !pathname.endsWith('/labels')) return answer
      const { labels } = (await answer.json()) as { labels: { id: string }[] }
      return Response.json({ labels: labels.filter(({ id }) => id !== help.id) })
    })
    world.sandbox.google.deliverMail(support, { ...mail('labelled before'), labels: ['INBOX', help.id] })
    world.sandbox.google.deliverMail(support, mail('private'))
    world.sandbox.google.deliverMail('help@globex.test', mail('theirs'))
    await live(world, 30 * minute, 5 * minute)
    expect(subjects(world)).toEqual(['theirs'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'error', reason: 'unknown_label' })
    expect(calls(world, /^gmail\.messages\.get$/)).toHaveLength(1)
    deleted = false
    await live(world, 30 * minute, 5 * minute)
    expect(subjects(world)).toEqual(['theirs', 'labelled before'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected' })
  })

  it('a label rule that no mail could ever fit is refused, whoever asks, and what was there goes on', async () => {
    const { world, connectionId } = await neighbours()
    for (const labelIds of [[], ['SPAM'], ['SENT', 'TRASH', 'DRAFT']]) {
      const settings = { name: 'Support', mailbox: 'dana@acme.test', labelIds }
      expect(await codeOf(world.sdk.gmail.connect({ principal, settings }))).toBe('invalid_input')
      expect(await codeOf(world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds } } }))).toBe('invalid_input')
    }
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: [], labelMode: 'exclude' } } })
    world.sandbox.google.deliverMail(support, mail('everything'))
    await live(world, minute)
    expect(subjects(world)).toEqual(['everything'])
  })

  it('a topic in another project is refused when it is typed; one that moved away is named, and mail is polled', async () => {
    const { world, setup, connectionId } = await neighbours()
    const save = (topicName: string) => world.sdk.google.save({ principal, changes: { notifications: 'manual', topicName } })
    expect(await codeOf(save('projects/another-project-1/topics/mail'))).toBe('pubsub_project_mismatch')
    expect(await world.sdk.google.status({ principal })).toMatchObject({ notifications: 'managed' })
    expect(calls(world, /^gmail\.watch$/)).toHaveLength(2)
    // The OAuth client is another project's, which only Gmail can tell.
    const { projectId } = world.sandbox.google.createProject({ publishing: 'production' })
    const replace = (value: string) => ({ action: 'replace' as const, value })
    const topicName = `projects/${projectId}/topics/mail`
    await world.sdk.google.save({
      principal,
      changes: { notifications: 'manual', projectId: replace(projectId), topicName, serviceAccountKey: { action: 'remove' } },
    })
    await world.settle()
    expect(setup.projectId).not.toBe(projectId)
    expect(await health(world, connectionId)).toMatchObject({ delivery: 'polling', deliveryReason: 'pubsub_project_mismatch' })
    expect(await stepsOf(world)).toMatchObject({ topic: 'pubsub_project_mismatch' })
    world.sandbox.google.deliverMail(support, mail('polled'))
    await live(world, 2 * minute)
    expect(subjects(world)).toEqual(['polled'])
  })

  it('a key that lost its rights is named in the journal and in the diagnosis, and mail keeps coming', async () => {
    const there = await neighbours()
    const { world, setup, connectionId } = there
    world.sandbox.google.revokeRole(setup.projectId, `serviceAccount:${emailOf(setup)}`, 'roles/pubsub.admin')
    await world.sdk.google.provision({ principal })
    await world.settle()
    expect(await stepsOf(world)).toMatchObject({ topic: 'pubsub_forbidden' })
    expect((await provisioning(world))?.steps.find(({ id }) => id === 'topic')).toMatchObject({
      values: { permission: 'pubsub.topics.get' },
    })
    const { checks } = await world.sdk.connections.diagnose({ principal, connectionId })
    expect(checks.find(({ id }) => id === 'topic')).toMatchObject({ status: 'fail', code: 'pubsub_forbidden' })
    for (let at = 0; at < 3; at += 1) {
      world.sandbox.google.deliverMail(support, mail(`m${at}`))
      await live(world, 8 * hour, hour)
    }
    await live(world, day, hour)
    expect(subjects(world)).toEqual(['m0', 'm1', 'm2'])
    const other = await world.sdk.gmail.get({ principal: globex, connectionId: there.otherId })
    expect(other.health).toMatchObject({ status: 'connected', delivery: 'push', failures: 0 })
  })
})
