import { describe, expect, it } from 'vitest'
import { createMicrosoftWorld } from '../../../../test/journeys/create-microsoft-world.ts'
import type { MicrosoftWorld } from '../../../../test/journeys/create-microsoft-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { changesForMicrosoft, createMicrosoftApp, setUpMicrosoft, testPrincipal as principal } from '../testing/index.ts'

const replace = (value: string) => ({ action: 'replace' as const, value })
const guid = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const minute = 60_000
const day = 24 * 60 * minute

const status = (world: MicrosoftWorld) => world.sdk.microsoft.status({ principal })
const save = (world: MicrosoftWorld, changes: Parameters<MicrosoftWorld['sdk']['microsoft']['save']>[0]['changes']) =>
  world.sdk.microsoft.save({ principal, changes })

describe('the status of the Entra app', () => {
  it('says what is missing, where to register, and what is offered', async () => {
    const world = createMicrosoftWorld()
    expect(await status(world)).toMatchObject({
      state: 'missing',
      version: null,
      cloud: 'global',
      directoryId: null,
      maskedClientId: null,
      missing: ['directoryId', 'clientId', 'clientSecret'],
      redirectUri: 'https://app.example.com/api/auth/microsoft/callback',
      adminConsentUrl: null,
      relayName: 'LeadMail',
      connections: 0,
      goodbye: null,
      pushPossible: true,
      permissions: { save: true, test: true, reset: true },
    })
    const { offers } = await status(world)
    expect(offers.map(({ send, receive, preset, grant }) => [send, receive, preset, grant])).toEqual([
      ['graph', 'delta', 'graph', 'delegated'],
      ['smtp', 'imap', 'imap_smtp', 'delegated'],
      ['relay', 'imap', 'imap_relay', 'delegated'],
      ['graph', 'webhook', null, 'app'],
      ['graph', 'imap', null, 'delegated'],
    ])
    expect(offers[0]?.permissions.map(({ name }) => name)).toEqual([
      'Mail.ReadWrite.Shared',
      'User.Read',
      'Mail.Send.Shared',
      'openid',
      'profile',
      'email',
      'offline_access',
    ])
    expect(offers[3]?.permissions.map(({ name }) => name)).toEqual(['Mail.ReadWrite', 'Mail.Send'])
    expect(offers.map(({ oversizePermissions }) => oversizePermissions?.map(({ name }) => name) ?? null)).toEqual([
      ['SMTP.Send'],
      null,
      null,
      null,
      ['SMTP.Send'],
    ])
  })

  it('shows what was saved without any of the secret, and where an administrator approves', async () => {
    const world = createMicrosoftWorld()
    const setup = await setUpMicrosoft(world)
    const shown = await status(world)
    expect(shown).toMatchObject({
      state: 'configured',
      directoryId: setup.directoryId,
      maskedClientId: `${setup.clientId.slice(0, 8)}-…${setup.clientId.slice(-4)}`,
      missing: [],
      secretExpiresOn: setup.secretExpiresOn,
    })
    expect(shown.secretDaysLeft).toBe(Math.round((Date.parse(setup.secretExpiresOn) - Date.UTC(2026, 10, 21)) / day))
    expect(shown.fields.clientSecret).toMatchObject({ set: true, updatedBy: 'Dana' })
    expect(JSON.stringify(shown)).not.toContain(setup.clientSecret)
    expect(JSON.stringify(shown)).not.toContain(setup.clientSecret.slice(-4))
    const approved = world.sandbox.microsoft.grantAdminConsent({ adminConsentUrl: shown.adminConsentUrl ?? '' })
    expect(approved.redirectTo).toContain('admin_consent=True')
  })

  it('is for those whom the host lets', async () => {
    const world = createMicrosoftWorld({ authorize: ({ action }) => action === 'microsoft.read' })
    expect((await status(world)).permissions).toEqual({ save: false, test: false, reset: false })
    const { microsoft } = world.sdk
    expect(await codeOf(microsoft.save({ principal, changes: {} }))).toBe('forbidden')
    expect(await codeOf(microsoft.test({ principal }))).toBe('forbidden')
    expect(await codeOf(microsoft.reset({ principal }))).toBe('forbidden')
    expect((await microsoft.setupScript({ principal })).script).toContain('az ad app')
    const closed = createMicrosoftWorld({ authorize: () => false })
    expect(await codeOf(closed.sdk.microsoft.status({ principal }))).toBe('forbidden')
    expect(await codeOf(closed.sdk.microsoft.setupScript({ principal }))).toBe('forbidden')
  })
})

describe('saving the Entra app', () => {
  it('names every wrong field at once, and saves none', async () => {
    const world = createMicrosoftWorld()
    const wrong = { directoryId: replace('evil.com/'), clientId: replace('no'), clientSecret: replace(guid), secretExpiresOn: 'soon' }
    const failure: unknown = await save(world, wrong).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'invalid_input',
      fields: [
        { field: 'clientId', code: 'entra_client_id_invalid' },
        { field: 'clientSecret', code: 'client_secret_is_secret_id' },
        { field: 'directoryId', code: 'directory_id_invalid' },
        { field: 'secretExpiresOn', code: 'secret_expiry_invalid' },
      ],
    })
    expect((await status(world)).state).toBe('missing')
  })

  it('knows swapped fields', async () => {
    const world = createMicrosoftWorld()
    const swapped = { clientId: replace('abc8Q~EXAMPLE_abcdefghijklmnopqrst'), clientSecret: replace(guid) }
    await expect(save(world, swapped)).rejects.toMatchObject({
      fields: [
        { field: 'clientId', code: 'client_id_is_secret' },
        { field: 'clientSecret', code: 'client_secret_is_client_id' },
      ],
    })
  })

  it('keeps what is not named, forgets the end of a secret with the secret, and clears what is removed', async () => {
    const world = createMicrosoftWorld()
    const setup = await setUpMicrosoft(world)
    const first = await status(world)
    expect(await save(world, { cloud: 'us_gov_high', clientId: { action: 'keep' } })).toMatchObject({
      cloud: 'us_gov_high',
      maskedClientId: first.maskedClientId,
      secretExpiresOn: setup.secretExpiresOn,
      fields: { clientSecret: first.fields.clientSecret },
    })
    expect(await save(world, { clientSecret: replace('EXAMPLE_another_secret') })).toMatchObject({
      state: 'configured',
      secretExpiresOn: null,
    })
    expect(await save(world, { secretExpiresOn: '2027-05-01' })).toMatchObject({ secretExpiresOn: '2027-05-01' })
    expect(await save(world, { secretExpiresOn: null })).toMatchObject({ secretExpiresOn: null, secretDaysLeft: null })
    expect(await save(world, { clientSecret: { action: 'remove' } })).toMatchObject({ state: 'partial', missing: ['clientSecret'] })
  })

  it('lets the second of two administrators know', async () => {
    const world = createMicrosoftWorld()
    const { version } = await status(world)
    const [one, two] = [{ directoryId: replace('acme.test') }, { directoryId: replace('other.test') }]
    await save(world, { ...one, ifVersion: version })
    expect(await codeOf(save(world, { ...two, ifVersion: version }))).toBe('conflict')
    const both = await Promise.allSettled([save(world, one), save(world, two)])
    expect(both.filter((outcome) => outcome.status === 'fulfilled').length).toBeGreaterThan(0)
    expect(await codeOf(save(world, { surprise: true } as never))).toBe('invalid_input')
  })

  it('writes down who did it', async () => {
    const world = createMicrosoftWorld()
    await setUpMicrosoft(world)
    expect(await world.store.audit.list('acme', 0, 100)).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'app.saved', subject: 'app:microsoft', actor: 'user:dana' })]),
    )
  })
})

describe('the checks of the Entra app', () => {
  const check = async (
    world: MicrosoftWorld,
    id: 'base_url' | 'clock' | 'client_pair' | 'secret_expiry' | 'redirect_uris' | 'admin_consent',
  ) => (await world.sdk.microsoft.test({ principal, checks: [id] })).checks[0]

  it('pass for an app that works, as far as it can be known before anyone signs in', async () => {
    const world = createMicrosoftWorld()
    await setUpMicrosoft(world)
    const { checks } = await world.sdk.microsoft.test({ principal })
    expect(checks.map(({ id, status: outcome }) => [id, outcome])).toEqual([
      ['base_url', 'pass'],
      ['clock', 'pass'],
      ['client_pair', 'pass'],
      ['secret_expiry', 'pass'],
      ['redirect_uris', 'warn'],
      ['admin_consent', 'warn'],
    ])
    expect(checks[4]?.expected).toBe('https://app.example.com/api/auth/microsoft/callback')
    expect(checks[5]?.expected).toBe((await status(world)).adminConsentUrl)
  })

  it('say what is missing', async () => {
    const world = createMicrosoftWorld()
    expect(await check(world, 'client_pair')).toMatchObject({
      status: 'fail',
      code: 'microsoft_not_configured',
      values: { missing: 'directoryId, clientId, clientSecret' },
      fix: { id: 'open_setup' },
    })
    expect((await world.sdk.microsoft.test({ principal })).checks.filter(({ status: outcome }) => outcome === 'skip')).toMatchObject([
      { id: 'secret_expiry', blockedBy: null },
      { id: 'redirect_uris', blockedBy: 'client_pair' },
      { id: 'admin_consent', blockedBy: 'client_pair' },
    ])
  })

  it.each([
    ['a wrong secret', () => ({ clientSecret: replace('EXAMPLE_not_the_secret') }), 'app_secret_invalid', {}],
    ['an app that is not there', () => ({ clientId: replace(guid) }), 'app_client_id_invalid', {}],
    ['a directory that is not there', () => ({ directoryId: replace(guid) }), 'directory_not_found', { directory: guid }],
  ] as const)('find %s', async (_, changes, code, values) => {
    const world = createMicrosoftWorld()
    await setUpMicrosoft(world)
    await save(world, changes())
    expect(await check(world, 'client_pair')).toMatchObject({ status: 'fail', code, values, fix: { id: 'open_setup' } })
  })

  it('find a deleted app, a removed secret and an ended one', async () => {
    const world = createMicrosoftWorld()
    const { clientId, secretId } = await setUpMicrosoft(world)
    world.sandbox.microsoft.removeSecret(clientId, secretId)
    expect(await check(world, 'client_pair')).toMatchObject({ code: 'app_secret_invalid' })
    const { clientSecret } = world.sandbox.microsoft.addSecret(clientId, { days: 1 })
    await save(world, { clientSecret: replace(clientSecret), secretExpiresOn: '2026-11-22' })
    expect(await check(world, 'client_pair')).toMatchObject({ status: 'pass' })
    await world.sandbox.clock.advance(2 * day)
    expect(await check(world, 'client_pair')).toMatchObject({ code: 'app_secret_expired' })
    expect(await check(world, 'secret_expiry')).toMatchObject({ status: 'fail', code: 'app_secret_expired', actual: '2026-11-22' })
    world.sandbox.microsoft.deleteApp(clientId)
    expect(await check(world, 'client_pair')).toMatchObject({ code: 'app_client_id_invalid' })
  })

  it('warn thirty days before the secret ends', async () => {
    const world = createMicrosoftWorld()
    await setUpMicrosoft(world)
    const seen = async (secretExpiresOn: string | null) => {
      await save(world, { secretExpiresOn })
      const found = await check(world, 'secret_expiry')
      return [found?.status, found?.code ?? null, found?.facts['daysLeft'] ?? null]
    }
    expect(await seen('2026-12-22')).toEqual(['pass', null, 31])
    expect(await seen('2026-12-21')).toEqual(['warn', 'app_secret_ending', 30])
    expect(await seen('2026-11-21')).toEqual(['warn', 'app_secret_ending', 0])
    expect(await seen('2026-11-20')).toEqual(['fail', 'app_secret_expired', -1])
    expect(await seen(null)).toEqual(['skip', null, null])
  })

  it('find a clock that is wrong, and blame nobody while Microsoft does not answer', async () => {
    let ahead = 0
    const world: MicrosoftWorld = createMicrosoftWorld({ clock: { now: () => world.sandbox.clock.now() + ahead } })
    await setUpMicrosoft(world)
    ahead = 60_000
    expect(await check(world, 'clock')).toMatchObject({ status: 'pass', facts: { seconds: 60 } })
    ahead = -61_000
    expect(await check(world, 'clock')).toMatchObject({ status: 'fail', code: 'clock_wrong', values: { seconds: '61' } })
    const outage = world.sandbox.faults.add({ kind: 'reset' })
    expect(await check(world, 'clock')).toMatchObject({ status: 'fail', code: 'provider_unavailable' })
    expect(await check(world, 'client_pair')).toMatchObject({ status: 'fail', code: 'provider_unavailable' })
    outage.remove()
  })
})

describe('resetting Microsoft', () => {
  it('forgets the app when that is wanted, and Google’s stays', async () => {
    const world = createMicrosoftWorld()
    await setUpMicrosoft(world)
    await world.sdk.google.save({ principal, changes: { projectId: replace('acme-mail-1') } })
    expect(await world.sdk.microsoft.reset({ principal })).toMatchObject({ disconnected: 0, status: { state: 'configured' } })
    expect(await world.sdk.microsoft.reset({ principal, credentials: 'delete' })).toMatchObject({
      disconnected: 0,
      remotePending: [],
      status: { state: 'missing', version: null },
    })
    expect((await world.sdk.google.status({ principal })).projectId).toBe('acme-mail-1')
    expect(await world.store.audit.list('acme', 0, 100)).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'app.reset', subject: 'app:microsoft' })]),
    )
  })
})

describe('the set-up script', () => {
  it('is for the app, the address and the choices of this deployment', async () => {
    const world = createMicrosoftWorld()
    const { script } = await world.sdk.microsoft.setupScript({ principal })
    for (const part of ["'Mail for app.example.com'", "'https://app.example.com/api/auth/microsoft/callback'", "appRoles 'Mail.Send' Role"])
      expect(script).toContain(part)
    expect(script).toContain("permit oauth2PermissionScopes 'IMAP.AccessAsUser.All' Scope")
    const setup = createMicrosoftApp(world)
    await save(world, changesForMicrosoft(setup))
    const saved = await world.sdk.microsoft.setupScript({ principal })
    expect(saved.script).toContain(`APP='${setup.clientId}'`)
    expect(saved.script).toContain(`az login --tenant ${setup.directoryId}`)
    expect(saved.script).not.toContain(setup.clientSecret)
  })
})
