import { describe, expect, it } from 'vitest'
import { createMicrosoftWorld } from '../../../../test/journeys/create-microsoft-world.ts'
import type { MicrosoftWorld } from '../../../../test/journeys/create-microsoft-world.ts'
import { mailPresets } from '../model/index.ts'
import { changesForMicrosoft, complete, createMicrosoftApp, setUpMicrosoft, testPrincipal as principal } from '../testing/index.ts'
import type { MicrosoftSetup } from '../testing/index.ts'

const replace = (value: string) => ({ action: 'replace' as const, value })

/** A tenant whose app reads and answers for sales@acme.test, signed in to by dana. */
async function connectedWorld(): Promise<{ world: MicrosoftWorld; setup: MicrosoftSetup; connectionId: string }> {
  const world = createMicrosoftWorld()
  const { microsoft } = world.sandbox
  const { directoryId } = microsoft.createDirectory({ domain: 'acme.test' })
  microsoft.createUser({ address: 'dana@acme.test' })
  microsoft.createSharedMailbox({ address: 'sales@acme.test', members: ['dana@acme.test'] })
  const setup = await setUpMicrosoft(world, { directoryId })
  const connectionId = await connect(world)
  return { world, setup, connectionId }
}

async function connect(world: MicrosoftWorld): Promise<string> {
  const settings = { name: 'Sales', mailbox: 'sales@acme.test', send: 'graph', receive: 'delta' } as const
  const begun = await world.sdk.sharedMailbox.connect({ principal, settings, returnTo: '/' })
  const granted = world.sandbox.microsoft.grantConsent({ authorizationUrl: begun.authorizationUrl, address: 'dana@acme.test' })
  expect(await complete(world, begun, granted.redirectTo)).toMatchObject({ outcome: 'connected', code: null })
  await world.settle()
  return begun.connectionId
}

const healthOf = async (world: MicrosoftWorld, connectionId: string) =>
  (await world.sdk.connections.get({ principal, connectionId })).health

describe('an Entra app with connections', () => {
  it('has proven its redirect URI and its consent', async () => {
    const { world, connectionId } = await connectedWorld()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
    expect((await world.sdk.microsoft.status({ principal })).connections).toBe(1)
    const { checks } = await world.sdk.microsoft.test({ principal, checks: ['redirect_uris', 'admin_consent'] })
    expect(checks).toMatchObject([
      { id: 'redirect_uris', status: 'pass', facts: { redirectProven: true } },
      { id: 'admin_consent', status: 'pass', facts: { consentProven: true } },
    ])
  })

  it('keeps them through another secret, also when the old one is gone', async () => {
    const { world, setup, connectionId } = await connectedWorld()
    const { clientSecret } = world.sandbox.microsoft.addSecret(setup.clientId)
    world.sandbox.microsoft.removeSecret(setup.clientId, setup.secretId)
    await world.sdk.microsoft.save({ principal, changes: { clientSecret: replace(clientSecret) } })
    await world.sandbox.clock.advance(3 * 60 * 60_000)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('asks them to reconnect when it is another app, and takes them back when the first returns', async () => {
    const { world, setup, connectionId } = await connectedWorld()
    const other = createMicrosoftApp(world, { directoryId: setup.directoryId })
    await world.sdk.microsoft.save({ principal, changes: changesForMicrosoft(other) })
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'app_changed' })
    await world.sdk.microsoft.save({ principal, changes: changesForMicrosoft(setup) })
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('asks them to reconnect when it is in another directory', async () => {
    const { world, connectionId } = await connectedWorld()
    await world.sdk.microsoft.save({ principal, changes: { directoryId: replace('f47ac10b-58cc-4372-a567-0e02b2c3d479') } })
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'app_changed' })
  })

  it('blocks them all when its secret ends, and lets them go on with a new one', async () => {
    const { world, setup, connectionId } = await connectedWorld()
    world.sandbox.microsoft.removeSecret(setup.clientId, setup.secretId)
    await world.sandbox.clock.advance(3 * 60 * 60_000)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'blocked_by_app', reason: 'app_secret_invalid' })
    const { clientSecret } = world.sandbox.microsoft.addSecret(setup.clientId)
    await world.sdk.microsoft.save({ principal, changes: { clientSecret: replace(clientSecret) } })
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('says that an administrator has to approve it, when that is what they wait for', async () => {
    const { world, setup, connectionId } = await connectedWorld()
    world.sandbox.microsoft.revokeGrant('dana@acme.test', setup.clientId)
    await world.sandbox.clock.advance(3 * 60 * 60_000)
    for (let round = 0; round < 4; round += 1) {
      await world.settle()
      await world.sandbox.clock.advance(60_000)
    }
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'consent_required' })
    const { checks } = await world.sdk.microsoft.test({ principal, checks: ['admin_consent'] })
    expect(checks).toMatchObject([{ id: 'admin_consent', status: 'fail', code: 'consent_required' }])
  })

  it('keeps them waiting while its secret is taken away, and lets them go on with another', async () => {
    const { world, setup, connectionId } = await connectedWorld()
    await world.sdk.microsoft.save({ principal, changes: { clientSecret: { action: 'remove' } } })
    await world.sandbox.clock.advance(3 * 60 * 60_000)
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({
      status: 'not_configured',
      reason: 'microsoft_not_configured',
      values: { missing: 'clientSecret' },
    })
    await world.sdk.microsoft.save({ principal, changes: { clientSecret: replace(setup.clientSecret) } })
    await world.settle()
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('acts for itself once an administrator approved it, and for nobody without', async () => {
    const { world, setup } = await connectedWorld()
    world.sandbox.microsoft.createSharedMailbox({ address: 'billing@acme.test' })
    const settings = { name: 'Billing', mailbox: 'billing@acme.test', send: 'graph', receive: 'webhook' } as const
    const refused = await world.sdk.sharedMailbox.connect({ principal, settings, returnTo: '/' })
    expect(new URL(refused.authorizationUrl).pathname).toContain(`/${setup.directoryId}/v2.0/adminconsent`)
    const denied = world.sandbox.microsoft.denyAdminConsent({ adminConsentUrl: refused.authorizationUrl })
    expect(await complete(world, refused, denied.redirectTo)).toMatchObject({ outcome: 'failed', code: 'consent_declined' })

    const begun = await world.sdk.sharedMailbox.connect({ principal, settings, returnTo: '/' })
    const granted = world.sandbox.microsoft.grantAdminConsent({ adminConsentUrl: begun.authorizationUrl })
    expect(await complete(world, begun, granted.redirectTo)).toMatchObject({ outcome: 'connected', code: null })
    const connection = await world.store.connections.get('acme', begun.connectionId)
    expect(connection?.account).toEqual({
      subject: `${setup.directoryId}/${setup.clientId}`,
      address: `${setup.clientId}@${setup.directoryId}`,
    })
    await world.settle()
    expect(await healthOf(world, begun.connectionId)).toMatchObject({ status: 'connected' })
  })

  it.each(['graph', 'imap_smtp', 'imap_relay'] as const)(
    'lets people of a strict organization in by its approval link: %s',
    async (preset) => {
      const { world, setup } = await connectedWorld()
      const { microsoft } = world.sandbox
      microsoft.createUser({ address: 'erin@acme.test' })
      microsoft.createSharedMailbox({ address: 'billing@acme.test', members: ['erin@acme.test'] })
      microsoft.setUserConsent(setup.directoryId, 'admin_only')
      const settings = { name: 'Billing', mailbox: 'billing@acme.test', ...mailPresets[preset] }
      const signIn = async () => {
        const begun = await world.sdk.sharedMailbox.connect({ principal, settings, returnTo: '/' })
        const granted = microsoft.grantConsent({ authorizationUrl: begun.authorizationUrl, address: 'erin@acme.test' })
        return complete(world, begun, granted.redirectTo)
      }
      expect(await signIn()).toMatchObject({ outcome: 'failed', code: 'admin_consent_required' })
      const { adminConsentUrl } = await world.sdk.microsoft.status({ principal })
      microsoft.grantAdminConsent({ adminConsentUrl: adminConsentUrl ?? '' })
      expect(await signIn()).toMatchObject({ outcome: 'connected', code: null })
    },
  )

  it('takes the approval of no other directory', async () => {
    const { world } = await connectedWorld()
    const settings = { name: 'Billing', mailbox: 'billing@acme.test', send: 'graph', receive: 'webhook' } as const
    const begun = await world.sdk.sharedMailbox.connect({ principal, settings, returnTo: '/' })
    const granted = world.sandbox.microsoft.grantAdminConsent({ adminConsentUrl: begun.authorizationUrl })
    const forged = granted.redirectTo.replace(/tenant=[^&]+/, 'tenant=f47ac10b-58cc-4372-a567-0e02b2c3d479')
    expect(forged).not.toBe(granted.redirectTo)
    expect(await complete(world, begun, forged)).toMatchObject({ outcome: 'failed', code: 'state_invalid' })
  })

  it('ends them when it is reset, and says so in its own status alone', async () => {
    const { world, connectionId } = await connectedWorld()
    expect(await world.sdk.microsoft.reset({ principal, credentials: 'delete' })).toMatchObject({
      disconnected: 1,
      remotePending: [],
      status: { state: 'missing', connections: 0 },
    })
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'disconnected', reason: 'microsoft_reset' })
    expect((await world.sdk.google.status({ principal })).goodbye).toBeNull()
  })
})
