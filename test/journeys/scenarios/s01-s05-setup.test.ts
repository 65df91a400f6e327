import { describe, expect, it } from 'vitest'
import { TenantryError } from '@tenantry/sdk/errors'
import { revealSecret } from '@tenantry/sdk/model'
import type { Principal } from '@tenantry/sdk/model'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import type { GoogleChanges } from '@tenantry/sdk/wire'
import {
  changesFor,
  createGoogleApp,
  createMemorySecrets,
  createMemoryStore,
  setUpGoogle,
  testPrincipal as principal,
} from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'
import { codeOf, countCalls } from '../expectations.ts'

describe('S01 save keeps untouched secrets', () => {
  it('changes the project only, and answers with no part of a secret', async () => {
    const world = createWorld()
    const setup = await setUpGoogle(world)
    const before = await readBundle(world)
    const other = await createGoogleApp(world)
    const status = await world.sdk.google.save({
      principal,
      changes: {
        projectId: { action: 'replace', value: other.projectId },
        serviceAccountKey: { action: 'replace', value: other.serviceAccountKey },
        clientSecret: { action: 'keep' },
      },
    })
    const after = await readBundle(world)
    expect(after).toMatchObject({
      clientId: before['clientId'],
      clientSecret: setup.clientSecret,
      projectId: other.projectId,
      calendarMode: 'shared',
    })
    expect(status.calendarMode).toBe('shared')
    expect(status.maskedClientId).toMatch(/^\d+-….{4}\.apps\.googleusercontent\.com$/)
    const answer = JSON.stringify(status)
    const privateKey = JSON.parse(other.serviceAccountKey).private_key as string
    // Five characters of a short secret are telling; of 1600 random ones in base64, five turn up somewhere by chance.
    const parts: [string, number][] = [
      [setup.clientSecret.replace('GOCSPX-EXAMPLE_', ''), 5],
      [privateKey.replace(/-----[A-Z ]+-----|\s/g, ''), 8],
    ]
    for (const [secret, length] of parts) {
      for (let at = 0; at + length <= secret.length; at += 1) expect(answer).not.toContain(secret.slice(at, at + length))
    }
  })

  it('tells two saved values apart by fingerprint, and says who and when', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const first = (await world.sdk.google.status({ principal })).fields.clientSecret
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value: 'GOCSPX-EXAMPLE_another_one' } } })
    const second = (await world.sdk.google.status({ principal })).fields.clientSecret
    expect(first).toMatchObject({ set: true, updatedBy: 'Dana', fingerprint: expect.stringMatching(/^[0-9a-f]{6}$/) })
    expect(second).toMatchObject({ set: true })
    expect(second).not.toEqual(first)
  })
})

describe('S02 save is all or nothing', () => {
  it('stores nothing when one field is wrong', async () => {
    const world = createWorld()
    const setup = await setUpGoogle(world)
    const before = await readBundle(world)
    const failure = await world.sdk.google
      .save({
        principal,
        changes: {
          ...changesFor(await createGoogleApp(world)),
          calendarMode: 'separate',
          calendarClientId: { action: 'replace', value: 'abc' },
        },
      })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'client_id_invalid', field: 'calendarClientId' })
    expect(await readBundle(world)).toEqual(before)
    expect(before['clientId']).toBe(setup.clientId)
  })

  it('names every wrong field at once', async () => {
    const world = createWorld()
    const changes = {
      clientId: { action: 'replace', value: 'GOCSPX-EXAMPLE_x' },
      projectId: { action: 'replace', value: '12345' },
    } as const
    const failure = await world.sdk.google.save({ principal, changes }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'invalid_input',
      fields: [
        { field: 'clientId', code: 'client_id_is_secret' },
        { field: 'projectId', code: 'project_id_is_number' },
      ],
    })
  })

  it('gives the second of two admins a conflict, and keeps the first one’s save', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const { version } = await world.sdk.google.status({ principal })
    const save = (value: string) =>
      world.sdk.google.save({ principal, changes: { ifVersion: version, clientSecret: { action: 'replace', value } } })
    const results = await Promise.allSettled([save('GOCSPX-EXAMPLE_one_one'), save('GOCSPX-EXAMPLE_two_two')])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' })
  })

  it('stores nothing when the secret store fails at the write', async () => {
    const secrets = createMemorySecrets()
    const world = createWorld({ secrets: { ...secrets, put: () => Promise.reject(new TenantryError('unavailable')) } })
    expect(await codeOf(world.sdk.google.save({ principal, changes: changesFor(await createGoogleApp(world)) }))).toBe('unavailable')
    expect(await secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
  })
})

describe('S03 client id and key validation', () => {
  const keyWith = (key: string, patch: object) => JSON.stringify({ ...JSON.parse(key), ...patch })
  const expectRefused = async (make: (app: GoogleSetup) => GoogleChanges, expected: string) => {
    const world = createWorld()
    const app = await createGoogleApp(world, { projectId: 'acme-mail-1' })
    const before = world.sandbox.requests.length
    const failure = await world.sdk.google.save({ principal, changes: make(app) }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: expected, field: expect.any(String) })
    expect(String(failure)).not.toContain('EXAMPLE_')
    expect(await world.secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
    expect(world.sandbox.requests.length).toBe(before)
  }

  it('accepts a client id with invisible characters around it, normalised', async () => {
    const world = createWorld()
    await world.sdk.google.save({
      principal,
      changes: { clientId: { action: 'replace', value: '\u200B123456-abc.apps.googleusercontent.com\uFEFF ' } },
    })
    expect((await readBundle(world))['clientId']).toBe('123456-abc.apps.googleusercontent.com')
  })

  it('rejects a look-alike of the ending', async () => {
    await expectRefused(() => ({ clientId: { action: 'replace', value: '123456-abc.apps.googleusercontentXcom' } }), 'client_id_invalid')
  })

  it.each([
    ['another type', { type: 'authorized_user' }, 'key_wrong_kind'],
    [
      'external_account',
      { type: 'external_account', credential_source: { url: 'http://169.254.169.254/' }, token_url: 'https://evil.test' },
      'key_wrong_kind',
    ],
    ['external_account beside a real key', { type: 'external_account', credential_source: { file: '/etc/passwd' } }, 'key_wrong_kind'],
    ['impersonated_service_account', { type: 'impersonated_service_account' }, 'key_wrong_kind'],
    ['a foreign universe', { universe_domain: 'evil.test' }, 'key_foreign_universe'],
    [
      'a garbled private key',
      { private_key: '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n' },
      'key_private_key_invalid',
    ],
    [
      'a private key that only looks right',
      { private_key: '-----BEGIN PRIVATE KEY-----\nMIIBVAIBADANBgkqhkiG\n-----END PRIVATE KEY-----\n' },
      'key_private_key_invalid',
    ],
    [
      'another project',
      { project_id: 'other-project-2', client_email: 'tenantry-pubsub@other-project-2.iam.gserviceaccount.com' },
      'key_project_mismatch',
    ],
    ['a foreign address', { client_email: 'someone@evil.test' }, 'key_email_invalid'],
    ['no private key', { private_key: '' }, 'key_incomplete'],
  ])('refuses a key with %s: nothing stored, nothing fetched', async (_, patch, expected) => {
    await expectRefused(
      (app) => ({
        projectId: { action: 'replace', value: 'acme-mail-1' },
        serviceAccountKey: { action: 'replace', value: keyWith(app.serviceAccountKey, patch) },
      }),
      expected,
    )
  })

  it('keeps six fields of a key and drops the rest, token_uri among them', async () => {
    const world = createWorld()
    const app = await createGoogleApp(world)
    const value = keyWith(app.serviceAccountKey, { token_uri: 'https://evil.test/token', auth_uri: 'https://evil.test', extra: 'x' })
    await world.sdk.google.save({
      principal,
      changes: { projectId: { action: 'replace', value: app.projectId }, serviceAccountKey: { action: 'replace', value } },
    })
    const stored = (await readBundle(world))['serviceAccountKey'] as object
    expect(Object.keys(stored).toSorted()).toEqual(['client_email', 'client_id', 'private_key', 'private_key_id', 'project_id', 'type'])
  })

  it.each([
    ['a client id that is the secret', 'clientId', 'GOCSPX-EXAMPLE_secret', 'client_id_is_secret'],
    ['a client id that is an address', 'clientId', 'EXAMPLE_dana@acme.test', 'client_id_is_email'],
    ['a secret that is the client id', 'clientSecret', '123456-abc.apps.googleusercontent.com', 'client_secret_is_client_id'],
    ['a masked secret', 'clientSecret', '••••••••••', 'masked_value'],
    ['a masked key', 'serviceAccountKey', '********', 'masked_value'],
    ['a client file as key', 'serviceAccountKey', '{"web":{"client_id":"x"}}', 'key_is_client_file'],
    ['text that is no JSON', 'serviceAccountKey', 'GOCSPX-EXAMPLE_oops', 'key_not_json'],
    ['a key of 100 KB', 'serviceAccountKey', JSON.stringify({ padding: 'x'.repeat(69_000) }), 'key_too_large'],
    ['a project name', 'projectId', 'Acme Mail', 'project_id_is_name'],
    ['a project number', 'projectId', '473210473210', 'project_id_is_number'],
    ['a path for a project', 'projectId', '../../secrets', 'project_id_invalid'],
  ] as const)('refuses %s at its field, without quoting it', async (_, field, value, expected) => {
    await expectRefused(() => ({ [field]: { action: 'replace', value } }), expected)
  })
})

describe('S04 a secret store that is down is not "not configured"', () => {
  const down = () => Promise.reject(new TenantryError('unavailable'))

  it('answers unavailable for status, save, test and connect, and marks no connection', async () => {
    const secrets = createMemorySecrets()
    let isDown = false
    const flaky = { ...secrets, get: (ref: Parameters<typeof secrets.get>[0]) => (isDown ? down() : secrets.get(ref)) }
    const world = createWorld({ secrets: flaky })
    await setUpGoogle(world)
    isDown = true
    expect(await codeOf(world.sdk.google.status({ principal }))).toBe('unavailable')
    expect(await codeOf(world.sdk.google.test({ principal }))).toBe('unavailable')
    expect(await codeOf(world.sdk.google.save({ principal, changes: {} }))).toBe('unavailable')
    expect(await codeOf(world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: 'support@acme.test' } }))).toBe(
      'unavailable',
    )
  })

  it('answers unavailable when the store is down', async () => {
    const store = createMemoryStore()
    const world = createWorld({ store: { ...store, connections: { ...store.connections, list: down } } })
    expect(await codeOf(world.sdk.connections.list({ principal }))).toBe('unavailable')
    expect(await codeOf(world.sdk.google.status({ principal }))).toBe('unavailable')
  })
})

describe('S05 the host’s rule guards everything', () => {
  const refuse = {
    no: () => false,
    throw: () => {
      throw new Error('EXAMPLE_broken')
    },
    truthy: () => 'yes' as unknown as boolean,
    reject: () => Promise.reject(new Error('EXAMPLE_broken')),
  }

  it.each(Object.entries(refuse))('denies every verb when the rule answers by %s: nothing read, nothing called', async (_, authorize) => {
    const calls: string[] = []
    const world = createWorld({
      authorize,
      store: countCalls(createMemoryStore(), calls),
      secrets: countCalls(createMemorySecrets(), calls),
    })
    const { sdk } = world
    const one = { principal, connectionId: 'c1' }
    const verbs: Record<string, () => Promise<unknown>> = {
      'google.status': () => sdk.google.status({ principal }),
      'google.save': () => sdk.google.save({ principal, changes: {} }),
      'google.test': () => sdk.google.test({ principal }),
      'google.reset': () => sdk.google.reset({ principal }),
      'google.setupScript': () => sdk.google.setupScript({ principal }),
      'gmail.connect': () => sdk.gmail.connect({ principal, settings: { name: 'x', mailbox: 'a@b.test' } }),
      'calendar.connect': () => sdk.calendar.connect({ principal, settings: { name: 'x' } }),
      'connections.list': () => sdk.connections.list({ principal }),
      'connections.get': () => sdk.connections.get(one),
      'connections.update': () => sdk.connections.update({ ...one, changes: { name: 'y' } }),
      'connections.reconnect': () => sdk.connections.reconnect(one),
      'connections.disconnect': () => sdk.connections.disconnect(one),
      'connections.remove': () => sdk.connections.remove(one),
      'connections.sync': () => sdk.connections.sync(one),
      'connections.diagnose': () => sdk.connections.diagnose(one),
      'flows.get': () => sdk.flows.get({ principal, flowId: 'f1' }),
      'gmail.client': () => sdk.gmail.client(one),
    }
    for (const [name, verb] of Object.entries(verbs)) expect([name, await codeOf(verb())]).toEqual([name, 'forbidden'])
    expect(calls).toEqual([])
    expect(world.sandbox.requests).toEqual([])
  })

  it('refuses a principal whose ids are not ids', async () => {
    const world = createWorld()
    for (const odd of [
      { tenantId: '', userId: 'u' },
      { tenantId: '~system', userId: 'u' },
      { tenantId: 'a', userId: '' },
      { tenantId: 'a/../b', userId: 'u' },
    ] satisfies Principal[]) {
      expect(await codeOf(world.sdk.google.status({ principal: odd }))).toBe('unauthenticated')
    }
  })
})

async function readBundle(world: ReturnType<typeof createWorld>): Promise<Record<string, unknown>> {
  const stored = await world.secrets.get({ tenantId: 'acme', name: 'google' })
  return stored === null ? {} : JSON.parse(revealSecret(stored.value))
}
