import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { createTenantry } from '../create-tenantry.ts'
import { createWebCrypto } from '../crypto/web-crypto.ts'
import { isTenantryError, ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { ErrorCode, RefusalFacts } from '../errors/index.ts'
import type { KeyProvider, Store } from '../ports/index.ts'
import { gmail } from '../providers/gmail/gmail.ts'
import type { VerbDoor } from '../providers/provider.ts'
import {
  connectGmail,
  createManualJobs,
  createMemoryKeys,
  createMemoryStore,
  createSeededRandom,
  createSilentLogger,
  setUpGoogle,
} from '../testing/index.ts'

const minute = 60_000
const leaseMs = 2 * minute

interface Sent {
  readonly messageId: string
}

type Work = (attempt: {
  readonly inDoubt: boolean
  ask(work: () => Promise<Sent>): Promise<Sent>
  token(): Promise<string>
}) => Promise<Sent>

interface Asked {
  readonly key?: string
  readonly content?: string
}

/** One connection, on a store that several processes share. */
async function deployed() {
  const store = createMemoryStore()
  const keys = createMemoryKeys()
  const world = createWorld({ store, keys })
  const { clock } = world.sandbox
  const fetch = (request: Request) => world.sandbox.fetch(request)
  const google = createGoogleGateway({ endpoints: world.sandbox.endpoints, fetch, crypto: createWebCrypto(), clock })
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)

  /** A process of its own, with a verb that does something once. */
  const start = (over: { readonly store?: Store; readonly keys?: KeyProvider } = {}) => {
    const logger = createSilentLogger()
    const verbs = (door: VerbDoor) => ({
      async sendOnce({ key = 'ticket-7', content = 'hello' }: Asked, work: Work): Promise<Sent> {
        const call = await door.open({ connectionId })
        const lent = { ask: (inner: () => Promise<Sent>) => door.ask(call, inner), token: () => call.accessToken() }
        return door.once(call, { key, content }, ({ inDoubt }) => work({ inDoubt, ...lent }))
      },
    })
    const sdk = createTenantry({
      baseUrl: 'https://app.example.com',
      environment: 'test',
      store,
      keys,
      secrets: world.secrets,
      jobs: createManualJobs(),
      random: createSeededRandom(7),
      authorize: () => true,
      logger,
      clock,
      fetch,
      providers: { mail: { ...gmail({ google }), pace: undefined, verbs } },
      ...over,
    })
    return { logger, send: (work: Work, asked: Asked = {}) => sdk.mail.sendOnce(asked, work) }
  }
  return { world, store, connectionId, start, later: (ms: number) => clock.advance(ms) }
}

const sent: Sent = { messageId: '<1@acme.test>' }
const refusal = (httpStatus: number, facts: Partial<RefusalFacts> = {}) =>
  new ProviderRefusal({ vendor: 'google', operation: 'gmail.messages.send', httpStatus, ...facts })
const failing =
  (error: unknown): Work =>
  async () => {
    throw error
  }
const succeeding: Work = async () => sent
/** What a process does that ends in the midst of it. */
const dying: Work = () => new Promise(() => undefined)

/** A store that fails so many times at one method of its attempts. */
function failAt(store: Store, method: 'finish' | 'release' | 'renew', times = Infinity): Store {
  let left = times
  const fail = (): boolean => (left -= 1) >= 0
  const inner = store.attempts
  const refuse = async <T>(work: () => Promise<T>): Promise<T> => {
    if (fail()) throw new TenantryError('unavailable')
    return work()
  }
  return {
    ...store,
    attempts: {
      ...inner,
      ...(method === 'finish' && { finish: (...parameters) => refuse(() => inner.finish(...parameters)) }),
      ...(method === 'release' && { release: (...parameters) => refuse(() => inner.release(...parameters)) }),
      ...(method === 'renew' && { renew: (...parameters) => refuse(() => inner.renew(...parameters)) }),
    },
  }
}

/** Tells how the next try with the same key begins. */
async function nextTry(
  { start }: Pick<Awaited<ReturnType<typeof deployed>>, 'start'>,
  asked: Asked = {},
): Promise<'first' | 'in doubt' | ErrorCode | 'done'> {
  let seen: 'first' | 'in doubt' | 'done' = 'done'
  try {
    await start().send(async ({ inDoubt }) => {
      seen = inDoubt ? 'in doubt' : 'first'
      return sent
    }, asked)
    return seen
  } catch (error) {
    if (isTenantryError(error)) return error.code
    throw error
  }
}

describe('something that is done once', () => {
  beforeEach(() => {
    // A process that died renews nothing.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('is done once, and its result is given again, by any process, for 35 days', async () => {
    const bench = await deployed()
    const work = vi.fn<Work>(succeeding)
    expect(await bench.start().send(work)).toEqual(sent)
    expect(await bench.start().send(work)).toEqual(sent)
    await bench.later(34 * 24 * 60 * minute)
    await bench.world.sdk.maintenance.sweep()
    expect(await bench.start().send(work)).toEqual(sent)
    expect(work).toHaveBeenCalledTimes(1)
    await bench.later(24 * 60 * minute + 1)
    await bench.world.sdk.maintenance.sweep()
    expect(bench.store.rows('attempts')).toEqual([])
  })

  it('keeps neither the key nor the content nor the result in the clear', async () => {
    const bench = await deployed()
    await bench.start().send(succeeding, { key: 'ticket-of-kim', content: 'dear kim' })
    expect(JSON.stringify(bench.store.rows('attempts'))).not.toMatch(/kim|acme\.test/)
  })

  it('is done by one of many who ask at once', async () => {
    const bench = await deployed()
    const processes = [bench.start(), bench.start()]
    let running = 0
    const work: Work = async () => {
      running += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      return sent
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => codeOf(processes[index % 2]?.send(work) ?? Promise.reject(new Error('no process')))),
    )
    expect(running).toBe(1)
    expect(answers.filter((code) => code === 'send_outcome_unknown')).toHaveLength(19)
    expect(await nextTry(bench)).toBe('done')
  })

  it('says when to ask again while another is at it', async () => {
    const bench = await deployed()
    void bench.start().send(dying)
    await expect.poll(() => bench.store.rows('attempts')).toHaveLength(1)
    await expect(bench.start().send(succeeding)).rejects.toMatchObject({ code: 'send_outcome_unknown', retryAfterMs: 10_000 })
    await bench.later(leaseMs - 500)
    await expect(bench.start().send(succeeding)).rejects.toMatchObject({ retryAfterMs: 1_000 })
  })

  it('refuses the same key for something else, done or not, and knows keys apart', async () => {
    const bench = await deployed()
    await bench.start().send(succeeding)
    expect(await nextTry(bench, { content: 'another' })).toBe('idempotency_key_reused')
    expect(await codeOf(bench.start().send(failing(refusal(0)), { key: 'lost' }))).toBe('send_outcome_unknown')
    expect(await nextTry(bench, { key: 'lost', content: 'another' })).toBe('idempotency_key_reused')
    expect(await nextTry(bench, { key: 'other', content: 'another' })).toBe('first')
    for (const key of ['', 'x'.repeat(256)])
      await expect(bench.start().send(succeeding, { key })).rejects.toMatchObject({ field: 'idempotencyKey' })
  })

  it.each([
    ['a refusal', refusal(400, { reason: 'invalidArgument' }), 'permission_missing|.*'],
    ['a quota', refusal(429), 'throttled'],
    ['a vendor that says when to come back', refusal(503, { retryAfterMs: 5_000 }), 'provider_unavailable'],
    ['an error of ours that says what is wrong', new TenantryError('recipient_invalid'), 'recipient_invalid'],
    [
      'an error of ours that says when to come back',
      new TenantryError('provider_unavailable', { retryAfterMs: 1_000 }),
      'provider_unavailable',
    ],
  ])('may be tried as if for the first time after %s, and differently', async (_, error, code) => {
    const bench = await deployed()
    expect(await codeOf(bench.start().send(failing(error)))).toMatch(new RegExp(`^(${code})$`))
    expect(bench.store.rows('attempts')).toEqual([])
    expect(await nextTry(bench, { content: 'corrected' })).toBe('first')
  })

  it.each([
    ['no answer', refusal(0)],
    ['a timeout of the vendor', refusal(408)],
    ['a server error', refusal(502)],
    ['a bug', new TypeError('EXAMPLE_secret in a message')],
    ['what is no error at all', 'a string'],
    ['a provider that says so', new TenantryError('send_outcome_unknown', { retryAfterMs: 1_000 })],
    ['a refusal without a reason, already classified', new TenantryError('provider_unavailable')],
  ])('is in doubt after %s, and asked again when the vendor has had time', async (_, error) => {
    const bench = await deployed()
    const process = bench.start()
    expect(await codeOf(process.send(failing(error)))).toBe('send_outcome_unknown')
    expect(JSON.stringify(process.logger)).not.toContain('EXAMPLE_secret')
    await bench.later(leaseMs - 1)
    expect(await nextTry(bench)).toBe('send_outcome_unknown')
    await bench.later(1)
    expect(await nextTry(bench)).toBe('in doubt')
    expect(await nextTry(bench)).toBe('done')
  })

  it('is in doubt when the answer was lost within `ask`, which classifies it', async () => {
    const bench = await deployed()
    expect(await codeOf(bench.start().send(({ ask }) => ask(failing(refusal(0)) as () => Promise<Sent>)))).toBe('send_outcome_unknown')
    await bench.later(leaseMs)
    expect(await nextTry(bench)).toBe('in doubt')
  })

  it('is in no doubt when there was no token to ask with', async () => {
    const bench = await deployed()
    await bench.later(2 * 60 * minute)
    bench.world.sandbox.faults.add({ kind: 'status', status: 503, operation: 'oauth.token' })
    for (const work of [({ ask }) => ask(async () => sent), async ({ token }) => ({ messageId: await token() })] satisfies Work[])
      expect(await codeOf(bench.start().send(work))).toBe('provider_unavailable')
    expect(bench.store.rows('attempts')).toEqual([])
  })

  it('stays in doubt when the try after a lost answer is refused', async () => {
    const bench = await deployed()
    await codeOf(bench.start().send(failing(refusal(0))))
    await bench.later(leaseMs)
    expect(await codeOf(bench.start().send(failing(refusal(429))))).toBe('throttled')
    expect(await nextTry(bench)).toBe('in doubt')
  })

  it('is in doubt after a process has died, once the lease has run out', async () => {
    const bench = await deployed()
    void bench.start().send(dying)
    await expect.poll(() => bench.store.rows('attempts')).toHaveLength(1)
    await bench.later(leaseMs - 1)
    expect(await nextTry(bench)).toBe('send_outcome_unknown')
    await bench.later(1)
    expect(await nextTry(bench)).toBe('in doubt')
  })

  it('is held as long as it takes, however slow it is, also when the store hiccups meanwhile', async () => {
    const bench = await deployed()
    let end: (result: Sent) => void = () => undefined
    const slow = bench.start({ store: failAt(bench.store, 'renew', 1) })
    const answer = slow.send(() => new Promise((resolve) => (end = resolve)))
    await expect.poll(() => bench.store.rows('attempts')).toHaveLength(1)
    for (let step = 0; step < 20; step += 1) {
      await bench.later(30_000)
      await vi.advanceTimersByTimeAsync(30_000)
      expect(await nextTry(bench)).toBe('send_outcome_unknown')
    }
    expect(slow.logger.lines.filter(({ event }) => event === 'attempt.not_renewed')).toHaveLength(1)
    end(sent)
    expect(await answer).toEqual(sent)
    expect(await nextTry(bench)).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('has worked although the store fails at its end, and is in doubt for whoever asks again', async () => {
    const bench = await deployed()
    const process = bench.start({ store: failAt(bench.store, 'finish') })
    expect(await process.send(succeeding)).toEqual(sent)
    expect(process.logger.lines.map(({ event }) => event)).toContain('attempt.not_kept')
    expect(await nextTry(bench)).toBe('send_outcome_unknown')
    await bench.later(leaseMs)
    expect(await nextTry(bench)).toBe('in doubt')
  })

  it('is kept when the store comes back soon', async () => {
    const bench = await deployed()
    expect(await bench.start({ store: failAt(bench.store, 'finish', 2) }).send(succeeding)).toEqual(sent)
    expect(await nextTry(bench)).toBe('done')
  })

  it('tells of the refusal, and not of the store that failed after it', async () => {
    const bench = await deployed()
    expect(await codeOf(bench.start({ store: failAt(bench.store, 'release') }).send(failing(refusal(429))))).toBe('throttled')
    await bench.later(leaseMs)
    expect(await nextTry(bench)).toBe('in doubt')
  })

  it('is not begun where its result could not be kept', async () => {
    const bench = await deployed()
    const keys: KeyProvider = {
      ...createMemoryKeys(),
      unwrap: () => Promise.reject(new TenantryError('unavailable')),
    }
    const work = vi.fn<Work>(succeeding)
    // Opening the connection needs no key; keeping a result does.
    expect(await codeOf(bench.start({ keys }).send(work))).toBe('unavailable')
    expect(work).not.toHaveBeenCalled()
    expect(bench.store.rows('attempts')).toEqual([])
  })

  it('leaves alone what was removed meanwhile', async () => {
    const bench = await deployed()
    const work: Work = async () => {
      await bench.store.connections.remove('acme', bench.connectionId)
      return sent
    }
    expect(await bench.start().send(work)).toEqual(sent)
    expect(bench.store.rows('attempts')).toEqual([])
  })

  it('never happens twice, whatever breaks and whoever asks, and happens in the end', async () => {
    const bench = await deployed()
    const outcomes = [
      'ok',
      'refused',
      'throttled',
      'lost before',
      'lost after',
      'dies before',
      'dies after',
      'finish fails',
      'release fails',
    ] as const
    const steps = array(record({ outcome: constantFrom(...outcomes), waitMs: nat(90_000), together: constantFrom(0, 0, 2) }), {
      minLength: 1,
      maxLength: 8,
      size: 'max',
    })
    const unfinished = bench.start({ store: failAt(bench.store, 'finish') })
    const unreleased = bench.start({ store: failAt(bench.store, 'release') })
    const healthy = bench.start()
    let run = 0
    await assert(
      asyncProperty(steps, async (plan) => {
        run += 1
        const key = `run-${run}`
        let deliveries = 0
        const perform =
          (outcome: (typeof outcomes)[number], die: () => Promise<never>): Work =>
          async ({ inDoubt }) => {
            // The vendor can be asked whether it has it.
            if (inDoubt && deliveries > 0) return sent
            if (outcome === 'refused' || outcome === 'release fails') throw refusal(400)
            if (outcome === 'throttled') throw refusal(429)
            if (outcome === 'lost before') throw refusal(0)
            if (outcome === 'dies before') return die()
            deliveries += 1
            if (outcome === 'lost after') throw refusal(0)
            return outcome === 'dies after' ? die() : sent
          }
        const ask = async (outcome: (typeof outcomes)[number]): Promise<void> => {
          const process = { 'finish fails': unfinished, 'release fails': unreleased }[outcome as string] ?? healthy
          // Who died does not answer.
          await new Promise<void>((resolve, reject) => {
            const die = () => new Promise<never>(() => resolve())
            process
              .send(perform(outcome, die), { key })
              .then(
                (result) => expect(result).toEqual(sent),
                (error: unknown) => expect(isTenantryError(error)).toBe(true),
              )
              .then(() => resolve(), reject)
          })
        }
        for (const { outcome, waitMs, together } of plan) {
          await Promise.all([ask(outcome), ...Array.from({ length: together }, () => ask('ok'))])
          expect(deliveries).toBeLessThanOrEqual(1)
          await bench.later(waitMs)
        }
        await bench.later(leaseMs)
        await ask('ok')
        expect(deliveries).toBe(1)
      }),
      { numRuns: 40 },
    )
  })
})
