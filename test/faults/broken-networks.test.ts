import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkFault } from './proxy/start-fault-proxy.ts'
import { startFaultProxy } from './proxy/start-fault-proxy.ts'
import { principal, startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Worker } from './processes/start-worker.ts'

const hour = 3_600_000
/** For one answer of the token endpoint; it is the sdk's. */
const tokenDeadlineMs = 10_000
/** For one answer of Google's APIs, as these workers have it. */
const deadlineMs = 800
/** A machine that is busy. */
const slackMs = 5_000

const faults: NetworkFault[] = [
  { kind: 'latency', ms: 11_000 },
  { kind: 'half-open' },
  { kind: 'reset' },
  { kind: 'truncate', afterBytes: 120 },
  { kind: 'drip', everyMs: 1_000 },
  { kind: 'pause' },
]

describe.skipIf(whyNoWorkers() !== null)('a network to Google that fails', () => {
  let field: Field
  let worker: Worker

  beforeAll(async () => {
    field = await startField()
    worker = await field.startWorker({ deadlineMs })
  }, 120_000)
  afterAll(() => field.stop())

  it('at the token endpoint, in each way: one request, an error in time, and nobody has to sign in', async () => {
    const askThrough = async (fault: NetworkFault, connectionId: string) => {
      const proxy = await startFaultProxy({ to: { host: '127.0.0.1', port: field.googlePort } })
      const one = await field.startWorker({ endpoints: field.endpointsThrough(proxy.port) })
      const aheadMs = field.aheadMs() + 2 * hour
      proxy.set(fault)
      const startedAt = performance.now()
      const refused = await one.token({ connectionId, aheadMs, callers: 10 })
      const took = performance.now() - startedAt
      const state = await field.connection(connectionId)
      proxy.heal()
      const [token = ''] = Object.keys(await one.token({ connectionId, aheadMs: aheadMs + hour }))
      await Promise.all([one.end(), proxy.stop()])
      return { fault: fault.kind, refused, inTime: took < tokenDeadlineMs + slackMs, state, recovered: token.startsWith('ya29.') }
    }
    const ids: string[] = []
    for (const { kind } of faults) ids.push(await field.connectMailbox(`${kind}@acme.test`))
    field.sandbox.clearRequests()
    // At once, because most of the time is spent waiting for the deadline.
    const outcomes = await Promise.all(faults.map((fault, at) => askThrough(fault, ids[at] ?? '')))
    expect(outcomes).toEqual(
      faults.map(({ kind }) => ({
        fault: kind,
        refused: { provider_unavailable: 10 },
        inTime: true,
        state: { status: 'connected', reason: null },
        recovered: true,
      })),
    )
    const tries = field.refreshesByToken()
    expect(Math.max(...[...tries.values()].map((requests) => requests.length))).toBeLessThanOrEqual(2)
  }, 60_000)

  it.each(faults)('$kind, while mail is looked for: given up in time, tried again later, nothing lost', async (fault) => {
    const address = `${fault.kind}-mail@acme.test`
    const connectionId = await field.connectMailbox(address)
    field.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject: `over ${fault.kind}`, text: 'x' })
    await field.sdk().gmail.sync({ principal, connectionId })
    field.network.google.set(fault)
    const startedAt = performance.now()
    await worker.sweep({ aheadMs: field.aheadMs() })
    expect(performance.now() - startedAt).toBeLessThan(2 * deadlineMs + slackMs)
    expect(await field.store.connections.findById(connectionId)).toMatchObject({ status: 'connected', reason: null, failures: 1 })
    expect(await field.store.tasks.get('acme', connectionId, 'sync')).toMatchObject({ attempts: 1 })
    expect(Object.values(await field.held())).toEqual([0, 0, 0])
    field.network.google.heal()
    await field.pass(hour / 10)
    await worker.sweep({ aheadMs: field.aheadMs() })
    expect(await field.told(`over ${fault.kind}`)).toEqual({ [`over ${fault.kind}`]: 1 })
    expect(await field.store.connections.findById(connectionId)).toMatchObject({ status: 'connected', failures: 0 })
  })
})
