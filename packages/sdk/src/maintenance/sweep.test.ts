import { describe, expect, it, vi } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf, countCalls } from '../../../../test/journeys/expectations.ts'
import { TenantryError } from '../errors/index.ts'
import { createGate } from '../testing/contracts/create-gate.ts'
import type { KeyProvider } from '../ports/index.ts'
import {
  connectCalendar,
  connectGmail,
  createMemoryKeys,
  createMemoryStore,
  setUpGoogle,
  testPrincipal as principal,
} from '../testing/index.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Reconcile tasks of connections that do not exist: due, and done at once. */
async function schedule(world: World, count: number, dueAt = world.sandbox.clock.now()): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await world.store.tasks.schedule({ tenantId: 'acme', connectionId: `none-${at}`, kind: 'reconcile', dueAt: dueAt - at })
}

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  world.sandbox.clearRequests()
  return { world, setup, connectionId }
}

const healthOf = async (world: World, connectionId: string) => (await world.sdk.connections.get({ principal, connectionId })).health

describe('a sweep', () => {
  it('does what is due, most overdue first, and says so', async () => {
    const world = createWorld()
    await schedule(world, 40)
    await world.store.tasks.schedule({
      tenantId: 'acme',
      connectionId: 'later',
      kind: 'reconcile',
      dueAt: world.sandbox.clock.now() + 5_000,
    })
    expect(await world.sdk.maintenance.sweep()).toEqual({
      claimed: 40,
      ok: 40,
      failed: 0,
      released: 0,
      oldestLatenessMs: 39,
      nextWakeAt: world.sandbox.clock.now() + 5_000,
    })
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 0, oldestLatenessMs: 0 })
    await world.sandbox.clock.advance(5_000)
    expect(await world.sdk.maintenance.sweep()).toEqual({
      claimed: 1,
      ok: 1,
      failed: 0,
      released: 0,
      oldestLatenessMs: 0,
      nextWakeAt: null,
    })
  })

  it('claims no more than it is allowed to', async () => {
    const world = createWorld()
    await schedule(world, 40)
    expect(await world.sdk.maintenance.sweep({ maxItems: 5 })).toMatchObject({ claimed: 5, ok: 5 })
    expect(await world.sdk.maintenance.sweep({ maxItems: 17 })).toMatchObject({ claimed: 17, ok: 17 })
    expect(await world.sdk.maintenance.sweep({ maxItems: 0 })).toMatchObject({ claimed: 0, nextWakeAt: expect.any(Number) })
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 18, nextWakeAt: null })
  })

  it('claims nothing more once its time is used up', async () => {
    const store = createMemoryStore()
    const world: World = createWorld({
      store: {
        ...store,
        tasks: { ...store.tasks, claim: async (input) => (await world.sandbox.clock.advance(1_000), store.tasks.claim(input)) },
      },
    })
    await schedule(world, 100)
    const { claimed, ok, released } = await world.sdk.maintenance.sweep({ budgetMs: 2_000 })
    expect(claimed).toBeLessThan(100)
    expect(ok + released).toBe(claimed)
    expect((await world.sdk.maintenance.sweep({ budgetMs: 600_000 })).ok).toBe(100 - ok)
  })

  it('does the work of all others while a thousand tasks of one tenant do not end', async () => {
    const store = createMemoryStore()
    const all = createGate()
    const small = 2_000
    let begun = 0
    let done = 0
    const listDue = async (tenantId: string) => {
      if (tenantId === 'whale') {
        begun += 1
        await all.opened
      } else if ((done += 1) === small) {
        expect(begun).toBe(5)
        all.open()
      }
      return []
    }
    const world = createWorld({ store: { ...store, outbox: { ...store.outbox, listDue } } })
    const now = world.sandbox.clock.now()
    for (let at = 0; at < small; at += 1) {
      await store.tasks.schedule({ tenantId: `small-${at}`, connectionId: 'c', kind: 'deliver', dueAt: now - 1 })
      if (at % 2 === 0) await store.tasks.schedule({ tenantId: 'whale', connectionId: `c${at}`, kind: 'deliver', dueAt: now - 5_000 })
    }
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ ok: 3_000, failed: 0, released: 0 })
  })

  it('has no more than five tasks of a tenant that hangs, however many sweeps there are', async () => {
    const store = createMemoryStore()
    const all = createGate()
    let begun = 0
    const listDue = async () => {
      begun += 1
      await all.opened
      return []
    }
    const world = createWorld({ store: { ...store, outbox: { ...store.outbox, listDue } } })
    const now = world.sandbox.clock.now()
    for (let at = 0; at < 100; at += 1)
      await store.tasks.schedule({ tenantId: 'hangs', connectionId: `c${at}`, kind: 'deliver', dueAt: now - 5_000 })
    const first = world.sdk.maintenance.sweep()
    await vi.waitFor(() => expect(begun).toBe(5))
    // The others have nothing to do, so they are over while the first still waits.
    const others = await Promise.all([1, 2, 3].map(() => world.sdk.maintenance.sweep()))
    expect(others.map(({ claimed }) => claimed)).toEqual([0, 0, 0])
    expect(begun).toBe(5)
    all.open()
    expect(await first).toMatchObject({ ok: 100 })
  })

  it('does what becomes due while a slow task runs', async () => {
    const store = createMemoryStore()
    const gate = createGate()
    const listDue = async (_: string, connectionId: string) => {
      if (connectionId === 'slow') {
        await store.tasks.schedule({ tenantId: 'acme', connectionId: 'quick', kind: 'deliver', dueAt: 0 })
        await gate.opened
      } else gate.open()
      return []
    }
    const world = createWorld({ store: { ...store, outbox: { ...store.outbox, listDue } } })
    await store.tasks.schedule({ tenantId: 'acme', connectionId: 'slow', kind: 'deliver', dueAt: 0 })
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 2, ok: 2 })
  })

  it('waits for a task for no longer than its lease', async () => {
    const store = createMemoryStore()
    const world: World = createWorld({
      store: {
        ...store,
        outbox: {
          ...store.outbox,
          async listDue() {
            await world.sandbox.clock.advance(minute)
            return new Promise(() => undefined)
          },
        },
      },
    })
    await store.tasks.schedule({ tenantId: 'acme', connectionId: 'hangs', kind: 'deliver', dueAt: 0 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const swept = world.sdk.maintenance.sweep()
      await vi.advanceTimersByTimeAsync(5 * minute + 250)
      expect(await swept).toMatchObject({ claimed: 1, ok: 0, released: 1 })
    } finally {
      vi.useRealTimers()
    }
  })

  it('does nothing twice, however many run at once', async () => {
    const calls: string[] = []
    const world = createWorld({ store: countCalls(createMemoryStore(), calls) })
    await schedule(world, 100)
    const results = await Promise.all(Array.from({ length: 10 }, () => world.sdk.maintenance.sweep()))
    expect(results.reduce((sum, { claimed }) => sum + claimed, 0)).toBe(100)
    expect(results.reduce((sum, { ok }) => sum + ok, 0)).toBe(100)
  })

  it('does nothing twice when an engine ticks a thousand times at once', async () => {
    const world = createWorld()
    await schedule(world, 500)
    const results = await Promise.all(Array.from({ length: 1_000 }, () => world.sdk.maintenance.sweep()))
    expect(results.reduce((sum, { ok }) => sum + ok, 0)).toBe(500)
    expect(results.reduce((sum, { failed, released }) => sum + failed + released, 0)).toBe(0)
  })

  it('is done with a tenant that is deleted in the middle of it', async () => {
    const { world, connectionId } = await connected()
    await connectCalendar(world)
    await world.sandbox.clock.advance(hour)
    let deleted: Promise<unknown> | null = null
    const { fetch } = world.sandbox
    Object.assign(world.sandbox, {
      fetch: (request: Request) => ((deleted ??= world.sdk.tenants.delete({ tenantId: principal.tenantId })), fetch(request)),
    })
    await world.sdk.maintenance.sweep()
    expect(deleted).not.toBeNull()
    await deleted
    Object.assign(world.sandbox, { fetch })
    await world.sandbox.clock.advance(20 * minute)
    await world.settle()
    expect(await world.store.connections.get(principal.tenantId, connectionId)).toBeNull()
    expect(await world.store.tokens.get(principal.tenantId, connectionId)).toBeNull()
    expect(await world.sdk.maintenance.report()).toMatchObject({ due: 0, connections: [] })
    expect(world.sandbox.snapshot()).toMatchObject({ watches: [], channels: [] })
  })

  it('takes up again what a worker left behind that died', async () => {
    const { world, connectionId } = await connected()
    await world.sandbox.clock.advance(15 * minute)
    const now = world.sandbox.clock.now()
    expect(
      await world.store.tasks.claim({ now, owner: 'a worker that dies', leaseMs: 5 * minute, limit: 100, perTenant: 100 }),
    ).not.toEqual([])
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 0 })
    await world.sandbox.clock.advance(5 * minute)
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ failed: 0, released: 0 })
    expect(world.sandbox.requests.some(({ operation }) => operation === 'gmail.history.list')).toBe(true)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
  })

  it('says released of what another worker had taken over meanwhile', async () => {
    const store = createMemoryStore()
    let slow = false
    const world: World = createWorld({
      store: {
        ...store,
        connections: {
          ...store.connections,
          getMany: async (...key) => {
            if (slow) {
              slow = false
              await world.sandbox.clock.advance(5 * minute)
              await store.tasks.claim({ now: world.sandbox.clock.now(), owner: 'another', leaseMs: minute, limit: 10, perTenant: 10 })
            }
            return store.connections.getMany(...key)
          },
        },
      },
    })
    await schedule(world, 1)
    slow = true
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 1, ok: 0, released: 1 })
  })

  it('fails with unavailable when the store is down, and loses nothing', async () => {
    const store = createMemoryStore()
    let isDown = false
    const guard = <T>(work: () => Promise<T>) => (isDown ? Promise.reject(new TenantryError('unavailable')) : work())
    const world = createWorld({
      store: {
        ...store,
        tasks: {
          ...store.tasks,
          claim: (input) => guard(() => store.tasks.claim(input)),
          finish: (...input) => guard(() => store.tasks.finish(...input)),
        },
      },
    })
    await schedule(world, 3)
    isDown = true
    expect(await codeOf(world.sdk.maintenance.sweep())).toBe('unavailable')
    isDown = false
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 3, ok: 3 })
  })

  it.each(['claim', 'prepare'] as const)('ends its work and keeps nothing when a second %s fails', async (step) => {
    const store = createMemoryStore()
    const gate = createGate()
    let calls = 0
    const failSecond = <T>(name: 'claim' | 'prepare', work: () => Promise<T>): Promise<T> =>
      name === step && (calls += 1) === 2 ? Promise.reject(new TenantryError('unavailable')) : work()
    let begun = 0
    let ended = 0
    const world = createWorld({
      store: {
        ...store,
        tasks: { ...store.tasks, claim: (input) => failSecond('claim', () => store.tasks.claim(input)) },
        connections: { ...store.connections, getMany: (keys) => failSecond('prepare', () => store.connections.getMany(keys)) },
        outbox: {
          ...store.outbox,
          async listDue() {
            begun += 1
            if (begun === 1) await schedule(world, 10)
            await gate.opened
            ended += 1
            return []
          },
        },
      },
    })
    for (let at = 0; at < 30; at += 1)
      await store.tasks.schedule({ tenantId: `t${at % 3}`, connectionId: `c${at}`, kind: 'deliver', dueAt: 0 })
    const swept = codeOf(world.sdk.maintenance.sweep())
    await vi.waitFor(() => expect(calls).toBe(2), 5_000)
    expect(await Promise.race([swept, new Promise((resolve) => setTimeout(resolve, 50, 'works'))])).toBe('works')
    gate.open()
    expect(await swept).toBe('unavailable')
    expect([begun, ended]).toEqual([15, 15])
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ ok: 25, released: 0 })
  })

  it('is kept from nobody by a tenant whose secrets cannot be read', async () => {
    const keys = createMemoryKeys()
    const broken: KeyProvider = {
      ...keys,
      primaryKeyId: keys.primaryKeyId,
      unwrap: (key, context) =>
        context.includes('"globex"') && isBroken ? Promise.reject(new TenantryError('secrets_unreadable')) : keys.unwrap(key, context),
    }
    let isBroken = false
    const { world, connectionId } = await connected({ keys: broken })
    const globex = { tenantId: 'globex', userId: 'gail' }
    world.sandbox.google.createAccount({ address: 'help@globex.test' })
    await setUpGoogle(world, { principal: globex })
    const other = await connectGmail(world, { principal: globex, address: 'help@globex.test' })
    isBroken = true
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    for (let round = 0; round < 3; round += 1) {
      await world.sandbox.clock.advance(hour)
      world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: `m${round}`, text: 'x' })
      await world.settle()
    }
    expect(world.events.filter(({ type }) => type === 'message.received')).toHaveLength(3)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 0 })
    isBroken = false
    await world.sandbox.clock.advance(hour)
    await world.settle()
    expect(await world.sdk.gmail.get({ principal: globex, connectionId: other })).toMatchObject({
      health: { status: 'connected', failures: 0 },
    })
  })

  it('forgets flows that ended a day ago', async () => {
    const { world, connectionId } = await connected()
    const { flowId } = await world.sdk.gmail.reconnect({ principal, connectionId })
    await world.sandbox.clock.advance(day)
    await world.sdk.maintenance.sweep()
    expect(await world.store.flows.get('acme', flowId)).not.toBeNull()
    await world.sandbox.clock.advance(hour)
    await world.sdk.maintenance.sweep()
    expect(await world.store.flows.get('acme', flowId)).toBeNull()
  })
})

describe('S21 upkeep', () => {
  it('renews a watch after 20 to 24 hours, not before, and leaves the cursor where it is', async () => {
    const { world, connectionId } = await connected()
    const watches = () => world.sandbox.requests.filter(({ operation }) => operation === 'gmail.watch').length
    await world.sandbox.clock.advance(20 * hour - 1)
    await world.settle()
    expect(watches()).toBe(0)
    await world.sandbox.clock.advance(4 * hour)
    await world.settle()
    expect(watches()).toBe(1)
    const [row] = await world.store.subscriptions.list('acme', connectionId)
    expect((row?.expiresAt ?? 0) - world.sandbox.clock.now()).toBeGreaterThan(6 * day)
  })

  it('keeps mail coming for a month without a person', async () => {
    const { world, connectionId } = await connected()
    for (let at = 0; at < 30; at += 1) {
      await world.sandbox.clock.advance(day)
      await world.settle()
      world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: `day ${at}`, text: 'x' })
      await world.settle()
    }
    expect(world.events.filter(({ type }) => type === 'message.received')).toHaveLength(30)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', failures: 0 })
  })

  it('asks Google nothing for drafts, paused and ended connections', async () => {
    const { world, connectionId } = await connected()
    const calendarId = await connectCalendar(world)
    await world.sdk.gmail.update({ principal, connectionId, changes: { paused: true } })
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    await world.sdk.gmail.connect({ principal, settings: { name: 'Draft', mailbox: 'draft@acme.test' } })
    await world.settle()
    world.sandbox.clearRequests()
    for (let at = 0; at < 10; at += 1) {
      await world.sandbox.clock.advance(day)
      await world.settle()
    }
    expect(world.sandbox.requests).toEqual([])
  })
})
