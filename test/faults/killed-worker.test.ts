import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import { longestLeaseMs, principal, startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Worker } from './processes/start-worker.ts'

const address = 'support@acme.test'

const points: Death[] = [
  { step: 'syncStates.acquire', when: 'after' },
  { step: 'transaction.outbox.insert', when: 'after' },
  { step: 'outbox.takeToFetch', when: 'after' },
  { step: 'request messages/:id', when: 'after' },
  { step: 'transaction.contents.put', when: 'after' },
  { step: 'transaction.outbox.settle', when: 'before' },
  { step: 'transaction.outbox.settle', when: 'after' },
  { step: 'outbox.fail', when: 'after' },
  { step: 'contents.get', when: 'after' },
  { step: 'transaction.outbox.complete', when: 'after' },
  { step: 'transaction.end', when: 'before' },
  { step: 'transaction.committed', when: 'before' },
  { step: 'tasks.finish', when: 'before' },
]

describe.skipIf(whyNoWorkers() !== null)('K9 of a real worker on PostgreSQL', () => {
  let field: Field
  let connectionId: string
  let second: Worker

  beforeAll(async () => {
    field = await startField()
    connectionId = await field.connectMailbox(address)
    second = await field.startWorker()
  }, 120_000)
  afterAll(() => field.stop())

  it.each(points)('killed $when $step: every mail arrives, once', async (death) => {
    const mails = [1, 2, 3].map((at) => `${String(death.step)} ${death.when} ${at}`)
    for (const subject of mails) field.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
    await field.sdk().gmail.sync({ principal, connectionId })
    const first = await field.startWorker()
    await expect(first.sweep({ aheadMs: field.aheadMs(), death })).rejects.toThrow('SIGKILL')
    await field.pass(longestLeaseMs)
    await second.sweep({ aheadMs: field.aheadMs() })
    expect(await field.told(`${String(death.step)} ${death.when}`)).toEqual(Object.fromEntries(mails.map((subject) => [subject, 1])))
  })
})
