import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { TenantryError } from '../errors/index.ts'
import { googleSetupStatusSchema } from '../wire/index.ts'
import { connectCalendar, connectGmail, createMemoryStore, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const days = 24 * 60 * 60_000

describe('provisioning now', () => {
  it('is for those who may save, and asks nobody before', async () => {
    const asked: string[] = []
    const world = createWorld({
      authorize: ({ action }) => {
        asked.push(action)
        return action !== 'google.save'
      },
    })
    expect(await codeOf(world.sdk.google.provision({ principal }))).toBe('forbidden')
    expect([asked, world.sandbox.requests]).toEqual([['google.save'], []])
  })

  it('needs project and key, and says which is missing', async () => {
    const world = createWorld()
    const failure = await world.sdk.google.provision({ principal }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'google_not_configured', values: { missing: 'projectId, serviceAccountKey' } })
  })

  it('lets every mailbox open its watch anew, and leaves calendars alone', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const gmail = await connectGmail(world)
    const calendar = await connectCalendar(world)
    await world.sdk.google.provision({ principal })
    const due = async (id: string) => (await world.store.tasks.get('acme', id, 'provision'))?.dueAt ?? null
    expect([await due(gmail), await due(calendar)]).toEqual([world.sandbox.clock.now(), null])
  })

  it('fails as a whole only when our own store does', async () => {
    const store = createMemoryStore()
    let down = false
    const put: typeof store.pushEndpoints.put = (record) =>
      down ? Promise.reject(new TenantryError('unavailable')) : store.pushEndpoints.put(record)
    const world = createWorld({ store: { ...store, pushEndpoints: { ...store.pushEndpoints, put } } })
    await setUpGoogle(world)
    await world.sdk.google.status({ principal })
    down = true
    expect(await codeOf(world.sdk.google.provision({ principal }))).toBe('unavailable')
    down = false
    expect((await world.sdk.google.provision({ principal })).provisioning?.state).toBe('done')
  })

  it('with a broken pipe says which step, with no secret in status or logs', async () => {
    const world = createWorld()
    const setup = await setUpGoogle(world)
    world.sandbox.google.deleteServiceAccountKeys(JSON.parse(setup.serviceAccountKey).client_email)
    const status = await world.sdk.google.provision({ principal })
    expect(status.provisioning).toMatchObject({ state: 'failed' })
    expect(status.provisioning?.steps[0]).toMatchObject({ id: 'topic', state: 'failed', code: 'key_rejected' })
    const told = JSON.stringify([status, world.logger.lines, await world.store.pushEndpoints.get('acme', 'google')])
    for (const secret of [setup.clientSecret, JSON.parse(setup.serviceAccountKey).private_key]) expect(told).not.toContain(secret)
  })
})

describe('provisioning that hangs', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is left to itself after 25 seconds; the status shows that it works', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    world.sandbox.faults.add({ operation: 'pubsub.topics.get', kind: 'latency', ms: 9_000 })
    world.sandbox.faults.add({ operation: 'pubsub.topics.getIamPolicy', kind: 'latency', ms: 9_000 })
    let answered = false
    const answer = world.sdk.google.provision({ principal }).finally(() => {
      answered = true
    })
    // Until the run waits for Google.
    await vi.waitFor(() => expect(world.sandbox.requests.some(({ operation }) => operation === 'pubsub.topics.get')).toBe(true))
    await vi.advanceTimersByTimeAsync(24_000)
    expect(answered).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    const { provisioning } = await answer
    expect([provisioning?.state, provisioning?.steps.filter(({ state }) => state === 'working').length]).toEqual(['working', 1])
    expect((await world.sdk.google.status({ principal })).provisioning?.state).toBe('working')
    world.sandbox.faults.clear()
    await vi.advanceTimersByTimeAsync(60_000)
    vi.useRealTimers()
    expect((await world.sdk.google.provision({ principal })).provisioning?.state).toBe('done')
  })
})

describe('the status', () => {
  it('has the form that the contract says, in every mode', async () => {
    const world = createWorld()
    const read = async () => googleSetupStatusSchema.parse(await world.sdk.google.status({ principal })).provisioning
    expect(await read()).toMatchObject({ names: null, state: 'idle' })
    const setup = await setUpGoogle(world)
    await connectGmail(world)
    expect(await read()).toMatchObject({ state: 'done', names: { pushServiceAccount: JSON.parse(setup.serviceAccountKey).client_email } })
    for (const notifications of ['manual', 'polling'] as const) {
      await world.sdk.google.save({ principal, changes: { notifications } })
      await world.settle()
      expect((await read())?.names?.pushServiceAccount).toBe(`tenantry-push@${setup.projectId}.iam.gserviceaccount.com`)
    }
  })

  it('tells whose sign-in Google ends by itself, soonest first', async () => {
    const world = createWorld()
    await setUpGoogle(world, { publishing: 'testing' })
    const calendar = await connectCalendar(world)
    await world.sandbox.clock.advance(days)
    const gmail = await connectGmail(world)
    const { endingSignIns } = await world.sdk.google.status({ principal })
    expect(endingSignIns.map(({ connectionId, name }) => [connectionId, name])).toEqual([
      [calendar, 'On-call'],
      [gmail, 'Support'],
    ])
    expect(Date.parse(endingSignIns[1]?.endsAt ?? '') - Date.parse(endingSignIns[0]?.endsAt ?? '')).toBe(days)
    await world.sdk.calendar.disconnect({ principal, connectionId: calendar })
    expect((await world.sdk.google.status({ principal })).endingSignIns).toHaveLength(1)
  })

  it('of a published app tells of none', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    expect((await world.sdk.google.status({ principal })).endingSignIns).toEqual([])
  })
})

describe('a reset', () => {
  it('that forgets the app deletes what is ours first', async () => {
    const world = createWorld({ gmail: { deadLetter: { maxDeliveryAttempts: 5 } } })
    await setUpGoogle(world)
    await connectGmail(world)
    expect(world.sandbox.snapshot().topics).toHaveLength(2)
    const result = await world.sdk.google.reset({ principal, credentials: 'delete' })
    expect(result).toMatchObject({ disconnected: 1, remotePending: [], status: { state: 'missing' } })
    const { topics, subscriptions, watches } = world.sandbox.snapshot()
    expect([topics, subscriptions, watches]).toEqual([[], [], []])
    expect(world.logger.lines).toContainEqual(
      expect.objectContaining({ event: 'google.pubsub_undone', fields: { tenantId: 'acme', deleted: 4, adopted: 0, failed: '' } }),
    )
  })

  it('that keeps the app deletes nothing, and late notifications are acknowledged', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    const before = world.sandbox.deliveries.at(-1)
    await world.sdk.google.reset({ principal })
    expect(world.sandbox.snapshot().subscriptions).toHaveLength(1)
    const late = new Request(before?.url ?? '', { method: 'POST', headers: { ...before?.headers }, body: before?.body ?? '' })
    expect((await world.receivePush(late)).status).toBe(204)
  })

  it('deletes what an earlier mode had made', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    await world.sdk.google.save({ principal, changes: { notifications: 'polling' } })
    await world.settle()
    await world.sdk.google.reset({ principal, credentials: 'delete' })
    expect(world.sandbox.snapshot().topics).toEqual([])
  })

  it('goes on when Google refuses, and names what was left', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    world.sandbox.faults.add({ operation: 'pubsub.topics.delete', kind: 'status', status: 403 })
    const { status } = await world.sdk.google.reset({ principal, credentials: 'delete' })
    expect(status.state).toBe('missing')
    expect(await world.secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
    expect([world.sandbox.snapshot().topics.length, world.sandbox.snapshot().subscriptions.length]).toEqual([1, 0])
    expect(world.logger.lines).toContainEqual(expect.objectContaining({ level: 'warn', event: 'google.pubsub_undone' }))
    expect(JSON.parse((await world.store.pushEndpoints.get('acme', 'google'))?.journal ?? '')).toMatchObject({
      ours: [expect.stringMatching(/\/topics\//)],
      steps: expect.arrayContaining([expect.objectContaining({ id: 'topic', state: 'failed', code: 'pubsub_forbidden' })]),
    })
  })
})
