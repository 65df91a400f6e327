import { PGlite } from '@electric-sql/pglite'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { Secret } from '@tenantry/sdk/model'
import type { SecretRef, SecretsProvider } from '@tenantry/sdk/ports'
import { createMemoryKeys, createMemoryStore } from '@tenantry/sdk/testing'
import { describeSecretsProvider } from '@tenantry/sdk/testing/contracts'
import { Kysely, PGliteDialect } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPostgresSecrets } from './index.ts'
import { createSecretsHarness, emptyTable } from './testing/secrets-harness.ts'

let pglite: PGlite
let database: Kysely<unknown>

beforeAll(async () => {
  pglite = await PGlite.create()
  database = new Kysely({ dialect: new PGliteDialect({ pglite }) })
})
afterAll(() => database.destroy())

function createSecrets(
  shared = { keys: createMemoryKeys(), dataKeys: createMemoryStore().dataKeys },
  environment = 'test',
): SecretsProvider {
  return createPostgresSecrets({ database, ...shared, crypto: createWebCrypto(), environment })
}

describeSecretsProvider('createPostgresSecrets on PGlite', { create: () => createSecretsHarness(database, database) })

describe('a row at rest', () => {
  const google: SecretRef = { tenantId: 'tenant-a', name: 'google' }
  const microsoft: SecretRef = { tenantId: 'tenant-a', name: 'microsoft' }
  const foreign: SecretRef = { tenantId: 'tenant-b', name: 'google' }
  let secrets: SecretsProvider

  beforeEach(async () => {
    await emptyTable(database)
    secrets = createSecrets()
  })

  const change = (assignment: string) => pglite.exec(`update tenantry_secrets set ${assignment}`)
  const store = (ref: SecretRef, text = 'EXAMPLE_value') => secrets.put(ref, new Secret(text), 'absent')

  it('does not open for another tenant, also not for one that has a key', async () => {
    await store(google)
    await change(`tenant_id = 'tenant-b'`)
    await expect(secrets.get(foreign)).rejects.toMatchObject({ code: 'secrets_unreadable' })
    await pglite.exec('truncate tenantry_secrets')
    await store(google)
    await store(foreign)
    await change(`sealed = (select sealed from tenantry_secrets where tenant_id = 'tenant-a')`)
    await expect(secrets.get(foreign)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open under another name', async () => {
    await store(google)
    await change(`name = 'microsoft'`)
    await expect(secrets.get(microsoft)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open as an earlier or another version', async () => {
    const first = await store(google)
    const { rows } = await pglite.query<{ sealed: string }>('select sealed from tenantry_secrets')
    await secrets.put(google, new Secret('EXAMPLE_newer'), first.version)
    await pglite.query('update tenantry_secrets set sealed = $1', [rows[0]?.sealed])
    await expect(secrets.get(google)).rejects.toMatchObject({ code: 'secrets_unreadable' })
    await change(`version = 'v0'`)
    await expect(secrets.get(google)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open in another environment', async () => {
    const shared = { keys: createMemoryKeys(), dataKeys: createMemoryStore().dataKeys }
    await createSecrets(shared, 'staging').put(google, new Secret('EXAMPLE_value'), 'absent')
    await expect(createSecrets(shared, 'production').get(google)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open once the key is gone', async () => {
    const keys = createMemoryKeys()
    const { dataKeys } = createMemoryStore()
    await createSecrets({ keys, dataKeys }).put(google, new Secret('EXAMPLE_value'), 'absent')
    keys.forget(keys.primaryKeyId)
    await expect(createSecrets({ keys, dataKeys }).get(google)).rejects.toMatchObject({ code: 'secrets_unreadable' })
    await dataKeys.removeForTenant('tenant-a')
    await expect(createSecrets({ keys, dataKeys }).get(google)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it.each(['EXAMPLE_value', '', 'tn1', 'tn1..', 'tn2.k.AAAA', '{"plain":"EXAMPLE_value"}'])(
    'is not taken for a secret when it reads %j',
    async (sealed) => {
      await store(google)
      await pglite.query('update tenantry_secrets set sealed = $1', [sealed])
      const error = await secrets.get(google).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'secrets_unreadable' })
      expect(String(error)).not.toContain('EXAMPLE_value')
    },
  )

  it('holds nothing of the value, in any encoding', async () => {
    const text = 'EXAMPLE_client_secret_of_some_length'
    await store(google, text)
    const { rows } = await pglite.query<{ row: string }>('select tenantry_secrets::text as row from tenantry_secrets')
    const row = rows[0]?.row ?? ''
    expect(row).toContain('tenant-a')
    const bytes = Buffer.from(text)
    const forms = [0, 1, 2].map((from) => bytes.subarray(from).toString('base64url').slice(0, 12))
    for (const form of [text, bytes.toString('hex'), ...forms]) expect(row).not.toContain(form)
  })

  it('says unavailable without the words of the database', async () => {
    await pglite.exec('drop table tenantry_secrets')
    const error = await secrets.put(google, new Secret('EXAMPLE_value'), 'absent').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(String(error) + JSON.stringify(error)).not.toMatch(/tenantry_secrets|tenant-a|EXAMPLE_value/)
    expect(error).not.toHaveProperty('cause')
  })
})
