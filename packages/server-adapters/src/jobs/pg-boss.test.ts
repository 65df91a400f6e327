import { createSilentLogger } from '@tenantry/sdk/testing'
import fc from 'fast-check'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createPostgresStore } from '../store/postgres/index.ts'
import { startPostgres, whyNoPostgres } from '../testing-postgres/start-postgres.ts'
import type { RunningPostgres } from '../testing-postgres/start-postgres.ts'
import { nextTicks } from './pg-boss-queue.ts'
import { createPgBossJobs } from './pg-boss.ts'
import { createBossWorld } from './testing/boss-world.ts'

const idle = async () => ({ nextWakeAt: null })
const soon = { timeout: 20_000, interval: 20 }

describe('what a tick asks for', () => {
  const times = { now: fc.integer({ min: 0, max: 4e12 }), everyMs: fc.integer({ min: 1000, max: 60_000 }) }

  it('is nothing when nothing is due before the next tick', () => {
    fc.assert(
      fc.property(fc.record({ ...times, later: fc.nat() }), ({ now, everyMs, later }) => {
        expect(nextTicks(null, now, everyMs)).toEqual([])
        expect(nextTicks(now + everyMs + later, now, everyMs)).toEqual([])
      }),
    )
  })

  it('is one job when work is due sooner, never before it is due and at most a second after', () => {
    fc.assert(
      fc.property(fc.record({ ...times, share: fc.double({ min: 0.001, max: 0.999, noNaN: true }) }), ({ now, everyMs, share }) => {
        const wait = Math.ceil(everyMs * share)
        fc.pre(wait < everyMs)
        const [job, ...more] = nextTicks(now + wait, now, everyMs)
        expect(more).toEqual([])
        expect((job?.inSeconds ?? 0) * 1000 - wait).toBeGreaterThanOrEqual(0)
        expect((job?.inSeconds ?? 0) * 1000 - wait).toBeLessThan(1000)
      }),
    )
  })

  it('is two jobs when work is left over', () => {
    expect(nextTicks(5, 5, 60_000)).toEqual([
      { key: 'more-1', inSeconds: 0 },
      { key: 'more-2', inSeconds: 0 },
    ])
  })
})

it.each([0, 61, Number.NaN])('refuses to tick every %d seconds', (everySeconds) => {
  expect(() => createPgBossJobs({ connectionString: 'postgres://localhost', everySeconds })).toThrow(TypeError)
})

it('fails to start with a code and no more when there is no database', async () => {
  const logger = createSilentLogger()
  const jobs = createPgBossJobs({ connectionString: 'postgres://EXAMPLE_user:EXAMPLE_password@127.0.0.1:1/none', logger })
  await expect(jobs.start(idle)).rejects.toMatchObject({ code: 'unavailable' })
  jobs.wake()
  await jobs.stop()
  expect(JSON.stringify(logger.lines)).toContain('ECONNREFUSED')
  expect(JSON.stringify(logger.lines)).not.toContain('EXAMPLE_')
})

const reason = whyNoPostgres()

describe.skipIf(reason !== null)('createPgBossJobs', () => {
  let postgres: RunningPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())

  it('brings a boss of its own, and takes it away again', async () => {
    const { connectionString } = postgres
    const jobs = createPgBossJobs({ connectionString, schema: 'own' })
    const tick = vi.fn<typeof idle>(idle)
    for (const round of [1, 2]) {
      await jobs.start(tick)
      await vi.waitFor(() => expect(tick.mock.calls.length).toBeGreaterThanOrEqual(round), soon)
      await jobs.stop()
    }
    const client = new pg.Client({ connectionString })
    await client.connect()
    const { rows } = await client.query(`select count(*)::int as open from pg_stat_activity where application_name = 'tenantry'`)
    await client.end()
    expect(rows).toEqual([{ open: 0 }])
  })

  it("leaves the host's boss running, with its other queues", async () => {
    const boss = new PgBoss({ connectionString: postgres.connectionString, schema: 'host' })
    boss.on('error', () => undefined)
    await boss.start()
    await boss.createQueue('of-the-host')
    const jobs = createPgBossJobs({ boss })
    const tick = vi.fn<typeof idle>(idle)
    await jobs.start(tick)
    await vi.waitFor(() => expect(tick).toHaveBeenCalled(), soon)
    await jobs.stop()
    expect(await boss.send('of-the-host', {})).not.toBeNull()
    expect(boss.listenerCount('error')).toBe(1)
    await boss.stop({ graceful: false })
  })

  it('only wakes where it is told so', async () => {
    const world = await createBossWorld(postgres.connectionString)
    const { boss } = await world.createRunner()
    const web = createPgBossJobs({ boss, wakeOnly: true, clock: world.clock })
    const never = vi.fn<typeof idle>(idle)
    await web.start(never)
    await world.pass(120_000)
    const { jobs } = await world.createRunner()
    const tick = vi.fn<typeof idle>(idle)
    await jobs.start(tick)
    await world.pass(5000)
    const before = tick.mock.calls.length
    web.wake()
    await world.pass(5000)
    expect(tick.mock.calls.length).toBeGreaterThan(before)
    expect(never).not.toHaveBeenCalled()
    await jobs.stop()
    await web.stop()
    await world.close()
  })

  it('ticks by the schedule of pg-boss alone, when no process asks', async () => {
    const world = await createBossWorld(postgres.connectionString)
    const { boss } = await world.createRunner()
    const jobs = createPgBossJobs({ boss, clock: world.clock, timers: { set: () => null, clear: () => undefined } })
    const tick = vi.fn<typeof idle>(idle)
    await jobs.start(tick)
    await world.pass(60_000)
    const before = tick.mock.calls.length
    await world.pass(5 * 60_000)
    expect(tick.mock.calls.length - before).toBeGreaterThanOrEqual(4)
    await jobs.stop()
    await world.close()
  })

  it('tells the log of a lost engine by its code, once a minute', async () => {
    const logger = createSilentLogger()
    const world = await createBossWorld(postgres.connectionString, { logger })
    const { jobs, lose } = await world.createRunner()
    await jobs.start(idle)
    lose()
    await world.pass(30_000)
    const failures = logger.lines.filter(({ event }) => event === 'jobs.engine_failed')
    expect(failures).toEqual(
      expect.arrayContaining([expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ code: 'unavailable' }) })]),
    )
    // One of its looks, one of its sends: of the many that failed in half a minute.
    expect(failures.length).toBeLessThanOrEqual(2)
    await world.pass(60_000)
    expect(logger.lines.length).toBeGreaterThan(failures.length)
    expect(JSON.stringify(logger.lines)).not.toContain('EXAMPLE_')
    await jobs.stop()
    await world.close()
  })

  it('lets a tick end that outlives its job, ticks beside it, and waits for it when it stops', async () => {
    const world = await createBossWorld(postgres.connectionString)
    const { jobs } = await world.createRunner()
    let begun = 0
    let ended = 0
    await jobs.start(async () => {
      begun += 1
      if (begun === 1) await new Promise<void>((resolve) => void world.clock.setTimeout(resolve, 10 * 60_000))
      ended += 1
      return { nextWakeAt: null }
    })
    await world.pass(5 * 60_000)
    expect(ended).toBe(begun - 1)
    expect(ended).toBeGreaterThan(0)
    let stopped = false
    const stopping = jobs.stop().then(() => (stopped = true))
    await world.pass(60_000)
    expect(stopped).toBe(false)
    await world.pass(5 * 60_000)
    await stopping
    expect(ended).toBe(begun)
    await world.close()
  })

  it('makes idle processes join while work is left over', async () => {
    const world = await createBossWorld(postgres.connectionString)
    // One after the other: each makes the tables of pg-boss's test clock unless they are there.
    const runners = [await world.createRunner(), await world.createRunner(), await world.createRunner(), await world.createRunner()]
    const joined = new Set<number>()
    for (const [at, { jobs }] of runners.entries())
      await jobs.start(async () => {
        joined.add(at)
        // Takes its time, as a sweep does, so that the others are asked.
        await new Promise<void>((resolve) => void world.clock.setTimeout(resolve, 10_000))
        return { nextWakeAt: world.clock.now() }
      })
    await world.pass(120_000)
    expect(joined.size).toBe(4)
    const stopping = Promise.all(runners.map(({ jobs }) => jobs.stop()))
    await world.pass(20_000)
    await stopping
    await world.close()
  })

  it('does each due task of a PostgreSQL store once, with ten engines at once', async () => {
    const store = createPostgresStore({ connectionString: postgres.connectionString })
    await store.migrate()
    const total = 300
    for (let at = 0; at < total; at += 1)
      await store.tasks.schedule({ tenantId: `tenant-${at % 9}`, connectionId: `connection-${at}`, kind: 'renew', dueAt: at })
    const done: string[] = []
    const logger = createSilentLogger()
    const sweep = async () => {
      const now = Date.now()
      const claimed = await store.tasks.claim({ now, owner: 'sweep', leaseMs: 60_000, limit: 20, perTenant: 5 })
      done.push(...claimed.map(({ connectionId }) => connectionId))
      await store.tasks.finish(claimed.map((task) => ({ task, nextDueAt: null, attempts: 'reset' })))
      return { nextWakeAt: await store.tasks.nextDueAt() }
    }
    const boss = new PgBoss({ connectionString: postgres.connectionString, schema: 'ten' })
    boss.setMaxListeners(20)
    await boss.start()
    const engines = Array.from({ length: 10 }, () => createPgBossJobs({ boss, logger }))
    for (const engine of engines) await engine.start(sweep)
    await vi.waitFor(() => expect([done.length, logger.lines]).toEqual([total, []]), soon)
    for (const engine of engines) await engine.stop()
    await boss.stop({ graceful: false })
    await store.close()
    expect(logger.lines).toEqual([])
    expect(done).toHaveLength(total)
    expect(new Set(done).size).toBe(total)
  })
})
