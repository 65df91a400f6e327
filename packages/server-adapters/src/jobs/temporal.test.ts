import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, Worker, bundleWorkflowCode } from '@temporalio/worker'
import { createSilentLogger } from '@tenantry/sdk/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readHistory } from './testing/read-history.ts'
import { startTemporal, whyNoTemporal } from './testing/start-temporal.ts'
import type { RunningTemporal } from './testing/start-temporal.ts'
import { bundleTick, createTemporalWorld, quieten } from './testing/temporal-world.ts'
import { workflowFile } from './temporal-worker.ts'
import { createTemporalJobs } from './temporal.ts'

const idle = async () => ({ nextWakeAt: null })
const soon = { timeout: 20_000, interval: 20 }

interface RecordedEvent {
  readonly eventType: string
  readonly [attributes: string]: unknown
}

/**
 * A woken run as a real server kept it: sweeps that waited for due work, a wake during a sweep, work left over, and an end. Recorded with
 * `temporal workflow show --output json`; record it anew only together with a workflow that may no longer replay what still runs.
 */
const recorded: { readonly events: readonly RecordedEvent[] } = JSON.parse(
  readFileSync(new URL('testing/woken-run.history.json', import.meta.url), 'utf8'),
)

beforeAll(quieten)

describe('the workflow', () => {
  it('bundles, twice to the same code, with nothing of a server in it', async () => {
    const { code } = await bundleTick()
    const again = await bundleWorkflowCode({ workflowsPath: workflowFile(), logger: new DefaultLogger('ERROR') })
    expect(again.code === code).toBe(true)
    expect(code).toContain('tenantryTick')
    expect(code).not.toMatch(/@temporalio\/(worker|client)\/lib|pg-boss|@tenantry\/sdk/)
  })

  it('replays what an earlier version of it did', async () => {
    const workflowBundle = await bundleTick()
    await Worker.runReplayHistory({ workflowBundle }, readHistory(recorded))
  })

  it('does not replay what another workflow did', async () => {
    const workflowBundle = await bundleTick()
    const other = readHistory(JSON.parse(JSON.stringify(recorded).replaceAll('"sweep"', '"other"')))
    await expect(Worker.runReplayHistory({ workflowBundle }, other)).rejects.toThrow(/[Nn]ondeterminism|TMPRL1100/)
  })

  it('puts nothing but pauses into its history', () => {
    const payloads = [...JSON.stringify(recorded).matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    )
    expect(payloads).toEqual(['2000', '1500', '0', '0', 'null', 'null', 'null', 'null', 'null'])
    expect(recorded.events.filter(({ eventType }) => /FAILED|TIMED_OUT/.test(eventType))).toEqual([])
  })
})

describe('createTemporalJobs', () => {
  const client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) })

  it.each([0, 61, Number.NaN])('refuses to tick every %d seconds', (everySeconds) => {
    expect(() => createTemporalJobs({ client, nativeConnection: null, everySeconds })).toThrow(TypeError)
  })

  it('fails to start with a code and no more when there is no server', async () => {
    const logger = createSilentLogger()
    const jobs = createTemporalJobs({ client, nativeConnection: null, logger })
    await expect(jobs.start(idle)).rejects.toMatchObject({ code: 'unavailable' })
    jobs.wake()
    await jobs.stop()
    expect(logger.lines.map(({ event, fields }) => [event, fields['doing']])).toEqual([['jobs.engine_failed', 'start']])
  })
})

const reason = whyNoTemporal()

describe.skipIf(reason !== null).concurrent('createTemporalJobs on a real server', () => {
  let server: RunningTemporal
  beforeAll(async () => {
    ;[server] = await Promise.all([startTemporal(), bundleTick()])
  })
  afterAll(() => server.stop())

  it('keeps one schedule for many workers, which skips and does not catch up', async () => {
    const world = await createTemporalWorld(server.address, { everySeconds: 60 })
    const runners = await Promise.all([1, 2, 3].map(() => world.createRunner()))
    await Promise.all(runners.map((jobs) => jobs.start(idle)))
    const { spec, policies, action } = await world.client.schedule.getHandle(world.taskQueue).describe()
    expect(spec.intervals).toMatchObject([{ every: 60_000 }])
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 10_000, pauseOnFailure: false })
    expect(action).toMatchObject({ workflowType: 'tenantryTick', taskQueue: world.taskQueue })
    await Promise.all(runners.map((jobs) => jobs.stop()))
    await world.close()
  })

  it('brings the schedule of an older configuration up to date, and leaves a paused one paused', async () => {
    const world = await createTemporalWorld(server.address)
    const handle = world.client.schedule.getHandle(world.taskQueue)
    const first = await world.createRunner({ nativeConnection: null, everySeconds: 60 })
    await first.start(idle)
    await first.stop()
    await handle.pause('maintenance')
    const second = await world.createRunner({ nativeConnection: null, everySeconds: 20 })
    await second.start(idle)
    await second.stop()
    const { spec, state } = await handle.describe()
    expect(spec.intervals).toMatchObject([{ every: 20_000 }])
    expect(state).toMatchObject({ paused: true, note: 'maintenance' })
    await world.close()
  })

  it('does not wait for the schedule when work is due sooner', async () => {
    const world = await createTemporalWorld(server.address, { everySeconds: 60 })
    const jobs = await world.createRunner()
    const at: number[] = []
    await jobs.start(async () => {
      at.push(Date.now())
      return { nextWakeAt: at.length === 1 ? Date.now() + 2000 : null }
    })
    await vi.waitFor(() => expect(at).toHaveLength(2), soon)
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1990)
    await jobs.stop()
    await world.close()
  })

  it('makes idle workers join while work is left over', async () => {
    const world = await createTemporalWorld(server.address, { everySeconds: 60 })
    const runners = await Promise.all([1, 2, 3, 4].map(() => world.createRunner()))
    const joined = new Set<number>()
    const sweep = (at: number) => async () => {
      joined.add(at)
      await wait(500)
      return { nextWakeAt: joined.size < 4 ? Date.now() : null }
    }
    await Promise.all(runners.map((jobs, at) => jobs.start(sweep(at))))
    await vi.waitFor(() => expect(joined.size).toBe(4), soon)
    await Promise.all(runners.map((jobs) => jobs.stop()))
    await world.close()
  })

  it('only wakes where it has no connection for a worker', async () => {
    const world = await createTemporalWorld(server.address, { everySeconds: 60 })
    const never = vi.fn<typeof idle>(idle)
    const tick = vi.fn<typeof idle>(idle)
    const web = await world.createRunner({ nativeConnection: null })
    const worker = await world.createRunner()
    await web.start(never)
    await worker.start(tick)
    await vi.waitFor(() => expect(tick).toHaveBeenCalled(), soon)
    await wait(1500)
    const before = tick.mock.calls.length
    web.wake()
    await vi.waitFor(() => expect(tick.mock.calls.length).toBeGreaterThan(before), soon)
    expect(never).not.toHaveBeenCalled()
    await web.stop()
    await worker.stop()
    await world.close()
  })

  it('bundles its workflow by itself where it is given no bundle', async () => {
    const world = await createTemporalWorld(server.address)
    const jobs = await world.createRunner({ bundled: false })
    const tick = vi.fn<typeof idle>(idle)
    await jobs.start(tick)
    await vi.waitFor(() => expect(tick).toHaveBeenCalled(), soon)
    await jobs.stop()
    await world.close()
  })
})
