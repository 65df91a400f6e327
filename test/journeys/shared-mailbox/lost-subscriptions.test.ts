import { describe, expect, it } from 'vitest'
import { callsTo, connectMailbox, createOffice, healthOf, mailbox, principal, received, wait } from './create-office.ts'
import type { Office } from './create-office.ts'

const minute = 60_000
const webhook = { send: 'graph', receive: 'webhook' } as const
const ids = ({ sandbox }: Office) => sandbox.microsoft.subscriptions().map(({ id }) => id)

/** Mail that arrives is told of in the same moment, because the subscription that is left is believed. */
async function expectPush(office: Office, connectionId: string): Promise<void> {
  expect(ids(office)).toHaveLength(1)
  office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@example.com', subject: 'Pushed', text: 'Hello.' })
  await wait(office, 1)
  expect(received(office).map(({ subject }) => subject)).toEqual(['Pushed'])
  expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
}

describe('a subscription of ours that Graph made', () => {
  it('and whose answer was lost stands in the way of the next one (409), and is adopted', async () => {
    const office = await createOffice()
    office.sandbox.faults.add({ operation: 'graph.subscriptions.create', kind: 'lose-response', times: 1 })
    const { connectionId } = await connectMailbox(office, { settings: webhook })
    const made = ids(office)
    expect(made).toHaveLength(1)
    await wait(office, 20 * minute)
    expect(ids(office)).toEqual(made)
    expect(callsTo(office, 'graph.subscriptions.delete')).toEqual([])
    expect(callsTo(office, 'graph.subscriptions.renew')).toHaveLength(1)
    await expectPush(office, connectionId)
  })

  it('and that no row knows, as in a store that was set back, is ended and replaced', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office, { settings: webhook })
    const made = ids(office)
    for (const { tenantId, id } of await office.store.subscriptions.list('acme', connectionId))
      await office.store.subscriptions.remove(tenantId, id)
    await office.sdk.sharedMailbox.repair({ principal, connectionId })
    await office.settle()
    expect(ids(office)).not.toEqual(made)
    await expectPush(office, connectionId)
  })
})
