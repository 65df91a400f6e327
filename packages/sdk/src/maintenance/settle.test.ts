import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { changesFor, connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const minute = 60_000
const hour = 60 * minute

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  return { world, setup, connectionId }
}

const healthOf = async (world: World, connectionId: string) => (await world.sdk.connections.get({ principal, connectionId })).health
const countOf = (world: World, type: string) => world.events.filter((event) => event.type === type).length

async function pass(world: World, ms: number): Promise<void> {
  await world.sandbox.clock.advance(ms)
  await world.settle()
}

/** Sweeps each minute, as a job runner would. */
async function passMinutes(world: World, minutes: number): Promise<void> {
  for (let at = 0; at < minutes; at += 1) await pass(world, minute)
}

describe('what a failure means', () => {
  it('once: wait and try again; three times: degraded; then healed, and each told once', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 503 })
    await pass(world, 15 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 1, nextAttemptAt: expect.any(String) })
    await passMinutes(world, 1)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 2 })
    await passMinutes(world, 30)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'provider_unavailable' })
    world.sandbox.faults.clear()
    await passMinutes(world, 30)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null, failures: 0, nextAttemptAt: null })
    expect([countOf(world, 'connection.degraded'), countOf(world, 'connection.needs_reauth')]).toEqual([1, 0])
  })

  it('is degraded, and not "not working", where the mailbox can be listed and its only new message is refused', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.messages.get', kind: 'status', status: 400 })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'odd', text: 'x' })
    const seen = new Set<string>()
    for (let at = 0; at < 60; at += 1) {
      await pass(world, minute)
      seen.add((await healthOf(world, connectionId)).status)
    }
    expect([...seen]).toEqual(['connected', 'degraded'])
    expect(countOf(world, 'connection.error')).toBe(0)
  })

  it('waits longer each time, but never more than a quarter of an hour', async () => {
    const { world } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 503 })
    const times: number[] = []
    await pass(world, 15 * minute)
    for (let at = 0; at < 60 * 3; at += 1) {
      world.sandbox.clearRequests()
      await passMinutes(world, 1)
      if (world.sandbox.requests.some(({ operation }) => operation === 'gmail.history.list')) times.push(at)
    }
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
    expect(gaps).toEqual(gaps.toSorted((left, right) => left - right))
    expect(gaps.at(-1)).toBeLessThanOrEqual(15)
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(11)
  })

  it('waits as long as Google asks', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 429, headers: { 'retry-after': '1800' }, times: 1 })
    await pass(world, 15 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({
      nextAttemptAt: new Date(world.sandbox.clock.now() + 30 * minute).toISOString(),
    })
    world.sandbox.clearRequests()
    await passMinutes(world, 14)
    expect(world.sandbox.requests.filter(({ operation }) => operation === 'gmail.history.list')).toEqual([])
    await pass(world, 16 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', failures: 0 })
  })

  it('a renewal that fails leaves the pipe that still works', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.watch', kind: 'status', status: 500 })
    await pass(world, 24 * hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'still pushed', text: 'x' })
    await world.settle()
    expect(countOf(world, 'message.received')).toBe(1)
    world.sandbox.faults.clear()
    await passMinutes(world, 20)
    const [row] = await world.store.subscriptions.list('acme', connectionId)
    expect(row?.createdAt).toBeGreaterThan(world.sandbox.clock.now() - hour)
  })

  it('a pipe that cannot be opened means polling with its reason, and comes when it can', async () => {
    const world = createWorld()
    const setup = await setUpGoogle(world)
    world.sandbox.google.setApi(setup.projectId, 'pubsub', false)
    const connectionId = await connectGmail(world)
    expect(await healthOf(world, connectionId)).toMatchObject({ delivery: 'polling', deliveryReason: 'api_not_enabled' })
    world.sandbox.google.setApi(setup.projectId, 'pubsub', true)
    await pass(world, 15 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null, reason: null })
  })

  it('what cannot be read until a person acts is in error, told once, whatever else fails meanwhile', async () => {
    const { world, connectionId } = await connected()
    const refuse = (verb: string) => world.sandbox.faults.add({ operation: `gmail.${verb}`, kind: 'status', status: 400 })
    const refusals = ['history.list', 'messages.list', 'watch'].map(refuse)
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'waits', text: 'x' })
    await passMinutes(world, 5)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'error', reason: 'provider_refused' })
    // The renewal, too, fails every time that it is tried.
    for (let hours = 0; hours < 30; hours += 1) await pass(world, hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'error', deliveryReason: 'provider_refused' })
    refusals.pop()?.remove()
    // Now it works, and still nothing is read.
    for (let hours = 0; hours < 30; hours += 1) await pass(world, hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'error', delivery: 'push', deliveryReason: null })
    expect(countOf(world, 'connection.connected')).toBe(1)
    expect([countOf(world, 'connection.error'), countOf(world, 'connection.degraded')]).toEqual([1, 0])
    for (const refusal of refusals) refusal.remove()
    await passMinutes(world, 40)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null, failures: 0, delivery: 'push' })
    expect(countOf(world, 'message.received')).toBe(1)
  })

  it('a look that works is no error, also when the pipe that it doubts cannot be opened anew', async () => {
    const { world, connectionId } = await connected()
    await passMinutes(world, 5)
    const silence = world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.faults.add({ operation: 'gmail.watch', kind: 'status', status: 403 })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'found by a look', text: 'x' })
    await pass(world, 31 * minute)
    expect(countOf(world, 'message.received')).toBe(1)
    expect(world.logger.lines.filter(({ event, fields }) => event === 'task.failed' && fields?.['kind'] === 'reconcile')).toHaveLength(1)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded' })
    expect(countOf(world, 'connection.error')).toBe(0)
    silence.remove()
  })

  it('a connection that is polled because nothing else is possible heals like any other', async () => {
    const world = createWorld({ baseUrl: 'http://localhost:3000' })
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    expect(await healthOf(world, connectionId)).toMatchObject({
      status: 'connected',
      delivery: 'polling',
      deliveryReason: 'push_not_possible',
    })
    world.sandbox.faults.add({ operation: 'calendar.events.list', kind: 'status', status: 503 })
    await passMinutes(world, 10)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'provider_unavailable' })
    world.sandbox.faults.clear()
    await passMinutes(world, 20)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null, failures: 0 })
    expect(countOf(world, 'connection.degraded')).toBe(1)
  })

  it('a bug is logged by its name only, and tried again', async () => {
    const { world, connectionId } = await connected()
    const broken = { ...world.store.subscriptions, list: () => Promise.reject(new RangeError('EXAMPLE_bug')) }
    Object.assign(world.store, { subscriptions: broken })
    await world.store.tasks.schedule({ tenantId: 'acme', connectionId, kind: 'renew', dueAt: world.sandbox.clock.now(), reset: true })
    await world.sdk.maintenance.sweep()
    expect(world.logger.lines.at(-1)).toMatchObject({
      level: 'error',
      event: 'task.crashed',
      fields: { kind: 'renew', name: 'RangeError' },
    })
    expect(JSON.stringify(world.logger.lines)).not.toContain('EXAMPLE_')
    expect((await world.store.tasks.get('acme', connectionId, 'renew'))?.attempts).toBe(1)
  })
})

describe('an app that cannot open pipes any more', () => {
  it.each([
    ['what was set up is deleted', []],
    ['it stays, because Pub/Sub is down', ['pubsub.subscriptions.get', 'pubsub.topics.get']],
  ])('lets its mailboxes be read, says once what is missing, and does not go round and round: %s', async (_, down) => {
    const { world, setup, connectionId } = await connected()
    for (const operation of down) world.sandbox.faults.add({ operation, kind: 'status', status: 503 })
    await world.sdk.google.save({ principal, changes: { serviceAccountKey: { action: 'remove' } } })
    const before = world.events.length
    let claimed = 0
    for (let at = 0; at < 40; at += 1) {
      claimed += (await world.sdk.maintenance.sweep()).claimed
      await world.sandbox.clock.advance(minute)
    }
    expect(claimed).toBeLessThan(200)
    const told = world.events.slice(before).map(({ type }) => type)
    expect(told).toEqual(['connection.degraded'])
    expect(await healthOf(world, connectionId)).toMatchObject({
      status: 'degraded',
      reason: 'google_not_configured',
      values: { missing: 'serviceAccountKey' },
      delivery: 'polling',
    })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'still read', text: 'x' })
    await passMinutes(world, 20)
    expect(world.events.map(({ type }) => type)).toContain('message.received')
    world.sandbox.faults.clear()
    await world.sdk.google.save({ principal, changes: changesFor(setup) })
    await passMinutes(world, 5)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null, delivery: 'push' })
  })
})
