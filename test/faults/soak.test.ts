import { mostAtOnce } from '@tenantry/sandbox'
import { createSeededRandom } from '@tenantry/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import type { NetworkFault } from './proxy/start-fault-proxy.ts'
import { principal, startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Worker } from './processes/start-worker.ts'

const hour = 3_600_000
const seconds = Number(process.env['TENANTRY_FAULT_SECONDS'] ?? 8)
const seed = Number(process.env['TENANTRY_FAULT_SEED'] ?? 20_261)
/** After so long everybody rests for a moment, and hours go by. */
const shiftMs = 1_500

const mailboxes = ['one', 'two', 'three', 'four'].map((name) => `${name}@acme.test`)
const calendars = ['red', 'blue'].map((name) => `${name}@acme.test`)
const steps = [
  'request oauth2.googleapis.com/token',
  'tokens.acquireLease',
  'tokens.commit',
  'request me/history',
  'request messages/:id',
  'request primary/events',
  'transaction.outbox.insert',
  'transaction.outbox.complete',
  'transaction.end',
  'transaction.committed',
  'tasks.claim',
]
const faults: NetworkFault[] = [
  { kind: 'reset' },
  { kind: 'latency', ms: 40 },
  { kind: 'truncate', afterBytes: 300 },
  { kind: 'drop-response', times: 1 },
  { kind: 'half-open' },
  { kind: 'pause' },
]

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Each actor has its own, so that what one does not draw does not change what another draws. */
function createDice(actor: number) {
  const random = createSeededRandom(seed * 100 + actor)
  const below = (limit: number): number => random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0) % limit
  return { below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T }
}

describe.skipIf(whyNoWorkers() !== null)('a long bad day', () => {
  let field: Field
  const ids: string[] = []
  const posts: { worker: Worker | null; readonly dice: ReturnType<typeof createDice> }[] = [1, 2, 3].map((actor) => ({
    worker: null,
    dice: createDice(actor),
  }))
  const weatherDice = createDice(4)
  const worldDice = createDice(5)
  const happened: Record<string, number> = {}
  /** What a tick ended with, other than a death or a database that was away. */
  const surprises: string[] = []

  beforeAll(async () => {
    field = await startField()
    for (const address of mailboxes) ids.push(await field.connectMailbox(address))
    for (const address of calendars) ids.push(await field.connectCalendar(address))
    field.sandbox.clearRequests()
  }, 120_000)
  afterAll(() => field.stop())

  /** Ticks and asks for tokens; sometimes dies or sleeps at a step, and is replaced or wakes. */
  async function labour(post: (typeof posts)[number], until: number): Promise<void> {
    const { below, pick } = post.dice
    while (performance.now() < until) {
      post.worker ??= await field.startWorker({ deadlineMs: 2_000 }, (sleeper) => void wait(below(300)).then(() => sleeper.wake()))
      const strikes = below(3) === 0
      const death: Death = { step: pick(steps), when: pick(['before', 'after'] as const), wakes: below(3) === 0 }
      const options = { aheadMs: field.aheadMs(), ...(strikes && { death }) }
      const connectionId = pick(ids.slice(0, mailboxes.length))
      const work =
        below(4) === 0 ? post.worker.token({ ...options, connectionId, callers: 5 }) : post.worker.sweep({ ...options, maxItems: 50 })
      await work.catch(({ message }: Error) => {
        if (message === 'SIGKILL') post.worker = null
        else if (message !== 'unavailable') surprises.push(message)
      })
      await wait(20)
    }
  }

  async function weather(until: number): Promise<void> {
    const { below, pick } = weatherDice
    const networks = [field.network.database, field.network.google]
    while (performance.now() < until) {
      await wait(below(200))
      const bad = below(8)
      if (bad === 0) pick(posts).worker?.signal('SIGKILL')
      else if (bad === 1) await field.terminateBackends()
      else if (bad === 2) pick(networks).killAll()
      else pick(networks).set(pick(faults))
      await wait(below(200))
      for (const network of networks) network.heal()
    }
  }

  async function world(until: number): Promise<void> {
    while (performance.now() < until) {
      const at = worldDice.below(ids.length)
      const name = `thing ${Object.keys(happened).length}`
      happened[name] = 1
      const address = [...mailboxes, ...calendars][at] ?? ''
      const start = field.sandbox.clock.now() + 24 * hour
      if (at < mailboxes.length) field.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject: name, text: 'x' })
      else field.sandbox.google.createEvent(address, 'primary', { summary: name, start, end: start + hour })
      await field.sdk().connections.sync({ principal, connectionId: ids[at] ?? '' })
      await wait(worldDice.below(120))
    }
  }

  it(
    `seed ${seed}, ${seconds} s: everything is told once, and nobody has to sign in again`,
    async () => {
      const endsAt = performance.now() + seconds * 1_000
      while (performance.now() < endsAt) {
        const until = Math.min(performance.now() + shiftMs, endsAt)
        const shift = Promise.all([...posts.map((post) => labour(post, until)), world(until)])
        await weather(until)
        // Sleepers have woken by then, and whoever still waits, waits for the dead.
        await wait(600)
        await field.pass(7 * hour)
        await shift
      }
      const last = await field.startWorker()
      for (const connectionId of ids) await field.sdk().connections.redrive({ principal, connectionId })
      for (let look = 0; look < 4; look += 1) {
        await last.sweep({ aheadMs: field.aheadMs() })
        await field.pass(hour / 2)
      }
      expect(surprises).toEqual([])
      expect(await field.told('thing ')).toEqual(happened)
      for (const connectionId of ids) expect((await field.connection(connectionId)).status).toMatch(/^(connected|degraded)$/)
      const byToken = field.refreshesByToken()
      expect([...byToken.values()].map(mostAtOnce)).toEqual([...byToken].map(() => 1))
      expect(byToken.size).toBeGreaterThan(0)
      expect(await field.held()).toEqual({ tenantry_tokens: 0, tenantry_tasks: 0, tenantry_sync_states: 0 })
    },
    seconds * 2_000 + 60_000,
  )
})
