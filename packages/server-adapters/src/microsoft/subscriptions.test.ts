import type { Fetch } from '@tenantry/sdk/ports'
import { describe, expect, it, vi } from 'vitest'
import { call, clock, createGraph, graph, json, mailbox, refusalOf, refuse, script } from './testing/script.ts'

describe('subscriptions', () => {
  const subscription = {
    id: 's1',
    resource: "/me/mailFolders('inbox')/messages",
    notificationUrl: 'https://app.example.com/api/email/webhooks/microsoft',
    expirationDateTime: '2026-01-02T00:00:00.9356913Z',
    clientState: 'EXAMPLE_state',
  }
  const { expirationDateTime: _, clientState: __, ...named } = subscription
  const known = { ...named, expiresAt: Date.UTC(2026, 0, 2) + 935 }

  it('name the mailbox as it is written, and the time that Graph gave', async () => {
    const { fetch, asked } = script(() => json(subscription, { status: 201 }))
    const wanted = {
      notificationUrl: subscription.notificationUrl,
      lifecycleUrl: 'https://app.example.com/l',
      clientState: 'EXAMPLE_state',
    }
    expect(await createGraph(fetch).createSubscription(call, { mailbox, ...wanted, expiresAt: clock.now() })).toEqual(known)
    expect(await asked[0]?.json()).toEqual({
      changeType: 'created',
      notificationUrl: wanted.notificationUrl,
      lifecycleNotificationUrl: wanted.lifecycleUrl,
      resource: "/users/o'brien@acme.test/mailFolders('inbox')/messages",
      expirationDateTime: '2026-01-01T00:00:00.000Z',
      clientState: 'EXAMPLE_state',
    })
  })

  it('are listed to the last page, and no further than Graph', async () => {
    const more = `${graph}/subscriptions?$skiptoken=a`
    const { fetch, asked } = script(
      () => json({ value: [subscription], '@odata.nextLink': more }),
      () => json({ value: [{ ...subscription, id: 's2' }] }),
    )
    expect(await createGraph(fetch).listSubscriptions(call)).toEqual([known, { ...known, id: 's2' }])
    expect(asked.map(({ url }) => url)).toEqual([`${graph}/subscriptions`, more])
    const foreign = createGraph(async () => json({ value: [], '@odata.nextLink': 'https://evil.test/v1.0/subscriptions?$skiptoken=a' }))
    expect(await refusalOf(foreign.listSubscriptions(call))).toMatchObject({ httpStatus: 200, reason: 'foreign_link' })
  })

  it('are not listed for ever', async () => {
    const fetch = vi.fn<Fetch>(async () => json({ value: [], '@odata.nextLink': `${graph}/subscriptions?$skiptoken=a` }))
    expect(await refusalOf(createGraph(fetch).listSubscriptions(call))).toMatchObject({ reason: 'unexpected_answer' })
    expect(fetch.mock.calls.length).toBeLessThan(1000)
  })

  it('that are there already or gone are refused with their status', async () => {
    const wanted = { mailbox, notificationUrl: 'https://a', lifecycleUrl: 'https://b', clientState: 'c', expiresAt: 0 }
    expect(await refusalOf(createGraph(refuse(409, 'Conflict')).createSubscription(call, wanted))).toMatchObject({ httpStatus: 409 })
    const renewed = createGraph(refuse(404, 'ResourceNotFound')).renewSubscription(call, { id: 's1', expiresAt: 0 })
    expect(await refusalOf(renewed)).toMatchObject({ httpStatus: 404, reason: 'ResourceNotFound' })
  })
})
