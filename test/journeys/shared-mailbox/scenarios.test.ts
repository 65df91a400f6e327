import { describe, expect, it } from 'vitest'
import { callsTo, connectMailbox, createOffice, delegate, healthOf, mailbox, principal, received, wait } from './create-office.ts'
import type { Office } from './create-office.ts'

const minute = 60_000
const hour = 60 * minute
const webhook = { send: 'graph', receive: 'webhook' } as const

const deliver = ({ sandbox }: Office, subject: string) =>
  sandbox.microsoft.deliverMail(mailbox, { from: 'ann@example.com', subject, text: 'Hello.' })

const subjects = (office: Office) => received(office).map(({ subject }) => subject)

describe('a shared mailbox by Graph', () => {
  it('M1: of a person is polled, which is healthy, and no subscription is ever made', async () => {
    const office = await createOffice()
    const { connectionId, code } = await connectMailbox(office)
    expect(code).toBeNull()
    deliver(office, 'Offer')
    await wait(office, minute)
    expect(subjects(office)).toEqual(['Offer'])
    await wait(office, 24 * hour)
    expect(callsTo(office, 'graph.subscriptions.create')).toEqual([])
    expect(await healthOf(office, connectionId)).toMatchObject({
      status: 'connected',
      delivery: 'polling',
      deliveryReason: 'shared_mailbox_polled',
    })
  })

  it('M2: that the person cannot open keeps the sign-in, says what is missing, and works once it is given', async () => {
    const office = await createOffice()
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    const { connectionId, code } = await connectMailbox(office)
    expect(code).toBeNull()
    expect(await office.store.tokens.get('acme', connectionId)).not.toBeNull()
    const values = { account: delegate, mailbox }
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'error', reason: 'mailbox_access_denied', values })
    deliver(office, 'Early')
    await wait(office, 20 * minute)
    expect(office.sandbox.requests.filter(({ url }) => /\/users\/[^/]+(\?|$)/.test(url))).toEqual([])
    office.sandbox.microsoft.grantAccess({ mailbox, to: delegate, fullAccess: true })
    deliver(office, 'Offer')
    await wait(office, 20 * minute)
    await wait(office, minute)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
    // Also what came before, since the person signed in.
    expect(subjects(office)).toEqual(['Early', 'Offer'])
  })

  it('that can be opened by now is connected at once when somebody asks for it', async () => {
    const office = await createOffice()
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    const { connectionId } = await connectMailbox(office)
    await wait(office, 10 * minute)
    office.sandbox.microsoft.grantAccess({ mailbox, to: delegate, fullAccess: true })
    await office.sdk.connections.sync({ principal, connectionId })
    await office.settle()
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('can be connected after a sign-in that nobody finished, and once', async () => {
    const office = await createOffice()
    await office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox } })
    expect(await connectMailbox(office)).toMatchObject({ code: null })
    await expect(connectMailbox(office)).rejects.toMatchObject({ code: 'connection_exists' })
  })

  it('M3: that is the person’s own is read as such', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office, { settings: { mailbox: delegate } })
    office.sandbox.microsoft.deliverMail(delegate, { from: 'ann@example.com', subject: 'Own', text: 'Hello.' })
    await wait(office, minute)
    await office.sdk.sharedMailbox.send({ connectionId, message: { to: ['ann@example.com'], subject: 'Re: Own', text: 'Yes.' } })
    expect(subjects(office)).toEqual(['Own'])
    const graph = office.sandbox.requests.filter(({ operation }) => operation.startsWith('graph.'))
    expect(graph.length).toBeGreaterThan(3)
    expect(graph.filter(({ url }) => !url.includes('/v1.0/me'))).toEqual([])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', deliveryReason: null })
  })

  it('M4: takes no notification without the state that its subscription was made with', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office, { settings: webhook })
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    const [subscription] = office.sandbox.microsoft.subscriptions()
    const post = (value: object) =>
      office.receivePush(
        new Request('https://app.example.com/api/email/webhooks/microsoft', { method: 'POST', body: JSON.stringify({ value: [value] }) }),
      )
    const item = { subscriptionId: subscription?.id, changeType: 'created', resourceData: { id: 'x' } }
    expect((await post(item)).status).toBe(401)
    expect((await post({ ...item, clientState: null })).status).toBe(401)
    expect((await post({ ...item, clientState: 'wrong' })).status).toBe(401)
    expect((await post({ ...item, clientState: subscription?.clientState })).status).toBe(204)
    const rows = await office.store.subscriptions.list('acme', connectionId)
    for (const row of rows) await office.store.subscriptions.put({ ...row, tokenHash: null })
    expect((await post({ ...item, clientState: subscription?.clientState })).status).toBe(401)
  })

  it('M5: whose notifications miss mail three times is polled, and gets another chance after a day', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office, { settings: webhook })
    deliver(office, 'pushed')
    await wait(office, 1)
    expect(subjects(office)).toEqual(['pushed'])
    await wait(office, hour)
    const silence = office.sandbox.faults.add({ delivery: 'graph', kind: 'drop' })
    for (const subject of ['a', 'b', 'c']) {
      deliver(office, subject)
      await wait(office, 20 * minute)
    }
    expect(subjects(office)).toEqual(['pushed', 'a', 'b', 'c'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'degraded', delivery: 'polling', deliveryReason: 'push_silent' })
    deliver(office, 'd')
    await wait(office, 2 * minute)
    expect(subjects(office)).toContain('d')
    const before = office.sandbox.microsoft.subscriptions().map(({ id }) => id)
    silence.remove()
    for (let hours = 0; hours < 25; hours += 1) await wait(office, hour)
    expect(office.sandbox.microsoft.subscriptions().map(({ id }) => id)).not.toEqual(before)
    deliver(office, 'e')
    await wait(office, 5 * minute)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
  })

  it('of the app is told of mail, renews for weeks, and survives what Graph takes away', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office, { settings: webhook })
    const { microsoft } = office.sandbox
    const only = () => microsoft.subscriptions().map(({ id }) => id)
    const [first = ''] = only()
    for (let day = 0; day < 21; day += 1) await wait(office, 24 * hour)
    expect(only()).toEqual([first])
    microsoft.removeSubscription(first)
    await wait(office, minute)
    const [second = ''] = only()
    expect(second).not.toBe(first)
    microsoft.requireReauthorization(second)
    await wait(office, minute)
    deliver(office, 'after')
    await wait(office, 1)
    expect(subjects(office)).toEqual(['after'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    await office.sdk.sharedMailbox.disconnect({ principal, connectionId })
    await office.settle()
    expect(only()).toEqual([])
  })

  it('whose delta link is too old is searched by time, and the host is told of the gap', async () => {
    const office = await createOffice()
    await connectMailbox(office)
    deliver(office, 'a')
    await wait(office, minute)
    deliver(office, 'b')
    office.sandbox.microsoft.expireDeltaLinks(mailbox)
    await wait(office, 2 * minute)
    expect(subjects(office)).toEqual(['a', 'b'])
    expect(office.events.filter(({ type }) => type === 'connection.gap_recovered')).toMatchObject([{ count: 1 }])
  })
})
