import { Context, asyncLocalStorage } from '@temporalio/activity'
import { createManualClock, createSilentLogger } from '@tenantry/sdk/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runTick } from './run-tick.ts'
import type { Tick } from './run-tick.ts'
import { createTickActivities } from './temporal-activity.ts'

/** What a worker puts around an activity. */
function createEnvironment() {
  const heartbeats: unknown[][] = []
  const cancelling = new AbortController()
  const info = { heartbeatTimeoutMs: 15_000 } as ConstructorParameters<typeof Context>[0]
  const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} }
  const never = new Promise<never>(() => undefined)
  const context = new Context(
    info,
    never,
    cancelling.signal,
    (...details: unknown[]) => heartbeats.push(details),
    undefined,
    log,
    {} as never,
    {} as never,
  )
  return { heartbeats, cancelling, run: <T>(work: () => Promise<T>): Promise<T> => asyncLocalStorage.run(context, work) }
}

describe('the activity', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const clock = createManualClock()
  const sweepOf = (tick: Tick, logger = createSilentLogger()) =>
    createTickActivities({ ticks: { next: () => runTick(tick, logger) }, everyMs: 60_000, clock }).sweep

  it('heartbeats for as long as the tick runs, with nothing in it, and then no more', async () => {
    const { heartbeats, run } = createEnvironment()
    const result = run(sweepOf(() => new Promise((resolve) => setTimeout(() => resolve({ nextWakeAt: null }), 60_000))))
    await vi.advanceTimersByTimeAsync(59_000)
    expect(heartbeats.length).toBeGreaterThanOrEqual(11)
    expect(heartbeats.flat().filter((detail) => detail !== undefined)).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(await result).toBeNull()
    const before = heartbeats.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heartbeats).toHaveLength(before)
  })

  it('lets the tick end when it is cancelled, because half a sweep helps nobody', async () => {
    const { cancelling, run } = createEnvironment()
    const result = run(sweepOf(() => new Promise((resolve) => setTimeout(() => resolve({ nextWakeAt: clock.now() + 5000 }), 1000))))
    cancelling.abort()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await result).toBe(5000)
  })

  it.each([
    [null, null],
    [60_000, null],
    [59_999, 59_999],
    [1, 1],
    [0, 0],
    [-90_000, 0],
  ])('answers work that is due in %s ms with a pause of %s', async (dueIn, pause) => {
    const { run } = createEnvironment()
    expect(await run(sweepOf(async () => ({ nextWakeAt: dueIn === null ? null : clock.now() + dueIn })))).toBe(pause)
  })

  it('hides the words of a failing tick from the history', async () => {
    const { run } = createEnvironment()
    const logger = createSilentLogger()
    const failing = sweepOf(() => Promise.reject(new Error('EXAMPLE_secret')), logger)
    expect(await run(failing)).toBeNull()
    expect(logger.lines).toEqual([{ level: 'error', event: 'jobs.tick_failed', fields: { code: 'internal' } }])
  })
})
