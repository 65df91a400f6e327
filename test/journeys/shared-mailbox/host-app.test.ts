import type { Sandbox } from '@tenantry/sandbox'
import type { HostApp } from '@tenantry/sdk'
import { Secret } from '@tenantry/sdk/model'
import { describe, expect, it } from 'vitest'
import { complete } from '@tenantry/sdk/testing'
import {
  callsTo,
  connectMailbox,
  consentAt,
  createOffice,
  delegate,
  healthOf,
  mailbox,
  principal,
  received,
  wait,
} from './create-office.ts'
import type { Office } from './create-office.ts'

const minute = 60_000
const hour = 60 * minute
const onHostApp = { app: 'host' } as const

/** An app that people of any organization may sign in with, of the product's own directory. */
function registerHostApp({ microsoft }: Sandbox): HostApp {
  const { directoryId } = microsoft.createDirectory({ domain: 'product.test' })
  const redirectUris = ['https://app.example.com/api/auth/microsoft/callback']
  const { clientId, clientSecret } = microsoft.registerApp({ directoryId, name: 'Helpdesk', redirectUris, multiTenant: true })
  return { clientId, clientSecret: new Secret(clientSecret) }
}

/** An office that may choose, and the client id of the host's app. */
async function createChoosingOffice(): Promise<{ office: Office; host: string }> {
  let host = ''
  const office = await createOffice({
    hostApp: (sandbox) => {
      const app = registerHostApp(sandbox)
      host = app.clientId
      return app
    },
  })
  return { office, host }
}

/** The client ids that asked for tokens since. */
const clientsOf = (office: Office): string[] => [
  ...new Set(callsTo(office, 'entra.token').map(({ body }) => new URLSearchParams(body).get('client_id') ?? '')),
]

const begin = (office: Office, settings: object) =>
  office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox, ...settings } })

describe('an app of the host’s', () => {
  it('serves a connection that names it, all the way, and the tenant needs none of its own', async () => {
    const { office, host } = await createChoosingOffice()
    await office.sdk.microsoft.reset({ principal, credentials: 'delete' })
    await expect(begin(office, {})).rejects.toMatchObject({ code: 'microsoft_not_configured' })
    const { authorizationUrl } = await begin(office, onHostApp)
    expect(authorizationUrl).toContain('/organizations/oauth2/v2.0/authorize')
    expect(new URL(authorizationUrl).searchParams.get('client_id')).toBe(host)
    const { connectionId } = await connectMailbox(office, { settings: { ...onHostApp, mailbox } })
    office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@example.com', subject: 'Offer', text: 'Hello.' })
    await wait(office, 2 * hour)
    await office.sdk.sharedMailbox.send({ connectionId, message: { to: ['ann@example.com'], subject: 'Re: Offer', text: 'Yes.' } })
    expect(received(office).map(({ subject }) => subject)).toEqual(['Offer'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
    expect(clientsOf(office)).toEqual([host])
  })

  it('never stands in for the tenant’s own, nor the other way round', async () => {
    const { office, host } = await createChoosingOffice()
    const { connectionId } = await connectMailbox(office)
    expect(clientsOf(office)).toEqual([office.app.clientId])
    office.sandbox.clearRequests()
    office.sandbox.microsoft.removeSecret(office.app.clientId, office.app.secretId)
    await wait(office, 2 * hour)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'blocked_by_app' })
    expect(clientsOf(office)).not.toContain(host)
  })

  it('goes on while the tenant’s own app is broken, replaced or forgotten', async () => {
    const { office, host } = await createChoosingOffice()
    const other = 'support@acme.test'
    office.sandbox.microsoft.createSharedMailbox({ address: other, name: 'Support', members: [delegate] })
    const own = await connectMailbox(office, { settings: { mailbox: other } })
    const { connectionId } = await connectMailbox(office, { settings: onHostApp })
    office.sandbox.microsoft.removeSecret(office.app.clientId, office.app.secretId)
    await wait(office, 2 * hour)
    expect(await healthOf(office, own.connectionId)).toMatchObject({ status: 'blocked_by_app' })
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
    const replaced = office.sandbox.microsoft.registerApp({ directoryId: office.app.directoryId })
    await office.sdk.microsoft.save({
      principal,
      changes: {
        clientId: { action: 'replace', value: replaced.clientId },
        clientSecret: { action: 'replace', value: replaced.clientSecret },
      },
    })
    expect(await healthOf(office, own.connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'app_changed' })
    expect(await office.sdk.microsoft.reset({ principal, credentials: 'delete' })).toMatchObject({ disconnected: 1 })
    office.sandbox.clearRequests()
    await wait(office, 2 * hour)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
    expect(clientsOf(office)).toEqual([host])
  })

  it('is left for the tenant’s own by a sign-in, and by nothing less', async () => {
    const { office, host } = await createChoosingOffice()
    const { connectionId } = await connectMailbox(office, { settings: onHostApp })
    const own = { app: 'own' } as const
    await expect(office.sdk.sharedMailbox.update({ principal, connectionId, changes: { settings: own } })).rejects.toMatchObject({
      code: 'switch_needs_sign_in',
    })
    const begun = await office.sdk.sharedMailbox.reconnect({ principal, connectionId, settings: own })
    expect(new URL(begun.authorizationUrl).searchParams.get('client_id')).toBe(office.app.clientId)
    await wait(office, 2 * minute)
    expect(clientsOf(office)).toEqual([host])
    expect(await complete(office, begun, consentAt(office, begun.authorizationUrl, delegate))).toMatchObject({ code: null })
    office.sandbox.clearRequests()
    await wait(office, 2 * hour)
    expect(clientsOf(office)).toEqual([office.app.clientId])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
  })

  it('shares no sign-in with the tenant’s own, though the same person made both', async () => {
    const { office, host } = await createChoosingOffice()
    const other = 'support@acme.test'
    office.sandbox.microsoft.createSharedMailbox({ address: other, name: 'Support', members: [delegate] })
    const own = await connectMailbox(office, { settings: { mailbox: other } })
    const { connectionId } = await connectMailbox(office, { settings: onHostApp })
    const begun = await office.sdk.sharedMailbox.reconnect({ principal, connectionId: own.connectionId })
    expect(await complete(office, begun, consentAt(office, begun.authorizationUrl, delegate))).toMatchObject({ code: null })
    office.sandbox.clearRequests()
    await wait(office, 2 * hour)
    expect([...clientsOf(office)].toSorted()).toEqual([host, office.app.clientId].toSorted())
    for (const id of [own.connectionId, connectionId]) expect(await healthOf(office, id)).toMatchObject({ status: 'connected' })
    expect(callsTo(office, 'entra.token').filter(({ status }) => status !== 200)).toEqual([])
    const another = { principal, connectionId, settings: { name: 'Third', mailbox: 'third@acme.test', app: 'own' } }
    await expect(office.sdk.connections.connectAnother(another)).rejects.toMatchObject({ code: 'switch_needs_sign_in' })
  })

  it('opens no mailbox of another directory than the one of who signs in', async () => {
    const { office } = await createChoosingOffice()
    const { directoryId } = office.sandbox.microsoft.createDirectory({ domain: 'other.test' })
    office.sandbox.microsoft.createUser({ address: 'eve@other.test', name: 'Eve' })
    expect(directoryId).not.toBe(office.app.directoryId)
    const { connectionId } = await connectMailbox(office, { settings: onHostApp, address: 'eve@other.test' })
    office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@example.com', subject: 'Offer', text: 'Hello.' })
    await wait(office, hour)
    expect(await healthOf(office, connectionId)).not.toMatchObject({ status: 'connected' })
    expect(received(office)).toEqual([])
  })

  it('shows where an administrator approves it, and that there is none where there is none', async () => {
    const { office, host } = await createChoosingOffice()
    const { hostApp } = await office.sdk.microsoft.status({ principal })
    expect(hostApp?.adminConsentUrl).toContain('/organizations/v2.0/adminconsent')
    expect(new URL(hostApp?.adminConsentUrl ?? '').searchParams.get('client_id')).toBe(host)
    const without = await createOffice()
    expect(await without.sdk.microsoft.status({ principal })).toMatchObject({ hostApp: null })
    await expect(begin(without, onHostApp)).rejects.toMatchObject({ code: 'host_app_missing', field: 'app' })
  })

  it('never acts for itself: who approved it for which directory cannot be proven', async () => {
    const { office } = await createChoosingOffice()
    const settings = { ...onHostApp, send: 'graph', receive: 'webhook' }
    await expect(begin(office, settings)).rejects.toMatchObject({ code: 'host_app_not_for_webhook', field: 'app' })
    const { connectionId } = await connectMailbox(office, { settings: onHostApp })
    await expect(office.sdk.sharedMailbox.reconnect({ principal, connectionId, settings: { receive: 'webhook' } })).rejects.toMatchObject({
      code: 'host_app_not_for_webhook',
    })
  })
})
