import { TenantryError } from '@tenantry/sdk/errors'
import type { Logger } from '@tenantry/sdk/ports'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createInProcessJobs } from './in-process.ts'

const idle = async () => ({ nextWakeAt: null })

describe('createInProcessJobs', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) }))
  afterEach(() => void vi.useRealTimers())

  it('ticks at the start and then each everyMs', async () => {
    const tick = vi.fn<typeof idle>(idle)
    const jobs = createInProcessJobs({ everyMs: 500 })
    await jobs.start(tick)
    await vi.advanceTimersByTimeAsync(0)
    expect(tick).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(499)
    expect(tick).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(tick).toHaveBeenCalledTimes(2)
    await jobs.stop()
  })

  it('ticks when the next work is due, no later than everyMs and without spinning', async () => {
    const at: number[] = []
    const start = Date.now()
    const plan = [start + 200, start + 99_000, start - 5000, start - 5000]
    const jobs = createInProcessJobs({ everyMs: 1000 })
    await jobs.start(async () => {
      at.push(Date.now() - start)
      return { nextWakeAt: plan[at.length - 1] ?? null }
    })
    await vi.advanceTimersByTimeAsync(1300)
    expect(at).toEqual([0, 200, 1200, 1225, 1250])
    await jobs.stop()
  })

  it('makes one tick of many wakes, at once', async () => {
    const tick = vi.fn<typeof idle>(idle)
    const jobs = createInProcessJobs({ everyMs: 60_000 })
    await jobs.start(tick)
    await vi.advanceTimersByTimeAsync(10)
    for (let turn = 0; turn < 100; turn += 1) jobs.wake()
    await vi.advanceTimersByTimeAsync(1)
    expect(tick).toHaveBeenCalledTimes(2)
    await jobs.stop()
  })

  it('begins none beside a short tick, and a wake during one is not lost', async () => {
    let inside = 0
    let most = 0
    let ticks = 0
    const jobs = createInProcessJobs({ everyMs: 60_000 })
    await jobs.start(async () => {
      ticks += 1
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 100))
      inside -= 1
      return { nextWakeAt: null }
    })
    await vi.advanceTimersByTimeAsync(50)
    jobs.wake()
    jobs.wake()
    await vi.advanceTimersByTimeAsync(5000)
    expect({ ticks, most }).toEqual({ ticks: 2, most: 1 })
    await jobs.stop()
  })

  it('begins another beside a tick that takes longer than 10 seconds, up to four, and one more when one of them ends', async () => {
    const ends: (() => void)[] = []
    let most = 0
    let inside = 0
    const jobs = createInProcessJobs()
    await jobs.start(async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise<void>((resolve) => ends.push(resolve))
      inside -= 1
      return { nextWakeAt: null }
    })
    await vi.advanceTimersByTimeAsync(9_999)
    expect(inside).toBe(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(inside).toBe(2)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([inside, ends.length]).toEqual([4, 4])
    ends[0]?.()
    await vi.advanceTimersByTimeAsync(1_000)
    expect([inside, ends.length, most]).toEqual([4, 5, 4])
    let stopped = false
    const stopping = jobs.stop().then(() => (stopped = true))
    for (const end of ends.slice(1, -1)) end()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(stopped).toBe(false)
    ends.at(-1)?.()
    await stopping
    expect([inside, ends.length]).toEqual([0, 5])
  })

  it('is not put off by a stream of wakes', async () => {
    const tick = vi.fn<typeof idle>(idle)
    const jobs = createInProcessJobs({
      timers: { set: (run, ms) => setTimeout(run, ms + 5), clear: (timer) => clearTimeout(timer as NodeJS.Timeout) },
    })
    await jobs.start(tick)
    for (let turn = 0; turn < 50; turn += 1) {
      jobs.wake()
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(tick.mock.calls.length).toBeGreaterThan(5)
    await jobs.stop()
  })

  it('goes on after a tick that fails, and tells the log only its code', async () => {
    const lines: unknown[] = []
    const logger: Logger = { log: (...line) => lines.push(line) }
    const failures: unknown[] = [new TenantryError('unavailable'), new Error('EXAMPLE_secret')]
    let ticks = 0
    const jobs = createInProcessJobs({ everyMs: 100, logger })
    await jobs.start(() => {
      ticks += 1
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      return idle()
    })
    await vi.advanceTimersByTimeAsync(250)
    expect(ticks).toBe(3)
    expect(lines).toEqual([
      ['error', 'jobs.tick_failed', { code: 'unavailable' }],
      ['error', 'jobs.tick_failed', { code: 'internal' }],
    ])
    await jobs.stop()
  })

  it('warns of a failing tick when it was given no logger', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const jobs = createInProcessJobs()
    await jobs.start(() => Promise.reject(new TenantryError('unavailable')))
    await vi.advanceTimersByTimeAsync(1)
    await jobs.stop()
    expect(warn).toHaveBeenCalledExactlyOnceWith('jobs.tick_failed {"code":"unavailable"}', 'TenantryWarning')
    warn.mockRestore()
  })

  it('waits for a running tick when it stops, and ticks no more', async () => {
    let ended = false
    const tick = vi.fn<typeof idle>(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      ended = true
      return { nextWakeAt: null }
    })
    const jobs = createInProcessJobs({ everyMs: 10 })
    await jobs.start(tick)
    await vi.advanceTimersByTimeAsync(1)
    const stopped = jobs.stop().then(() => ended)
    await vi.advanceTimersByTimeAsync(300)
    expect(await stopped).toBe(true)
    jobs.wake()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(tick).toHaveBeenCalledTimes(1)
  })

  it('starts again after a stop, and not twice', async () => {
    const tick = vi.fn<typeof idle>(idle)
    const jobs = createInProcessJobs()
    await jobs.start(idle)
    await expect(jobs.start(tick)).rejects.toThrow(/started already/)
    await jobs.stop()
    await jobs.start(tick)
    await vi.advanceTimersByTimeAsync(1)
    expect(tick).toHaveBeenCalledTimes(1)
    await jobs.stop()
  })

  it.each([0, -1, 60_001, Number.NaN])('refuses to tick every %d ms', (everyMs) => {
    expect(() => createInProcessJobs({ everyMs })).toThrow(TypeError)
  })
})

describe('the process', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

  it('is not kept alive', async () => {
    const before = timers()
    const jobs = createInProcessJobs({ everyMs: 60_000 })
    await jobs.start(idle)
    expect(timers()).toBe(before)
    const holding = setTimeout(() => undefined, 60_000)
    expect(timers()).toBe(before + 1)
    clearTimeout(holding)
    await jobs.stop()
  })
})
