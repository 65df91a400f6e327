import { expect } from 'vitest'
import { revealSecret, Secret } from '../../model/index.ts'
import type { SecretRef, SecretsProvider } from '../../ports/index.ts'
import { expectFailure } from './expect-failure.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

export interface SecretsHarness extends Closable {
  /** Empty and writable. */
  readonly secrets: SecretsProvider
  /** A second, independent provider on the same secrets, for races. */
  readonly peer?: SecretsProvider
  /** The second door: everything that lies at rest, as text. */
  readonly stored?: () => Promise<string>
  /** Takes the storage away. */
  readonly lose?: () => Promise<void>
  /** Changes the stored bytes of a secret, or the key that protects them. */
  readonly spoil?: (ref: SecretRef) => Promise<void>
}

const google: SecretRef = { tenantId: 'tenant-a', name: 'google' }
const microsoft: SecretRef = { tenantId: 'tenant-a', name: 'microsoft' }
const foreign: SecretRef = { tenantId: 'tenant-b', name: 'google' }

const secret = (text: string): Secret => new Secret(`EXAMPLE_${text}`)

/** What every `SecretsProvider` must do, version 1 of the port. A harness without `stored`, `lose` or `spoil` skips their tests and says why. */
export function describeSecretsProvider(
  name: string,
  options: { readonly create: () => Promise<SecretsHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`SecretsProvider: ${name}`, options, ({ test, secure }) => {
    const read = async (secrets: SecretsProvider, ref: SecretRef): Promise<string | null> => {
      const stored = await secrets.get(ref)
      return stored === null ? null : revealSecret(stored.value)
    }

    test('says null for a secret that does not exist', async ({ secrets }) => {
      expect(await secrets.get(google)).toBeNull()
    })

    test('gives back a secret exactly as it was put', async ({ secrets, peer = secrets }) => {
      const text = `{"quote":"\\"","lines":"a\\nb","letters":"Ünï ✓ 🔑","long":"${'x'.repeat(8000)}"}`
      const put = await secrets.put(google, new Secret(text), 'absent')
      const got = await peer.get(google)
      expect(got === null ? null : revealSecret(got.value)).toBe(text)
      expect(got).toMatchObject({ version: put.version, createdAt: put.createdAt })
      expect(put.version).not.toBe('')
      expect(Number.isSafeInteger(put.createdAt)).toBe(true)
    })

    secure('gives secrets out only as values that do not print', async ({ secrets }) => {
      await secrets.put(google, secret('hidden'), 'absent')
      const got = await secrets.get(google)
      expect(got?.value).toBeInstanceOf(Secret)
      expect(`${JSON.stringify(got)} ${String(got?.value)}`).not.toContain('EXAMPLE_hidden')
    })

    test('replaces a secret on the version that was read', async ({ secrets, peer = secrets }) => {
      const first = await secrets.put(google, secret('one'), 'absent')
      const second = await peer.put(google, secret('two'), first.version)
      expect(second.version).not.toBe(first.version)
      expect(await read(secrets, google)).toBe('EXAMPLE_two')
    })

    secure('refuses a put on another version and keeps what is stored', async ({ secrets }) => {
      await expectFailure(secrets.put(google, secret('lost'), 'v0'), 'conflict')
      expect(await secrets.get(google)).toBeNull()
      const first = await secrets.put(google, secret('one'), 'absent')
      await expectFailure(secrets.put(google, secret('lost'), 'absent'), 'conflict')
      await secrets.put(google, secret('two'), first.version)
      await expectFailure(secrets.put(google, secret('lost'), first.version), 'conflict')
      expect(await read(secrets, google)).toBe('EXAMPLE_two')
    })

    secure('lets exactly one of many parallel puts through', async ({ secrets, peer = secrets }) => {
      const race = async (ifVersion: string) => {
        const puts = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? secrets : peer).put(google, secret(`${index}`), ifVersion))
        const done = (await Promise.allSettled(puts)).filter((result) => result.status === 'fulfilled')
        expect(done).toHaveLength(1)
        return done[0]?.value.version ?? ''
      }
      await race(await race('absent'))
    })

    secure('never gives a version again, also not for the same value or after a destroy', async ({ secrets }) => {
      const first = await secrets.put(google, secret('same'), 'absent')
      const second = await secrets.put(google, secret('same'), first.version)
      await secrets.destroy(google)
      const third = await secrets.put(google, secret('same'), 'absent')
      expect(new Set([first.version, second.version, third.version]).size).toBe(3)
      await expectFailure(secrets.put(google, secret('late'), second.version), 'conflict')
    })

    secure('keeps tenants and names apart', async ({ secrets }) => {
      await secrets.put(google, secret('google'), 'absent')
      await secrets.put(microsoft, secret('microsoft'), 'absent')
      expect(await secrets.get(foreign)).toBeNull()
      await secrets.destroy(foreign)
      await secrets.destroyTenant('tenant-b')
      await secrets.put(foreign, secret('foreign'), 'absent')
      await secrets.destroy(google)
      expect(await secrets.get(google)).toBeNull()
      expect(await read(secrets, microsoft)).toBe('EXAMPLE_microsoft')
      expect(await read(secrets, foreign)).toBe('EXAMPLE_foreign')
    })

    secure('keeps tenants apart whose ids look like paths, patterns or prefixes', async ({ secrets }) => {
      const tenants = ['tenant', 'tenant-a', 'tenant.a', 'tenant_a', 'tenant%', 'TENANT-A', 'tenant:a', 'a..b', '..', 'a@b', '__proto__']
      for (const tenantId of tenants) await secrets.put({ tenantId, name: 'google' }, secret(tenantId), 'absent')
      for (const tenantId of tenants) expect(await read(secrets, { tenantId, name: 'google' })).toBe(`EXAMPLE_${tenantId}`)
      await secrets.destroyTenant('tenant')
      await secrets.destroyTenant('tenant%')
      expect(await read(secrets, { tenantId: 'tenant-a', name: 'google' })).toBe('EXAMPLE_tenant-a')
    })

    test('destroys one secret, twice without harm', async ({ secrets, peer = secrets }) => {
      await secrets.put(google, secret('gone'), 'absent')
      await secrets.destroy(google)
      await secrets.destroy(google)
      expect(await peer.get(google)).toBeNull()
    })

    secure('destroys every secret of a tenant and only those, twice without harm', async ({ secrets, peer = secrets }) => {
      for (const ref of [google, microsoft, foreign]) await secrets.put(ref, secret('value'), 'absent')
      await secrets.destroyTenant('tenant-a')
      await secrets.destroyTenant('tenant-a')
      expect(await peer.get(google)).toBeNull()
      expect(await peer.get(microsoft)).toBeNull()
      expect(await read(peer, foreign)).toBe('EXAMPLE_value')
    })

    test('keeps nothing in the clear at rest, and nothing at all after a destroy', async ({ secrets, stored }) => {
      const look = required(stored, 'stored')
      await secrets.put(google, secret('at_rest'), 'absent')
      const before = await look()
      expect(before).toContain('tenant-a')
      expect(before).not.toContain('EXAMPLE_at_rest')
      expect(before).not.toContain(btoa('EXAMPLE_at_rest').slice(0, 12))
      await secrets.destroyTenant('tenant-a')
      expect(await look()).not.toContain('tenant-a')
    })

    test('throws unavailable when the storage is gone, and never says null', async ({ secrets, lose }) => {
      await secrets.put(google, secret('value'), 'absent')
      await required(lose, 'lose')()
      await expectFailure(secrets.get(google), 'unavailable')
      await expectFailure(secrets.get(foreign), 'unavailable')
      await expectFailure(secrets.put(foreign, secret('value'), 'absent'), 'unavailable')
      await expectFailure(secrets.destroy(google), 'unavailable')
      await expectFailure(secrets.destroyTenant('tenant-a'), 'unavailable')
    })

    test('throws secrets_unreadable when what is stored cannot be opened', async ({ secrets, spoil }) => {
      await secrets.put(google, secret('value'), 'absent')
      await required(spoil, 'spoil')(google)
      const error = await expectFailure(secrets.get(google), 'secrets_unreadable')
      expect(error.message).not.toContain('EXAMPLE_value')
    })
  })
}

function required<Part>(part: Part | undefined, name: string): Part {
  if (part === undefined) throw new Error(`Give the harness ${name}(), or skip the test and say why.`)
  return part
}
