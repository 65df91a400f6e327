import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { describeJobRunner, describeKeyProvider, describeSecretsProvider, describeStore } from '../contracts/index.ts'
import {
  createManualClock,
  createManualJobs,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createSeededRandom,
  createSilentLogger,
  manualClockStart,
} from './index.ts'
import type { MemoryTransaction } from './index.ts'

describeStore('memory', {
  create: async () => {
    const store = createMemoryStore()
    return { store, probe: { rows: async (table) => store.rows(table) }, close: () => store.close() }
  },
  skip: [
    { reason: 'there is one connection', tests: ['does not wait for a claim that is not committed'] },
    {
      reason: 'process memory does not go away while the process runs',
      tests: ['answers every call with unavailable when the database is gone, and tells nothing else'],
    },
  ],
})

describeSecretsProvider('memory', {
  create: async () => ({ secrets: createMemorySecrets(), close: async () => undefined }),
  skip: [
    { reason: 'nothing is at rest', tests: ['keeps nothing in the clear at rest, and nothing at all after a destroy'] },
    {
      reason: 'process memory does not go away while the process runs',
      tests: [
        'throws unavailable when the storage is gone, and never says null',
        'throws secrets_unreadable when what is stored cannot be opened',
      ],
    },
  ],
})

describeKeyProvider('memory', {
  create: async () => {
    const keys = createMemoryKeys()
    return { keys, successor: async () => (keys.rotate(), keys), close: async () => undefined }
  },
})

describeJobRunner('manual', {
  create: async () => {
    const jobs = createManualJobs()
    const runners = [jobs]
    const clock = createManualClock()
    return {
      jobs,
      clock,
      async pass(ms) {
        clock.advance(ms)
        // Not awaited to its end: a tick may take longer than the time that passes.
        for (const runner of runners) void runner.tick().catch(() => undefined)
        await wait(0)
      },
      async peer() {
        const runner = createManualJobs()
        runners.push(runner)
        return runner
      },
      stored: async () => [],
      jump: async (ms) => clock.set(clock.now() + ms),
      close: async () => undefined,
    }
  },
  skip: [
    {
      reason: 'there is no engine and no process that could be lost',
      tests: ['ticks on after a process died within its tick', 'wakes and stops without an error when the engine is gone'],
    },
    { reason: 'a test may hand it a new tick at any time', tests: ['refuses a second start, and goes on with the first'] },
  ],
})

describe('memory store', () => {
  it('commits and rolls back what a handler writes through the native handle', async () => {
    const store = createMemoryStore()
    const write = (value: number, fail: boolean) =>
      store.transaction(async ({ native }) => {
        ;(native as MemoryTransaction).set('orders', value)
        if (fail) throw new Error('boom')
      })
    await write(1, false)
    await expect(write(2, true)).rejects.toThrow('boom')
    expect(store.hostValue('orders')).toBe(1)
  })
})

describe('memory keys', () => {
  it('unwraps with an earlier key after a rotation, and not once it is forgotten', async () => {
    const keys = createMemoryKeys()
    const wrapped = await keys.wrap(new Uint8Array(32), 'context')
    expect(keys.rotate()).toBe(keys.primaryKeyId)
    expect(keys.primaryKeyId).not.toBe(wrapped.keyId)
    expect(await keys.unwrap(wrapped, 'context')).toHaveLength(32)
    keys.forget(wrapped.keyId)
    await expect(keys.unwrap(wrapped, 'context')).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })
})

describe('test doubles', () => {
  it('moves a clock only by hand', () => {
    const clock = createManualClock()
    expect(clock.now()).toBe(manualClockStart)
    clock.advance(5)
    expect(clock.now()).toBe(manualClockStart + 5)
    clock.set(7)
    expect(clock.now()).toBe(7)
    expect(() => clock.advance(-1)).toThrow(RangeError)
  })

  it('gives the same bytes for the same seed, spread over all values', () => {
    const first = createSeededRandom(7).bytes(4096)
    expect([...createSeededRandom(7).bytes(4096)]).toEqual([...first])
    expect([...createSeededRandom(8).bytes(4096)]).not.toEqual([...first])
    expect(new Set(first).size).toBe(256)
  })

  it('gives version 4 UUIDs, none twice', () => {
    const random = createSeededRandom(1)
    const uuids = Array.from({ length: 500 }, () => random.uuid())
    expect(new Set(uuids).size).toBe(500)
    for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('counts wakes and gives what a tick gives', async () => {
    const jobs = createManualJobs()
    expect(await jobs.tick()).toBeNull()
    await jobs.start(async () => ({ nextWakeAt: 5 }))
    jobs.wake()
    expect(jobs.wakes).toBe(1)
    expect(await jobs.tick()).toEqual({ nextWakeAt: 5 })
  })

  it('keeps log lines', () => {
    const logger = createSilentLogger()
    logger.log('info', 'sweep.done', { ok: 3 })
    expect(logger.lines).toEqual([{ level: 'info', event: 'sweep.done', fields: { ok: 3 } }])
  })
})
