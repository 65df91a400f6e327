import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import { longestLeaseMs, principal, startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Worker } from './processes/start-worker.ts'

const hour = 3_600_000
const after = (step: string): Death => ({ step, when: 'after', wakes: true })
const before = (step: string): Death => ({ step, when: 'before', wakes: true })

describe.skipIf(whyNoWorkers() !== null)('a connection that is ended while a worker sleeps over it', () => {
  let field: Field
  let worker: Worker
  let made = 0
  let address: string

  beforeAll(async () => {
    field = await startField()
    worker = await field.startWorker()
  }, 120_000)
  afterAll(() => field.stop())
  beforeEach(() => {
    made += 1
    address = `account-${made}@acme.test`
  })

  /** Ends the connection while the worker sleeps, wakes it, and lets everything come to rest. */
  const endMeanwhile = async (end: () => Promise<unknown>, work: Promise<unknown>) => {
    const missed = work.then(() => {
      throw new Error('it never came to that step')
    })
    await Promise.race([worker.stopped(), missed])
    await end()
    await worker.wake()
    await Promise.allSettled([work, missed])
    await field.settle()
    await field.pass(longestLeaseMs)
    await field.settle()
  }

  const leftOf = async (connectionId: string, account: string) => {
    const { rows } = await sql<Record<string, number>>`select
      (select count(*)::int from tenantry_tokens where connection_id = ${connectionId}) as tokens,
      (select count(*)::int from tenantry_tasks where connection_id = ${connectionId}) as tasks,
      (select count(*)::int from tenantry_sync_states where connection_id = ${connectionId}) as cursors,
      (select count(*)::int from tenantry_subscriptions where connection_id = ${connectionId} and state in ('pending', 'active')) as pipes
    `.execute(field.store.database)
    const now = field.sandbox.clock.now()
    const channels = field.sandbox.snapshot().channels.filter(({ address, expiresAt }) => address === account && expiresAt > now)
    return { ...rows[0], channels: channels.length }
  }
  const nothing = { tokens: 0, tasks: 0, cursors: 0, pipes: 0, channels: 0 }

  it.each([after('tokens.acquireLease'), before('tokens.commit'), after('tokens.commit')])(
    'refreshing, $when $step: no token survives',
    async (death) => {
      const connectionId = await field.connectMailbox(address)
      await field.pass(2 * hour)
      const work = worker.token({ connectionId, aheadMs: field.aheadMs(), death })
      await endMeanwhile(() => field.sdk().gmail.disconnect({ principal, connectionId }), work)
      expect(await leftOf(connectionId, address)).toEqual(nothing)
      expect(await field.connection(connectionId)).toMatchObject({ status: 'disconnected' })
    },
  )

  it.each([after('syncStates.acquire'), after('request me/history'), after('outbox.takeToFetch'), after('request messages/:id')])(
    'syncing, $when $step: no task, no cursor and no mail survives',
    async (death) => {
      const connectionId = await field.connectMailbox(address)
      field.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject: `late ${made}`, text: 'x' })
      await field.sdk().gmail.sync({ principal, connectionId })
      const work = worker.sweep({ aheadMs: field.aheadMs(), death })
      await endMeanwhile(() => field.sdk().gmail.disconnect({ principal, connectionId }), work)
      expect(await leftOf(connectionId, address)).toEqual(nothing)
      expect(await field.connection(connectionId)).toMatchObject({ status: 'disconnected' })
      expect(await field.told(`late ${made}`)).toEqual({})
    },
  )

  it.each([before('request events/watch'), after('request events/watch')])(
    'opening a channel, $when $step: no channel survives',
    async (death) => {
      const connectionId = await field.connectCalendar(address)
      await field.sdk().calendar.repair({ principal, connectionId })
      const work = worker.sweep({ aheadMs: field.aheadMs(), death })
      await endMeanwhile(() => field.sdk().calendar.disconnect({ principal, connectionId }), work)
      expect(await leftOf(connectionId, address)).toEqual(nothing)
      expect(await field.connection(connectionId)).toMatchObject({ status: 'disconnected' })
    },
  )

  it.each([after('request me/history'), after('tokens.acquireLease')])(
    'removed altogether, $when $step: no row comes back',
    async (death) => {
      const connectionId = await field.connectMailbox(address)
      await field.pass(2 * hour)
      await field.sdk().gmail.sync({ principal, connectionId })
      const work = worker.sweep({ aheadMs: field.aheadMs(), death })
      await endMeanwhile(() => field.sdk().gmail.remove({ principal, connectionId }), work)
      expect(await leftOf(connectionId, address)).toEqual(nothing)
      expect(await field.connection(connectionId)).toEqual({})
    },
  )
})
