import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { realWork } from '../../../../test/journeys/real-work.ts'
import { createTenantry } from '../create-tenantry.ts'
import { createWebCrypto } from '../crypto/web-crypto.ts'
import { ProviderRefusal, TenantryError } from '../errors/index.ts'
import { systemTenantId } from '../model/principal.ts'
import type { Clock, Store } from '../ports/index.ts'
import { gmail } from '../providers/gmail/gmail.ts'
import {
  connectGmail,
  createManualJobs,
  createMemoryKeys,
  createMemoryStore,
  createSeededRandom,
  createSilentLogger,
  setUpGoogle,
  testPrincipal as principal,
} from '../testing/index.ts'

const second = 1_000
const minute = 60_000

interface Waiting {
  readonly connectionId: string
  readonly settings: object
  readonly token: Promise<string>
  readonly onChange: () => void
  readonly fail: (error: unknown) => void
}

async function deployed(mailboxes: readonly string[] = ['support@acme.test']) {
  const store = createMemoryStore()
  const keys = createMemoryKeys()
  const world = createWorld({ store, keys })
  const { clock } = world.sandbox
  const fetch = (request: Request) => world.sandbox.fetch(request)
  const google = createGoogleGateway({ endpoints: world.sandbox.endpoints, fetch, crypto: createWebCrypto(), clock })
  const polled = gmail({ google })
  const processes: ReturnType<typeof createProcess>[] = []
  let seed = 0
  let turn = 0

  function createProcess(over: {
    readonly store?: Store
    readonly listeners?: number
    readonly clock?: Clock
    readonly served?: () => boolean
  }) {
    const { served = () => true, ...rest } = over
    const jobs = createManualJobs()
    const logger = createSilentLogger()
    const waiting = new Set<Waiting>()
    let alive = true
    /** Each begun connection to the vendor. */
    const begun: Waiting[] = []
    const provider = {
      ...polled,
      pace: undefined,
      listen: (
        call: Parameters<NonNullable<typeof polled.listen>>[0],
        { onChange, signal }: { onChange: () => void; signal: AbortSignal },
      ) => {
        if (!served()) return null
        const { id: connectionId, settings } = call.connection
        return new Promise<void>((resolve, reject) => {
          const own: Waiting = { connectionId, settings, token: call.accessToken(), onChange, fail: (error) => leave(() => reject(error)) }
          const leave = (settle: () => void) => {
            waiting.delete(own)
            settle()
          }
          waiting.add(own)
          begun.push(own)
          signal.addEventListener('abort', () => leave(resolve))
        })
      },
    }
    seed += 1
    const sdk = createTenantry({
      baseUrl: 'https://app.example.com',
      environment: 'test',
      store,
      keys,
      secrets: world.secrets,
      jobs,
      random: createSeededRandom(seed),
      authorize: () => true,
      logger,
      clock,
      fetch,
      providers: { gmail: provider },
      ...rest,
    })
    return {
      sdk,
      jobs,
      logger,
      begun,
      /** What it listens for now. */
      listening: () => [...waiting].map(({ connectionId }) => connectionId).toSorted(),
      only: () => {
        const [one] = waiting
        if (one === undefined || waiting.size > 1) throw new Error(`${waiting.size} listeners`)
        return one
      },
      tick: async () => {
        if (alive) await jobs.tick()
      },
      /** No tick comes any more; what it waits for stays open. */
      halt: () => {
        alive = false
      },
    }
  }

  const start = async (over: Parameters<typeof createProcess>[0] = {}) => {
    const process = createProcess(over)
    await process.sdk.start()
    processes.push(process)
    return process
  }
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 5 * second) {
      await clock.advance(Math.min(5 * second, left))
      await vi.advanceTimersByTimeAsync(Math.min(5 * second, left))
      await realWork(10)
      // Whoever comes first this time comes last the next.
      turn += 1
      for (let at = 0; at < processes.length; at += 1) await processes[(turn + at) % processes.length]?.tick()
      await realWork(10)
    }
  }
  await setUpGoogle(world)
  const connectAll = async (): Promise<readonly string[]> => {
    const { sdk } = processes[0] ?? createProcess({})
    const settle = async () => {
      while ((await sdk.maintenance.sweep()).claimed > 0);
    }
    const ids: string[] = []
    for (const address of mailboxes) ids.push(await connectGmail({ ...world, settle }, { address }))
    return ids.toSorted()
  }
  return { world, store, start, pass, connectAll, total: () => processes.flatMap(({ listening }) => listening()).length }
}

function breakable(store: Store): Store & { setDown(down: boolean): void } {
  const state = { down: false }
  const guard = <T extends object>(repository: T): T =>
    new Proxy(repository, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return (...parameters: unknown[]) =>
          state.down ? Promise.reject(new TenantryError('unavailable')) : (Reflect.apply(method, target, parameters) as unknown)
      },
    })
  const { connections, tasks, inbox } = store
  const guarded = { ...store, connections: guard(connections), tasks: guard(tasks), inbox: guard(inbox) }
  return { ...guarded, setDown: (down) => void (state.down = down) }
}

const requested = async (store: Store, id: string): Promise<number> => (await store.syncStates.get('acme', id))?.requested ?? 0

describe('listening', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('is done by one of two processes, with a token, and a change asks for a sync as a push does', async () => {
    const bench = await deployed()
    const [one, two] = [await bench.start(), await bench.start()]
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    expect([...one.listening(), ...two.listening()]).toEqual([id])
    await bench.pass(10 * minute)
    expect([...one.begun, ...two.begun]).toHaveLength(1)
    const holder = one.begun.length > 0 ? one : two
    expect(await holder.only().token).toMatch(/./)
    const before = await requested(bench.store, id)
    const wakes = holder.jobs.wakes
    holder.only().onChange()
    await realWork(10)
    expect(await requested(bench.store, id)).toBe(before + 1)
    expect(holder.jobs.wakes).toBe(wakes + 1)
    expect(await bench.store.tasks.get('acme', id, 'sync')).toMatchObject({ dueAt: bench.world.sandbox.clock.now() })
  })

  it('asks no more than twice for a thousand changes at once, and once more for what comes later', async () => {
    const bench = await deployed()
    const process = await bench.start()
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    const before = await bench.store.inbox.count('acme', id)
    for (let at = 0; at < 1_000; at += 1) process.only().onChange()
    await realWork(10)
    expect((await bench.store.inbox.count('acme', id)) - before).toBe(2)
    process.only().onChange()
    await realWork(10)
    expect((await bench.store.inbox.count('acme', id)) - before).toBe(3)
  })

  it('is taken over within a minute when its process dies, and ended by one that only lost the store', async () => {
    const bench = await deployed()
    const store = breakable(bench.store)
    const lost = await bench.start({ store })
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    expect(lost.listening()).toEqual([id])
    const other = await bench.start()
    await bench.pass(2 * minute)
    expect(other.begun).toEqual([])
    store.setDown(true)
    lost.halt()
    await bench.pass(minute)
    expect(other.listening()).toEqual([id])
    expect(lost.listening()).toEqual([])
    expect(lost.logger.lines.map(({ event }) => event)).toContain('listener.not_tended')
    store.setDown(false)
    await bench.pass(5 * minute)
    expect([lost.begun.length, other.begun.length, bench.total()]).toEqual([1, 1, 1])
  })

  it('stays with one process also where a clock is a minute ahead', async () => {
    const bench = await deployed()
    const { clock } = bench.world.sandbox
    const one = await bench.start()
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    expect(one.listening()).toEqual([id])
    await bench.start({ clock: { now: () => clock.now() + minute } })
    await bench.pass(20 * second)
    for (let round = 0; round < 6; round += 1) {
      await bench.pass(20 * second)
      expect(bench.total()).toBe(1)
    }
  })

  it('goes to another process at once when its own is stopped', async () => {
    const bench = await deployed()
    const one = await bench.start()
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    expect(one.listening()).toEqual([id])
    const two = await bench.start()
    await one.sdk.stop()
    expect(one.listening()).toEqual([])
    await bench.pass(5 * second)
    expect([one.listening(), two.listening()]).toEqual([[], [id]])
    await two.sdk.stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not keep a process from stopping whose store is down', async () => {
    const bench = await deployed()
    const store = breakable(bench.store)
    const one = await bench.start({ store })
    await bench.connectAll()
    await bench.pass(5 * second)
    store.setDown(true)
    await one.sdk.stop()
    expect(one.listening()).toEqual([])
  })

  it.each([
    ['disconnected', (sdk, connectionId) => sdk.gmail.disconnect({ principal, connectionId })],
    ['removed', (sdk, connectionId) => sdk.gmail.remove({ principal, connectionId })],
    ['paused', (sdk, connectionId) => sdk.gmail.update({ principal, connectionId, changes: { paused: true } })],
  ] satisfies [
    string,
    (sdk: Awaited<ReturnType<Awaited<ReturnType<typeof deployed>>['start']>>['sdk'], connectionId: string) => Promise<unknown>,
  ][])('ends when the connection is %s, and leaves no task', async (_, finish) => {
    const bench = await deployed()
    const process = await bench.start()
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    expect(process.listening()).toEqual([id])
    await finish(process.sdk, id)
    await bench.pass(20 * second)
    expect(process.listening()).toEqual([])
    await bench.pass(minute)
    expect(await bench.store.tasks.get('acme', id, 'listen')).toBeNull()
    expect(process.begun).toHaveLength(1)
  })

  it('begins again when a paused connection is resumed, and with the new settings when they change', async () => {
    const bench = await deployed()
    const process = await bench.start()
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    await process.sdk.gmail.update({ principal, connectionId: id, changes: { paused: true } })
    await bench.pass(2 * minute)
    expect(process.listening()).toEqual([])
    await process.sdk.gmail.update({ principal, connectionId: id, changes: { paused: false } })
    await bench.pass(5 * second)
    expect(process.listening()).toEqual([id])
    await process.sdk.gmail.update({ principal, connectionId: id, changes: { settings: { labelIds: ['STARRED'] } } })
    await bench.pass(25 * second)
    expect(process.only().settings).toMatchObject({ labelIds: ['STARRED'] })
    expect(process.begun).toHaveLength(3)
  })

  it('begins again at once after a long time, and ever later while it fails', async () => {
    const bench = await deployed()
    const process = await bench.start()
    await bench.connectAll()
    await bench.pass(5 * minute)
    const refusal = new ProviderRefusal({ vendor: 'google', operation: 'imap.idle', httpStatus: 0, message: 'EXAMPLE_secret' })
    process.only().fail(refusal)
    await bench.pass(5 * second)
    expect(process.begun).toHaveLength(2)
    const begins: number[] = []
    for (let step = 0; step < 360; step += 1) {
      if (process.listening().length > 0) {
        begins.push(step * 5)
        process.only().fail(refusal)
      }
      await bench.pass(5 * second)
    }
    const waits = begins.slice(1).map((at, index) => at - (begins[index] ?? 0))
    expect(waits.length).toBeLessThan(14)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(200)
    expect(waits.at(-1)).toBeLessThanOrEqual(310)
    expect(JSON.stringify(process.logger.lines)).not.toContain('EXAMPLE_secret')
    await bench.pass(6 * minute)
    expect(process.listening()).toHaveLength(1)
  })

  it('is shared out: a process takes as many as it has room for, and another one the rest', async () => {
    const mailboxes = ['support@acme.test', 'sales@acme.test', 'help@acme.test']
    const bench = await deployed(mailboxes)
    for (const address of mailboxes.slice(1)) bench.world.sandbox.google.createAccount({ address })
    const one = await bench.start({ listeners: 2 })
    const two = await bench.start({ listeners: 0 })
    const ids = await bench.connectAll()
    await bench.pass(2 * minute)
    expect([one.listening().length, two.listening().length]).toEqual([2, 0])
    const three = await bench.start({ listeners: 2 })
    await bench.pass(20 * minute)
    expect([...one.listening(), ...three.listening()].toSorted()).toEqual(ids)
    expect([one.listening().length, one.begun.length, three.begun.length]).toEqual([2, 2, 1])
  })

  it('is not done by a process that only sweeps, nor for a connection that is not served so', async () => {
    const bench = await deployed()
    const unserved = await bench.start({ served: () => false })
    const [id = ''] = await bench.connectAll()
    await bench.pass(minute)
    expect(unserved.begun).toEqual([])
    expect(await bench.store.tasks.get('acme', id, 'listen')).toBeNull()
    await bench.world.sdk.maintenance.sweep()
    const sweeping = await bench.start()
    await sweeping.sdk.stop()
    await bench.store.tasks.schedule({ tenantId: 'acme', connectionId: id, kind: 'listen', dueAt: bench.world.sandbox.clock.now() })
    unserved.halt()
    await sweeping.sdk.maintenance.sweep()
    expect(sweeping.begun).toEqual([])
    expect((await bench.store.tasks.get('acme', id, 'listen'))?.dueAt).toBeGreaterThan(bench.world.sandbox.clock.now())
  })

  it('proves nothing of a vendor that was silent', async () => {
    const bench = await deployed()
    const one = await bench.start()
    const [id = ''] = await bench.connectAll()
    await bench.pass(5 * second)
    await one.sdk.stop()
    one.halt()
    const since = bench.world.sandbox.clock.now() - 1
    const silent = { tenantId: systemTenantId, key: 'vendor/google', reason: 'provider_unavailable', of: null, failures: 1, since }
    await bench.store.breakers.trip({ ...silent, blockedUntil: since })
    const two = await bench.start()
    await bench.pass(5 * second)
    expect(two.listening()).toEqual([id])
    expect(await bench.store.breakers.get(systemTenantId, 'vendor/google')).toMatchObject({ failures: 1 })
  })

  it('refuses a number of listeners that is none', async () => {
    const bench = await deployed()
    for (const listeners of [-1, 1.5, 10_001]) await expect(bench.start({ listeners })).rejects.toThrow(TypeError)
  })
})
