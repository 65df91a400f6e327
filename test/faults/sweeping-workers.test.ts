import { sql } from 'kysely'
import { taskKinds } from '@tenantry/sdk/ports'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import { seedMailboxes } from './processes/seed-mailboxes.ts'
import { longestLeaseMs, startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Swept } from './processes/orders.ts'
import type { Worker } from './processes/start-worker.ts'

const minute = 60_000
const hour = 60 * minute
const many = 300
const looked = 'request me/history'

describe.skipIf(whyNoWorkers() !== null)('workers that sweep', () => {
  let field: Field
  let crew: Worker[]
  let source: string

  beforeAll(async () => {
    field = await startField()
    source = await field.connectMailbox('support@acme.test')
    crew = await Promise.all([1, 2, 3, 4, 5, 6].map(() => field.startWorker()))
  }, 120_000)
  afterAll(() => field.stop())
  beforeEach(async () => {
    await field.settle()
    field.sandbox.clearRequests()
  })

  const sweep = (worker: Worker, aheadMs = field.aheadMs()) => worker.sweep({ aheadMs })
  /** An engine that ticks again and again, whatever becomes of a tick; a process that dies of it is another matter. */
  const tick = async (worker: Worker) => {
    for (let times = 0; times < 8; times += 1)
      await sweep(worker).catch((error: Error) => {
        if (error.message !== 'unavailable') throw error
      })
  }
  const sum = (swept: readonly Swept[], name: keyof Swept) => swept.reduce((total, one) => total + one[name], 0)
  const looks = () => field.sandbox.requests.filter(({ operation }) => operation === 'gmail.history.list')

  /** All were looked at, nothing of it is left to do, and nobody holds anything. */
  const expectDone = async (ids: readonly string[]) => {
    const { rows } = await sql<{ unseen: number; due: number; ill: number }>`select
      (select count(*)::int from tenantry_connections where id = any(${ids}) and last_sync_at is null) as unseen,
      (select count(*)::int from tenantry_tasks where connection_id = any(${ids}) and kind = 'sync') as due,
      (select count(*)::int from tenantry_connections where id = any(${ids}) and status <> 'connected') as ill`.execute(
      field.store.database,
    )
    expect(rows).toEqual([{ unseen: 0, due: 0, ill: 0 }])
    expect(await field.held()).toEqual({ tenantry_tokens: 0, tenantry_tasks: 0, tenantry_sync_states: 0 })
  }

  it('6 processes on the same 300 due tasks: each call once', async () => {
    const ids = await seedMailboxes(field, source, many)
    const swept = await Promise.all(crew.map((worker) => sweep(worker)))
    expect(looks()).toHaveLength(many)
    expect([sum(swept, 'ok'), sum(swept, 'failed'), sum(swept, 'released')]).toEqual([many, 0, 0])
    await expectDone(ids)
  })

  it('one that is killed while it holds leases: all is done when they have run out', async () => {
    const ids = await seedMailboxes(field, source, many)
    const victim = await field.startWorker()
    const death: Death = { step: looked, when: 'after' }
    await expect(victim.sweep({ aheadMs: field.aheadMs(), death })).rejects.toThrow('SIGKILL')
    expect((await field.held())['tenantry_tasks']).toBeGreaterThan(0)
    await Promise.all(crew.slice(0, 2).map((worker) => sweep(worker)))
    expect((await field.held())['tenantry_tasks']).toBeGreaterThan(0)
    await field.pass(longestLeaseMs)
    await sweep(crew[2] as Worker)
    await expectDone(ids)
  })

  it.each([-10, 10])('a clock that is %i minutes off: no call twice', async (minutes) => {
    const slow = field.sandbox.faults.add({ operation: 'gmail.history.list', kind: 'latency', ms: 100 })
    const ids = await seedMailboxes(field, source, 60, { dueMsAgo: 20 * minute })
    // The one that they are copies of has looks of its own, which a clock that is ahead finds due.
    const { tenantId } = (await field.store.connections.findById(source)) ?? { tenantId: '' }
    const later = Date.now() + field.aheadMs() + 60 * minute
    for (const kind of taskKinds)
      if ((await field.store.tasks.get(tenantId, source, kind)) !== null)
        await field.store.tasks.schedule({ tenantId, connectionId: source, kind, dueAt: later, reset: true })
    await Promise.all(crew.slice(0, 4).map((worker, at) => sweep(worker, field.aheadMs() + (at % 2) * minutes * minute)))
    slow.remove()
    expect(looks()).toHaveLength(60)
    await expectDone(ids)
  })

  it('the database ends all connections in the middle, again and again: a later tick finishes', async () => {
    const ids = await seedMailboxes(field, source, many)
    const running = Promise.all(crew.slice(0, 3).map((worker) => tick(worker)))
    for (const kind of ['57P01', 'reset', '57P01']) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (kind === 'reset') {
        field.network.database.set({ kind })
        field.network.database.heal()
      } else await field.terminateBackends()
    }
    await running
    await field.pass(longestLeaseMs)
    await tick(crew[0] as Worker)
    await expectDone(ids)
  })

  it('where every statement is serializable by default, conflicts cost a tick at most', async () => {
    const set = (level: string) =>
      sql`${sql.raw(`alter database postgres set default_transaction_isolation to '${level}'`)}`.execute(field.store.database)
    await set('serializable')
    // New connections have it.
    await field.terminateBackends()
    const ids = await seedMailboxes(field, source, many)
    await Promise.all(crew.slice(0, 4).map((worker) => tick(worker)))
    await field.pass(longestLeaseMs)
    await tick(crew[0] as Worker)
    await set('read committed')
    await field.terminateBackends()
    await expectDone(ids)
  })

  it('two connections to the database for fifty callers: each gets a token, beside a sweep', async () => {
    const small = await field.startWorker({ poolSize: 2 })
    const ids = await seedMailboxes(field, source, 25, { kind: 'sync', tenants: ['acme'] })
    await field.pass(2 * hour)
    const swept = sweep(small)
    const answers = await Promise.all(ids.map((connectionId) => small.token({ connectionId, callers: 2, aheadMs: field.aheadMs() })))
    for (const answer of answers) expect(Object.entries(answer)).toEqual([[expect.stringMatching(/^ya29\.EXAMPLE_/), 2]])
    await swept
    await expectDone(ids)
  })
})
