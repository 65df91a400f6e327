import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { countCalls } from '../../../../test/journeys/expectations.ts'
import { TenantryError } from '../errors/index.ts'
import type { Telemetry } from '../ports/index.ts'
import { connectCalendar, connectGmail, createMemoryStore, setUpGoogle } from '../testing/index.ts'

/** A connected mailbox, and the last push that Google sent for it: its token proves any body. */
async function connected({ store = createMemoryStore() } = {}) {
  const counts: [string, unknown][] = []
  const telemetry: Telemetry = {
    span: (_name, _attributes, work) => work(),
    count: (name, _value, attributes) => void (name.startsWith('tenantry.push') && counts.push([name, attributes])),
    record: () => undefined,
  }
  const world = createWorld({ telemetry, store })
  const sent: Request[] = []
  const { receivePush } = world
  Object.assign(world, {
    receivePush: (request: Request) => {
      sent.push(request.clone())
      return receivePush(request)
    },
  })
  await setUpGoogle(world)
  await connectGmail(world)
  const genuine = sent.at(-1)
  if (genuine === undefined) throw new Error('Google pushed nothing')
  const envelope = JSON.parse(await genuine.clone().text())
  let number = 0
  const push = (body: unknown, headers: Record<string, string> = {}) =>
    receivePush(
      new Request(genuine.url, {
        method: 'POST',
        headers: { authorization: genuine.headers.get('authorization') ?? '', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
  const hint = (data: string) => {
    number += 1
    return { ...envelope, message: { ...envelope.message, data: btoa(data), messageId: `m-${number}` } }
  }
  const endpoint = () => world.store.pushEndpoints.get('acme', 'google')
  counts.length = 0
  return { world, push, hint, endpoint, counts, mail: () => hint('{"emailAddress":"support@acme.test","historyId":1}') }
}

describe('a genuine push', () => {
  it('is durable before it is acknowledged, and noted', async () => {
    const { world, push, mail, endpoint, counts } = await connected()
    await world.sandbox.clock.advance(60_000)
    expect((await push(mail())).status).toBe(204)
    expect((await endpoint())?.lastReceivedAt).toBe(world.sandbox.clock.now())
    expect(counts).toEqual([['tenantry.push', { provider: 'gmail' }]])
  })

  it('is noted once in five seconds, so that the intake stays one statement', async () => {
    const calls: string[] = []
    const { world, push, mail, endpoint } = await connected({ store: countCalls(createMemoryStore(), calls) })
    await world.sandbox.clock.advance(60_000)
    calls.length = 0
    for (let at = 0; at < 5; at += 1) {
      expect((await push(mail())).status).toBe(204)
      await world.sandbox.clock.advance(1_000)
    }
    const intake = () => calls.filter((call) => call.startsWith('inbox.') || call.startsWith('pushEndpoints.note'))
    expect(intake()).toEqual(['inbox.receive', 'pushEndpoints.note', 'inbox.receive', 'inbox.receive', 'inbox.receive', 'inbox.receive'])
    await push(mail())
    expect(intake().filter((call) => call === 'pushEndpoints.note')).toHaveLength(2)
    expect((await endpoint())?.lastReceivedAt).toBe(world.sandbox.clock.now())
  })

  it('that somebody asked for as a test is always noted, and is nobody’s mail', async () => {
    const calls: string[] = []
    const { push, hint, mail } = await connected({ store: countCalls(createMemoryStore(), calls) })
    await push(mail())
    calls.length = 0
    expect((await push(hint('{"tenantry":"test"}'))).status).toBe(204)
    expect(calls.filter((call) => call === 'pushEndpoints.note')).toHaveLength(1)
  })

  it('comes again when it could not be noted, and is noted then', async () => {
    const store = createMemoryStore()
    let down = false
    const { note } = store.pushEndpoints
    const flaky = {
      ...store,
      pushEndpoints: {
        ...store.pushEndpoints,
        note: (...input: Parameters<typeof note>) => (down ? Promise.reject(new TenantryError('unavailable')) : note(...input)),
      },
    }
    const { world, push, mail, endpoint } = await connected({ store: flaky })
    await world.sandbox.clock.advance(60_000)
    down = true
    expect((await push(mail())).status).toBe(503)
    down = false
    expect((await push(mail())).status).toBe(204)
    expect((await endpoint())?.lastReceivedAt).toBe(world.sandbox.clock.now())
  })

  it('of a calendar says nothing of the way that mail takes', async () => {
    const { world, endpoint } = await connected()
    await world.sandbox.clock.advance(60_000)
    const before = await endpoint()
    await connectCalendar(world)
    expect(world.sandbox.deliveries.length).toBeGreaterThan(1)
    expect(await endpoint()).toEqual(before)
  })
})

describe('a push in the moment in which a sync ends that had failed before', () => {
  it('is not forgotten', async () => {
    const store = createMemoryStore()
    let beforeEnd: (() => Promise<void>) | null = null
    const finish: typeof store.tasks.finish = async (ends) => {
      const act = ends.some(({ task }) => task.kind === 'sync' && task.attempts > 0) ? beforeEnd : null
      if (act !== null) beforeEnd = null
      await act?.()
      return store.tasks.finish(ends)
    }
    const { world } = await connected({ store: { ...store, tasks: { ...store.tasks, finish } } })
    const arrive = async (subject: string) => {
      world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject, text: 'x' })
      await world.sandbox.clock.advance(2_000)
    }
    await world.sandbox.clock.advance(60_000)
    await world.settle()
    const fault = world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 503 })
    await arrive('first')
    await world.sdk.maintenance.sweep()
    fault.remove()
    beforeEnd = () => arrive('second')
    await world.sandbox.clock.advance(30_000)
    await world.sdk.maintenance.sweep()
    expect(beforeEnd).toBeNull()
    await world.sandbox.clock.advance(30_000)
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'message.received')).toHaveLength(2)
  })
})

describe('a genuine push that cannot be read', () => {
  it.each<[string, (open: Awaited<ReturnType<typeof connected>>) => unknown]>([
    ['no JSON', () => 'EXAMPLE_not json'],
    ['no message', () => ({ subscription: 'EXAMPLE_x' })],
    ['a hint that is no JSON', ({ hint }) => hint('EXAMPLE_data')],
    ['a hint that names no mailbox', ({ hint }) => hint('{"historyId":7,"EXAMPLE_":1}')],
  ])('is acknowledged, counted and noted: %s', async (_, spoil) => {
    const open = await connected()
    const { world, push, endpoint, counts } = open
    await world.sandbox.clock.advance(60_000)
    const connections = await world.store.connections.list('acme')
    expect((await push(spoil(open))).status).toBe(204)
    expect(await endpoint()).toMatchObject({ malformed: 1, lastReceivedAt: world.sandbox.clock.now() })
    expect(counts).toEqual([['tenantry.push_malformed', { provider: 'gmail' }]])
    expect(world.logger.lines.at(-1)).toEqual({ level: 'warn', event: 'push.malformed', fields: { provider: 'gmail' } })
    expect(JSON.stringify(world.logger.lines)).not.toContain('EXAMPLE_')
    expect(await world.store.connections.list('acme')).toEqual(connections)
  })

  it('shows in the setup', async () => {
    const { world, push } = await connected()
    await push('EXAMPLE_')
    await push('EXAMPLE_')
    const { provisioning } = await world.sdk.google.status({ principal: { tenantId: 'acme', userId: 'dana' } })
    expect(provisioning).toMatchObject({ malformed: 2, lastReceivedAt: new Date(world.sandbox.clock.now()).toISOString() })
  })
})

describe('a push that proves nothing', () => {
  it.each<[string, Record<string, string>]>([
    ['no token', { authorization: '' }],
    ['a token of somebody’s', { authorization: 'Bearer EXAMPLE_a.EXAMPLE_b.EXAMPLE_c' }],
  ])('is refused and counted; nothing is written, and nothing of it is logged: %s', async (_, headers) => {
    const calls: string[] = []
    const { world, push, counts, mail } = await connected({ store: countCalls(createMemoryStore(), calls) })
    const body = mail()
    calls.length = 0
    expect((await push({ ...body, EXAMPLE_: 1 }, headers)).status).toBe(401)
    expect(calls.filter((call) => call !== 'pushEndpoints.findByKey')).toEqual([])
    expect(counts).toEqual([['tenantry.push_refused', { provider: 'gmail', reason: 'push_unauthenticated' }]])
    expect(world.logger.lines.at(-1)).toEqual({
      level: 'warn',
      event: 'push.refused',
      fields: { provider: 'gmail', reason: 'push_unauthenticated' },
    })
    expect(JSON.stringify(world.logger.lines)).not.toContain('EXAMPLE_')
  })

  it('is no malformed one, whatever it says', async () => {
    const { push, endpoint } = await connected()
    expect((await push('EXAMPLE_not json', { authorization: 'Bearer a.b.c' })).status).toBe(401)
    expect(await endpoint()).toMatchObject({ malformed: 0 })
  })
})

it('a store that is down makes Google send it again', async () => {
  const store = createMemoryStore()
  let down = false
  const { receive } = store.inbox
  const flaky = {
    ...store,
    inbox: {
      ...store.inbox,
      receive: (...input: Parameters<typeof receive>) => (down ? Promise.reject(new TenantryError('unavailable')) : receive(...input)),
    },
  }
  const { push, mail, counts } = await connected({ store: flaky })
  down = true
  expect((await push(mail())).status).toBe(503)
  expect(counts).toEqual([['tenantry.push', { provider: 'gmail' }]])
})
