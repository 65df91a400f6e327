import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTenantry, gmail } from '@tenantry/sdk'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { revealSecret } from '../model/secret.ts'
import { missingScopes } from '../model/scopes.ts'
import { connectGmail, createManualJobs, createMemoryKeys, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import { accessFor, replaceAccess, writeAccess } from './access-set.ts'

const hour = 3_600_000

/** A mailbox whose provider has two audiences, at a vendor that wants to be told the scopes of each token. */
async function connected() {
  const keys = createMemoryKeys()
  const world = createWorld({ keys })
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  const { sandbox, store, secrets } = world
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const mailbox = gmail({ google })
  const process = () =>
    createTenantry({
      baseUrl: 'https://app.example.com',
      environment: 'test',
      keys,
      store,
      secrets,
      clock: sandbox.clock,
      fetch: (request) => sandbox.fetch(request),
      authorize: () => true,
      jobs: createManualJobs(),
      providers: {
        two: {
          ...mailbox,
          vendor: { ...mailbox.vendor, namesScopes: true },
          audiences: () => [
            { name: 'read', scopes: ['scope.read'] },
            { name: 'write', scopes: ['scope.write'] },
          ],
          createClient: (call) => ({ tokenFor: (audience?: string) => call.accessToken(audience) }),
        },
      },
    })
  const openDoor = async (sdk = process()) => sdk.two.client({ principal, connectionId })
  sandbox.clearRequests()
  return { world, openDoor, connectionId }
}

describe('a grant with tokens for two audiences', () => {
  it('asks for each with its own scopes, once, and keeps both', async () => {
    const { world, openDoor } = await connected()
    const door = await openDoor()
    const read = await door.tokenFor()
    const write = await door.tokenFor('write')
    expect(write).not.toBe(read)
    expect(await Promise.all([door.tokenFor(), door.tokenFor('read'), door.tokenFor('write')])).toEqual([read, read, write])
    const forms = world.sandbox.requests
      .filter(({ operation }) => operation === 'oauth.token')
      .map(({ body }) => new URLSearchParams(String(body)))
    // The first one came with the sign-in.
    expect(forms.map((form) => form.get('scope'))).toEqual(['openid https://www.googleapis.com/auth/userinfo.email scope.write'])
  })

  it('finds both in another process', async () => {
    const { world, openDoor } = await connected()
    const door = await openDoor()
    const held = [await door.tokenFor(), await door.tokenFor('write')]
    world.sandbox.clearRequests()
    const other = await openDoor()
    expect([await other.tokenFor(), await other.tokenFor('write')]).toEqual(held)
    expect(world.sandbox.requests).toEqual([])
  })

  it('refreshes only the one that has ended', async () => {
    const { world, openDoor } = await connected()
    const door = await openDoor()
    const read = await door.tokenFor()
    await world.sandbox.clock.advance(hour / 2)
    const write = await door.tokenFor('write')
    await world.sandbox.clock.advance(hour / 2 - 60_000)
    world.sandbox.clearRequests()
    expect(await door.tokenFor('write')).toBe(write)
    expect(await door.tokenFor()).not.toBe(read)
    expect(await door.tokenFor('write')).toBe(write)
    expect(world.sandbox.requests.map(({ operation }) => operation)).toEqual(['oauth.token'])
  })

  it('makes one exchange of many callers of one audience', async () => {
    const { world, openDoor } = await connected()
    const doors = await Promise.all([openDoor(), openDoor()])
    const tokens = await Promise.all(doors.flatMap((door) => Array.from({ length: 20 }, () => door.tokenFor('write'))))
    expect(new Set(tokens).size).toBe(1)
    expect(world.sandbox.requests.filter(({ operation }) => operation === 'oauth.token')).toHaveLength(1)
  })

  it('refuses an audience that there is not', async () => {
    const { openDoor } = await connected()
    await expect((await openDoor()).tokenFor('other')).rejects.toThrow('no audience other')
  })
})

describe('an access set', () => {
  const token = fc.stringMatching(/^[\x21-\x7e]{1,40}$/)
  const access = fc.record({ token, expiresAt: fc.integer({ min: 2, max: 2 ** 45 }) })

  it('holds what each audience was given last, and nothing of another', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(undefined, 'a', 'b'), access), { minLength: 1 }), (steps) => {
        let held: ReturnType<typeof replaceAccess> | null = null
        for (const [audience, made] of steps) held = replaceAccess(held, audience, made)
        for (const audience of [undefined, 'a', 'b']) {
          const last = steps.findLast(([of]) => of === audience)?.[1] ?? null
          const found = held === null ? null : accessFor(held, audience)
          expect(found?.token === '' || (found?.expiresAt ?? 0) <= 1 ? null : found).toEqual(last)
        }
      }),
    )
  })

  it('of one audience is its bare token', () => {
    expect(revealSecret(writeAccess({ first: { token: 'EXAMPLE_a', expiresAt: 5 }, others: {} }))).toBe('EXAMPLE_a')
  })

  it('gives nothing after the vendor refused its tokens, until one was made anew', () => {
    const refused = { first: { token: 'EXAMPLE_a', expiresAt: 0 }, others: { b: { token: 'EXAMPLE_b', expiresAt: 9 } } }
    expect([accessFor(refused, undefined), accessFor(refused, 'b')]).toEqual([null, null])
    const made = replaceAccess(refused, 'b', { token: 'EXAMPLE_c', expiresAt: 7 })
    expect(accessFor(made, 'b')?.token).toBe('EXAMPLE_c')
    expect(accessFor(made, undefined)?.expiresAt).toBe(1)
  })
})

describe('scopes with the resource before their name', () => {
  it.each([
    ['https://graph.microsoft.com/Mail.Send', true],
    ['https://graph.microsoft.us/Mail.Send', true],
    ['Mail.Send', true],
    ['https://graph.microsoft.com/Mail.Send.Shared', false],
    ['https://evil.test/Mail.Send', false],
    ['https://graph.microsoft.com.evil.test/Mail.Send', false],
    ['https://graph.microsoft.com/x/Mail.Send', false],
  ])('%s grants Mail.Send: %s', (granted, fits) => {
    expect(missingScopes(['Mail.Send'], `openid ${granted} email`)).toEqual(fits ? [] : ['Mail.Send'])
  })
})
