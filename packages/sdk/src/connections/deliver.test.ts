import type { TenantryEvent } from '../model/events.ts'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { TenantryError } from '../errors/index.ts'
import { connectGmail, createMemoryKeys, createMemoryStore, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const minute = 60_000
const mail = (subject: string) => ({ from: 'customer@example.test', subject, text: 'x' })

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  return { world, connectionId: await connectGmail(world) }
}

/** Mail that arrives while nobody sweeps. */
async function receive(world: World, subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) {
    world.sandbox.google.deliverMail('support@acme.test', mail(subject))
    await world.sandbox.clock.advance(1_000)
  }
}

describe('delivery', () => {
  it('keeps the order, also of more than one batch', async () => {
    const { world } = await connected()
    const wanted = Array.from({ length: 130 }, (_, at) => `m${at}`)
    await receive(world, wanted)
    await world.settle()
    expect(world.events.flatMap((event) => (event.type === 'message.received' ? [event.message.subject] : []))).toEqual(wanted)
  })

  it('hands over one at a time', async () => {
    let running = 0
    let most = 0
    const { world } = await connected({
      on: {
        'message.received': async () => {
          running += 1
          most = Math.max(most, running)
          await new Promise((resolve) => setTimeout(resolve, 1))
          running -= 1
        },
      },
    })
    await receive(world, ['a', 'b', 'c', 'd'])
    await Promise.all([world.sdk.maintenance.sweep(), world.sdk.maintenance.sweep(), world.sdk.maintenance.sweep()])
    await world.settle()
    expect(most).toBe(1)
  })

  it('counts an attempt before it is made, so that an event that kills the process is counted too', async () => {
    const store = createMemoryStore()
    const attempts: number[] = []
    const { world, connectionId } = await connected({
      store,
      on: {
        'message.received': async (event) => {
          attempts.push((await store.outbox.get('acme', connectionId, event.id))?.attempts ?? 0)
        },
      },
    })
    await receive(world, ['a'])
    await world.settle()
    expect(attempts).toEqual([1])
  })

  it('waits longer after each failure, and gives up after the fifth', async () => {
    const times: number[] = []
    const { world, connectionId } = await connected({
      on: {
        'message.received': () => {
          times.push(world.sandbox.clock.now())
          throw new Error('EXAMPLE_handler')
        },
      },
    })
    await receive(world, ['poison'])
    for (let at = 0; at < 240; at += 1) {
      await world.settle()
      await world.sandbox.clock.advance(2_000)
    }
    const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0))
    expect(waits).toEqual([2_000, 10_000, 30_000, 2 * minute])
    expect(await world.store.outbox.count('acme', connectionId, 'quarantined')).toBe(1)
    expect(world.logger.lines.filter(({ event }) => event === 'item.quarantined')).toHaveLength(1)
  })

  it('ends a handler that does not end, and tells the others of the event meanwhile', async () => {
    const told: string[] = []
    let isHanging = true
    const { world, connectionId } = await connected({
      handlerTimeoutMs: 100,
      on: {
        'message.received': async ({ message }) => {
          if (message.subject === 'hangs' && isHanging) await new Promise(() => undefined)
          told.push(message.subject)
        },
      },
    })
    await receive(world, ['hangs', 'fine'])
    await world.settle()
    expect(told).toEqual(['fine'])
    expect(world.logger.lines).toContainEqual(
      expect.objectContaining({ event: 'event.handler_timed_out', fields: expect.objectContaining({ connectionId, afterMs: 100 }) }),
    )
    isHanging = false
    await world.sandbox.clock.advance(minute)
    await world.settle()
    expect(told).toEqual(['fine', 'hangs'])
  })

  it('ends its turn after a minute, so that slow handlers do not outlast the claim, and goes on in the next', async () => {
    const told: string[] = []
    const { world } = await connected({
      on: {
        'message.received': async ({ message }) => {
          told.push(message.subject)
          await world.sandbox.clock.advance(25_000)
        },
      },
    })
    await receive(world, ['a', 'b', 'c', 'd'])
    // The look, and then one turn of telling.
    for (let at = 0; at < 2; at += 1) await world.sdk.maintenance.sweep({ maxItems: 1 })
    expect(told).toEqual(['a', 'b', 'c'])
    await world.settle()
    expect(told).toEqual(['a', 'b', 'c', 'd'])
  })

  it('counts nothing while our own keys are away: the host was not asked', async () => {
    const keys = createMemoryKeys()
    let [isBroken, isAway] = [true, false]
    const told: string[] = []
    const { world, connectionId } = await connected({
      keys: { ...keys, unwrap: (...given) => (isAway ? Promise.reject(new TenantryError('unavailable')) : keys.unwrap(...given)) },
      on: {
        'message.received': ({ message }) => {
          if (isBroken) throw new Error('EXAMPLE_restart')
          told.push(message.subject)
        },
      },
    })
    await receive(world, ['m'])
    await world.settle()
    ;[isBroken, isAway] = [false, true]
    // By then no process remembers the key.
    await world.sandbox.clock.advance(11 * minute)
    for (let at = 0; at < 60; at += 1) {
      await world.sdk.maintenance.sweep().catch(() => undefined)
      await world.sandbox.clock.advance(10_000)
    }
    isAway = false
    await world.sandbox.clock.advance(minute)
    await world.settle()
    expect(told).toEqual(['m'])
    expect(await world.store.outbox.count('acme', connectionId, 'quarantined')).toBe(0)
  })

  it('still hands over what had come before the connection was ended', async () => {
    const { world, connectionId } = await connected()
    await receive(world, ['before'])
    await world.sdk.maintenance.sweep({ maxItems: 1 })
    expect(await world.store.outbox.count('acme', connectionId, 'pending')).toBe(1)
    await world.sdk.gmail.disconnect({ principal, connectionId })
    await world.settle()
    expect(world.events.map(({ type }) => type).slice(-2)).toEqual(['message.received', 'connection.disconnected'])
  })

  it('puts aside what cannot be opened, and the others go on', async () => {
    const { world, connectionId } = await connected()
    const sealedPayload = 'tn1.AAAAAAAAAAAA.EXAMPLE_moved_here'
    const now = world.sandbox.clock.now()
    await world.store.outbox.insert([
      {
        tenantId: 'acme',
        connectionId,
        id: 'broken',
        type: 'message.received',
        origin: 'live',
        occurredAt: now,
        sealedPayload,
        toFetch: false,
        contentHash: null,
        state: 'pending',
        attempts: 0,
        nextAttemptAt: now,
        createdAt: now,
      },
    ])
    await receive(world, ['fine'])
    for (let at = 0; at < 10; at += 1) {
      await world.settle()
      await world.sandbox.clock.advance(minute)
    }
    expect(world.events.filter(({ type }) => type === 'message.received')).toHaveLength(1)
    expect(await world.store.outbox.count('acme', connectionId, 'quarantined')).toBe(1)
  })

  it('tells a host that failed for hours what it missed, once it works again', async () => {
    let isBroken = false
    const told: TenantryEvent[] = []
    const take = (event: TenantryEvent) => {
      if (isBroken) throw new Error('the host is broken')
      told.push(event)
    }
    const { world, connectionId } = await connected({ on: { 'message.received': take, 'connection.item_skipped': take } })
    isBroken = true
    await receive(world, ['lost?'])
    for (let at = 0; at < 120; at += 1) {
      await world.settle()
      await world.sandbox.clock.advance(minute)
    }
    isBroken = false
    await world.sandbox.clock.advance(15 * minute)
    await world.settle()
    expect(told).toMatchObject([{ type: 'connection.item_skipped', connectionId }])
    await world.sdk.gmail.redrive({ principal, connectionId })
    await world.settle()
    expect(told.map(({ type }) => type)).toEqual(['connection.item_skipped', 'message.received'])
  })

  it('loses nothing when there is no handler', async () => {
    const { world, connectionId } = await connected({ on: {} })
    await receive(world, ['a', 'b'])
    await world.settle()
    expect(await world.store.outbox.count('acme', connectionId, 'pending')).toBe(0)
    expect(await world.store.outbox.count('acme', connectionId, 'quarantined')).toBe(0)
  })
})
