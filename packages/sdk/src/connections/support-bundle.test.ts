import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import { supportBundleSchema } from '../wire/index.ts'

const canary = 'EXAMPLE_canary'

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  const label = world.sandbox.google.createLabel('support@acme.test', `${canary} label`)
  const gmail = await connectGmail(world, { name: `${canary} name` })
  const calendar = await connectCalendar(world)
  await world.sdk.gmail.update({ principal, connectionId: gmail, changes: { settings: { labelIds: ['INBOX', label.id] } } })
  world.sandbox.google.deliverMail('support@acme.test', {
    from: 'customer@example.test',
    subject: `${canary} subject`,
    text: `${canary} text`,
  })
  await world.settle()
  return { world, setup, gmail, calendar, label }
}

/** Every secret that the tenant has with us, in the clear and as it lies in the store. */
async function secretsOf({ world, setup, gmail, calendar }: Awaited<ReturnType<typeof connected>>): Promise<string[]> {
  const key = JSON.parse(setup.serviceAccountKey)
  const tokens = await Promise.all([gmail, calendar].map((id) => world.store.tokens.get('acme', id)))
  const channels = await world.store.subscriptions.list('acme', calendar)
  const { accessTokens, grants } = world.sandbox.snapshot() as unknown as Record<string, readonly Record<string, unknown>[]>
  const held = [...(accessTokens ?? []), ...(grants ?? [])]
    .flatMap((entry) => Object.values(entry))
    .filter((value) => typeof value === 'string')
  return [
    setup.clientSecret,
    key.private_key,
    key.private_key_id,
    ...tokens.flatMap((token) => [token?.sealedAccess, token?.sealedRefresh]),
    ...channels.map(({ tokenHash }) => tokenHash),
    ...held.filter((value) => /^(ya29|1\/\/)/.test(value as string)),
  ].filter((value): value is string => typeof value === 'string' && value !== '')
}

describe('a support bundle of a connection', () => {
  it('holds what is known around it, as the contract has it', async () => {
    const { world, gmail } = await connected()
    const answer = await world.sdk.gmail.supportBundle({ principal, connectionId: gmail })
    expect(supportBundleSchema.parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({ version: 1, createdAt: new Date(world.sandbox.clock.now()).toISOString() })
    expect(answer.bundle).toMatchObject({
      product: { name: 'Tenantry' },
      environment: 'test',
      connection: { id: gmail, provider: 'gmail', health: { status: 'connected', delivery: 'push' }, settings: { labelMode: 'include' } },
      checks: { results: expect.arrayContaining([expect.objectContaining({ id: 'grant', status: 'pass' })]) },
      tasks: expect.arrayContaining([{ kind: 'reconcile', dueAt: expect.any(String), attempts: 0 }]),
      subscriptions: [{ state: 'active', target: expect.stringContaining('/topics/'), expiresAt: expect.any(String) }],
      outbox: { pending: 0, quarantined: 0 },
      sync: { cursor: expect.stringMatching(/^\d+$/), run: null },
      grant: { signInEndsAt: null },
    })
  })

  it('holds no secret, no token, no content and nothing that a person wrote', async () => {
    const open = await connected()
    const { world, gmail, calendar } = open
    const secrets = await secretsOf(open)
    expect(secrets.length).toBeGreaterThan(8)
    for (const connectionId of [gmail, calendar]) {
      for (const addresses of [false, true]) {
        const text = JSON.stringify(await world.sdk.connections.supportBundle({ principal, connectionId, addresses }))
        for (const secret of secrets) expect(text).not.toContain(secret)
        expect(text).not.toMatch(/EXAMPLE_|PRIVATE KEY|ya29\.|GOCSPX|tn1\./)
      }
    }
  })

  it('names a label that is gone by nothing that a person wrote, also where a check failed for it', async () => {
    const { world, gmail } = await connected()
    await world.sdk.gmail.update({ principal, connectionId: gmail, changes: { settings: { labelIds: [`${canary} gone`] } } })
    await world.settle()
    const report = await world.sdk.gmail.diagnose({ principal, connectionId: gmail, checks: ['labels'] })
    expect(JSON.stringify(report)).toContain(canary)
    const { bundle } = await world.sdk.gmail.supportBundle({ principal, connectionId: gmail })
    expect(JSON.stringify(bundle)).not.toContain(canary)
    expect(bundle).toMatchObject({ connection: { settings: { labelIds: ['(text)'] } } })
  })

  it('hides whose addresses they are, the same way each time, and keeps domains and service accounts', async () => {
    const { world, setup, gmail, calendar } = await connected()
    const hidden = JSON.stringify((await world.sdk.gmail.supportBundle({ principal, connectionId: gmail })).bundle)
    expect(hidden).not.toMatch(/support@acme\.test/i)
    const [shown, ...others] = [...new Set(hidden.match(/[0-9a-f]{8}@acme\.test/g))]
    expect(shown).toBeDefined()
    expect(others).toEqual([])
    expect(hidden).toContain(JSON.parse(setup.serviceAccountKey).client_email)
    expect(hidden).toContain(setup.projectId)
    const again = JSON.stringify((await world.sdk.gmail.supportBundle({ principal, connectionId: gmail, addresses: false })).bundle)
    expect(again).toContain(shown)
    expect(JSON.stringify((await world.sdk.calendar.supportBundle({ principal, connectionId: calendar })).bundle)).not.toContain(shown)
    const asked = JSON.stringify((await world.sdk.gmail.supportBundle({ principal, connectionId: gmail, addresses: true })).bundle)
    expect(asked).toContain('support@acme.test')
  })

  it('hashes with a key of the tenant’s, so that equal addresses of two tenants differ', async () => {
    const { world, gmail } = await connected()
    const globex = { ...principal, tenantId: 'globex' }
    world.sandbox.google.createAccount({ address: 'support@globex.test' })
    await setUpGoogle(world, { principal: globex })
    const other = await connectGmail(world, { principal: globex, address: 'support@acme.test' })
    const digitsOf = async (bundle: Promise<unknown>) => /([0-9a-f]{8})@acme\.test/.exec(JSON.stringify(await bundle))?.[1]
    const ours = await digitsOf(world.sdk.gmail.supportBundle({ principal, connectionId: gmail }))
    const theirs = await digitsOf(world.sdk.gmail.supportBundle({ principal: globex, connectionId: other }))
    expect(ours).toMatch(/^[0-9a-f]{8}$/)
    expect(theirs).toMatch(/^[0-9a-f]{8}$/)
    expect(ours).not.toBe(theirs)
  })

  it('is for those who may diagnose', async () => {
    const { world, gmail } = await connected()
    const careful = createWorld({ store: world.store, secrets: world.secrets, authorize: ({ action }) => action !== 'connection.diagnose' })
    expect(await codeOf(careful.sdk.gmail.supportBundle({ principal, connectionId: gmail }))).toBe('forbidden')
    expect(await codeOf(world.sdk.gmail.supportBundle({ principal: { ...principal, tenantId: 'globex' }, connectionId: gmail }))).toBe(
      'not_found',
    )
  })
})

describe('a support bundle of the setup', () => {
  it('holds the checks and what is set up, and neither a secret nor a name', async () => {
    const open = await connected()
    const { world, setup } = open
    const answer = await world.sdk.google.supportBundle({ principal })
    expect(supportBundleSchema.parse(answer)).toEqual(answer)
    expect(answer.bundle).toMatchObject({
      environment: 'test',
      setup: {
        state: 'configured',
        projectId: setup.projectId,
        fields: { clientSecret: { set: true, updatedAt: expect.any(String) }, calendarClientId: { set: false } },
        provisioning: { names: { publisher: 'gmail-api-push@system.gserviceaccount.com' } },
      },
      checks: { results: expect.arrayContaining([expect.objectContaining({ id: 'client_pair', status: 'pass' })]) },
    })
    for (const addresses of [false, true]) {
      const text = JSON.stringify(await world.sdk.google.supportBundle({ principal, addresses }))
      for (const secret of await secretsOf(open)) expect(text).not.toContain(secret)
      expect(text).not.toMatch(/EXAMPLE_|PRIVATE KEY|ya29\.|GOCSPX|tn1\.|fingerprint|Dana/)
    }
  })

  it('is for those who may test', async () => {
    const { world } = await connected({ authorize: ({ action }) => action !== 'google.test' })
    expect(await codeOf(world.sdk.google.supportBundle({ principal }))).toBe('forbidden')
  })
})
