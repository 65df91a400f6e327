import { randomBytes, randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TenantryError } from '../errors/index.ts'
import { revealSecret, Secret } from '../model/index.ts'
import type { DataKeyRepository, KeyProvider } from '../ports/index.ts'
import { createManualClock, createMemoryKeys, createMemoryStore } from '../testing/index.ts'
import { createEnvelope, createWebCrypto, decodeBase64Url, encodeBase64Url } from './index.ts'
import type { SealContext } from './index.ts'

const place: SealContext = { tenantId: 'acme', table: 'tenantry_tokens', rowId: 'c1', field: 'refresh', version: 3 }
const value = 'EXAMPLE_refresh_token'

/** An envelope whose every port the test can reach; `open` makes another process over the same store and keys. */
function createSafe(
  change: { keys?: (keys: KeyProvider) => KeyProvider; dataKeys?: (dataKeys: DataKeyRepository) => DataKeyRepository } = {},
) {
  const clock = createManualClock()
  const memoryKeys = createMemoryKeys()
  const store = createMemoryStore()
  const keys = change.keys?.(memoryKeys) ?? memoryKeys
  const dataKeys = change.dataKeys?.(store.dataKeys) ?? store.dataKeys
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)), uuid: () => randomUUID() }
  const open = (environment = 'test') => createEnvelope({ keys, dataKeys, crypto: createWebCrypto(), random, clock, environment })
  return { clock, memoryKeys, store, envelope: open(), open }
}

/** Counts the calls of one method of a port. */
function counting<T extends object>(port: T, method: keyof T, calls: unknown[][]): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (name !== method || typeof member !== 'function') return member
      return (...input: unknown[]) => {
        calls.push(input)
        return Reflect.apply(member, target, input)
      }
    },
  })
}

describe('sealing', () => {
  it('opens in the place that it was sealed for, also in another process', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const { envelope, open } = createSafe()
        const sealed = await envelope.seal(place, new Secret(text))
        expect(sealed).toMatch(/^tn1\.[\w-]{12}\.[\w-]+$/)
        expect(revealSecret(await envelope.open(place, sealed))).toBe(text)
        expect(revealSecret(await open().open({ ...place, version: '3' }, sealed))).toBe(text)
      }),
      { numRuns: 30 },
    )
  })

  it('never gives the same text twice', async () => {
    const { envelope } = createSafe()
    const sealed = await Promise.all(Array.from({ length: 200 }, () => envelope.seal(place, new Secret(value))))
    expect(new Set(sealed).size).toBe(200)
  })

  it.each<[string, Partial<SealContext>]>([
    ['table', { table: 'tenantry_flows' }],
    ['row', { rowId: 'c2' }],
    ['field', { field: 'access' }],
    ['older version', { version: 2 }],
    ['newer version', { version: 4 }],
    ['place whose parts read the same when joined', { table: 'tenantry_tokensc1', rowId: '' }],
  ])('does not open in another %s', async (_, change) => {
    const { envelope } = createSafe()
    const sealed = await envelope.seal(place, new Secret(value))
    await expect(envelope.open({ ...place, ...change }, sealed)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open for another tenant, not even with the key row copied over', async () => {
    const { envelope, store, open } = createSafe()
    const sealed = await envelope.seal(place, new Secret(value))
    await envelope.seal({ ...place, tenantId: 'globex' }, new Secret(value))
    await expect(envelope.open({ ...place, tenantId: 'globex' }, sealed)).rejects.toMatchObject({ code: 'secrets_unreadable' })
    const key = await store.dataKeys.current('acme')
    if (key === null) throw new Error('there is no key')
    await store.dataKeys.removeForTenant('globex')
    await store.dataKeys.insertFirst({ ...key, tenantId: 'globex' })
    await expect(open().seal({ ...place, tenantId: 'globex' }, new Secret(value))).rejects.toMatchObject({ code: 'secrets_unreadable' })
    await expect(open().open({ ...place, tenantId: 'globex' }, sealed)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open in another environment, with the same store and keys', async () => {
    const { envelope, open } = createSafe()
    const sealed = await envelope.seal(place, new Secret(value))
    await expect(open('staging').open(place, sealed)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not open with any one bit or character changed', async () => {
    const { envelope } = createSafe()
    const sealed = await envelope.seal(place, new Secret(value))
    const [prefix, id, text = ''] = sealed.split('.')
    const bytes = decodeBase64Url(text) ?? new Uint8Array()
    const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Uint8Array.from(bytes)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return `${prefix}.${id}.${encodeBase64Url(copy)}`
    })
    const swapped = [...sealed].map((character, at) => sealed.slice(0, at) + (character === 'A' ? 'B' : 'A') + sealed.slice(at + 1))
    const opened = await Promise.allSettled([...flipped, ...swapped].map((text) => envelope.open(place, text)))
    expect(opened.filter(({ status }) => status === 'fulfilled')).toEqual([])
    expect(new Set(opened.map((result) => (result.status === 'rejected' ? result.reason.code : null)))).toEqual(
      new Set(['secrets_unreadable']),
    )
  })

  it('does not open a value with a tag of 4 bytes, or with none', async () => {
    const { envelope } = createSafe()
    const [prefix, id, text = ''] = (await envelope.seal(place, new Secret(value))).split('.')
    const bytes = decodeBase64Url(text) ?? new Uint8Array()
    for (const cut of [1, 4, 12, 16, 28, bytes.length]) {
      const short = `${prefix}.${id}.${encodeBase64Url(bytes.subarray(0, bytes.length - cut))}`
      await expect(envelope.open(place, short)).rejects.toMatchObject({ code: 'secrets_unreadable' })
    }
  })

  it.each([
    '',
    value,
    'tn1',
    'tn1.',
    'tn1..',
    'tn0.AAAAAAAAAAAA.AAAA',
    'TN1.x.y',
    '.x.y',
    'tn1.x.y.z',
    `tn1.AAAAAAAAAAAA.${'A'.repeat(80)}`,
    `tn1.__proto__.${'A'.repeat(80)}`,
  ])('does not take %j for a sealed value', async (text) => {
    const { envelope } = createSafe()
    await envelope.seal(place, new Secret(value))
    const error: unknown = await envelope.open(place, text).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'secrets_unreadable' })
    expect(String(error)).not.toContain('EXAMPLE_')
  })
})

describe('a sealer', () => {
  it('seals for its own tenant without the store, and for no other', async () => {
    const calls: unknown[][] = []
    const { envelope } = createSafe({ dataKeys: (dataKeys) => counting(counting(dataKeys, 'current', calls), 'get', calls) })
    const sealer = await envelope.sealerFor('acme')
    const before = calls.length
    const sealed = await sealer.seal(place, new Secret(value))
    expect(calls).toHaveLength(before)
    expect(revealSecret(await envelope.open(place, sealed))).toBe(value)
    await expect(sealer.seal({ ...place, tenantId: 'globex' }, new Secret(value))).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('data keys', () => {
  it('is one for a tenant, however many processes use it first at once', async () => {
    const { store, open } = createSafe()
    const sealed = await Promise.all(Array.from({ length: 20 }, () => open().seal(place, new Secret(value))))
    expect(store.rows('dataKeys')).toHaveLength(1)
    expect(new Set(sealed.map((text) => text.split('.')[1])).size).toBe(1)
    for (const text of sealed) expect(revealSecret(await open().open(place, text))).toBe(value)
  })

  it('lies in the store only wrapped', async () => {
    const wrapped: Uint8Array[] = []
    const { envelope, store } = createSafe({
      keys: (keys) => ({
        ...keys,
        primaryKeyId: keys.primaryKeyId,
        wrap: (key, context) => (wrapped.push(Uint8Array.from(key)), keys.wrap(key, context)),
      }),
    })
    await envelope.seal(place, new Secret(value))
    expect(wrapped).toHaveLength(1)
    expect(wrapped[0]).toHaveLength(32)
    expect(JSON.stringify(store.rows('dataKeys'))).not.toContain(encodeBase64Url(wrapped[0] ?? new Uint8Array()))
  })

  it('is unwrapped once in ten minutes, and never kept longer', async () => {
    const calls: unknown[][] = []
    const { envelope, clock } = createSafe({ keys: (keys) => counting(keys, 'unwrap', calls) })
    const sealed = await envelope.seal(place, new Secret(value))
    for (let at = 0; at < 5; at += 1) await envelope.open(place, sealed)
    expect(calls).toHaveLength(1)
    clock.advance(10 * 60_000)
    await envelope.open(place, sealed)
    expect(calls).toHaveLength(2)
  })

  it('stays readable when the key provider rotates', async () => {
    const { envelope, memoryKeys, open } = createSafe()
    const sealed = await envelope.seal(place, new Secret(value))
    memoryKeys.rotate()
    expect(revealSecret(await open().open(place, sealed))).toBe(value)
  })

  it('says secrets_unreadable when its wrapping key is gone, and unavailable when the provider does not answer', async () => {
    let isDown = false
    const down = () => Promise.reject(new TenantryError('unavailable'))
    const { envelope, memoryKeys, open } = createSafe({
      keys: (keys) => ({
        primaryKeyId: keys.primaryKeyId,
        wrap: keys.wrap,
        unwrap: (key, context) => (isDown ? down() : keys.unwrap(key, context)),
      }),
    })
    const sealed = await envelope.seal(place, new Secret(value))
    isDown = true
    await expect(open().open(place, sealed)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(open().seal(place, new Secret(value))).rejects.toMatchObject({ code: 'unavailable' })
    isDown = false
    memoryKeys.forget(memoryKeys.primaryKeyId)
    await expect(open().open(place, sealed)).rejects.toMatchObject({ code: 'secrets_unreadable' })
    await expect(open().seal(place, new Secret(value))).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('says unavailable when the store does not answer, and makes no second key', async () => {
    let isDown = true
    const { envelope, store } = createSafe({
      dataKeys: (dataKeys) => ({
        ...dataKeys,
        current: (tenantId) => (isDown ? Promise.reject(new TenantryError('unavailable')) : dataKeys.current(tenantId)),
      }),
    })
    await expect(envelope.seal(place, new Secret(value))).rejects.toMatchObject({ code: 'unavailable' })
    expect(store.rows('dataKeys')).toHaveLength(0)
    isDown = false
    await envelope.seal(place, new Secret(value))
    expect(store.rows('dataKeys')).toHaveLength(1)
  })

  it('takes everything sealed with it along when it is destroyed', async () => {
    const { envelope, store, open } = createSafe()
    const sealed = await envelope.seal(place, new Secret(value))
    await store.dataKeys.removeForTenant('acme')
    await open().seal(place, new Secret('EXAMPLE_next'))
    await expect(open().open(place, sealed)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('serves more tenants than are kept', async () => {
    const { envelope } = createSafe()
    const tenants = Array.from({ length: 1100 }, (_, at) => `tenant-${at}`)
    const sealed = await Promise.all(tenants.map((tenantId) => envelope.seal({ ...place, tenantId }, new Secret(tenantId))))
    for (const at of [0, 50, 1099]) {
      const tenantId = tenants[at] ?? ''
      expect(revealSecret(await envelope.open({ ...place, tenantId }, sealed[at] ?? ''))).toBe(tenantId)
    }
  })
})

describe('derived keys', () => {
  it('differ by purpose, tenant and environment, and are the same again', async () => {
    const { envelope, open } = createSafe()
    const derived = await Promise.all([
      envelope.deriveKey('acme', 'a'),
      envelope.deriveKey('acme', 'b'),
      envelope.deriveKey('globex', 'a'),
      open().deriveKey('acme', 'a'),
    ])
    const [first, purpose, tenant, again] = derived.map((key) => encodeBase64Url(key))
    expect(again).toBe(first)
    expect(new Set([first, purpose, tenant]).size).toBe(3)
    expect(derived.every((key) => key.length === 32)).toBe(true)
  })
})

describe('the key of an audit log', () => {
  it('differs by tenant, is the same in a transaction, in every process, and after the tenant’s own was destroyed', async () => {
    const { envelope, open } = createSafe()
    const sealer = await envelope.sealerFor('acme')
    const before = [await envelope.auditKey('acme'), await sealer.auditKey('acme'), await open().auditKey('acme')]
    await envelope.destroyKeys('acme')
    const after = [await envelope.auditKey('acme'), await sealer.auditKey('acme')]
    expect(new Set([...before, ...after].map((key) => encodeBase64Url(key))).size).toBe(1)
    expect(await envelope.auditKey('globex')).not.toEqual(before[0])
  })

  it('is handed to nobody who works for another tenant', async () => {
    const { envelope } = createSafe()
    const sealer = await envelope.sealerFor('acme')
    await expect(sealer.auditKey('globex')).rejects.toMatchObject({ code: 'internal' })
  })

  it('is asked for once in ten minutes', async () => {
    const calls: unknown[][] = []
    const { envelope, clock } = createSafe({ keys: (keys) => counting(keys, 'unwrap', calls) })
    for (let at = 0; at < 5; at += 1) await envelope.auditKey('acme')
    expect(calls).toHaveLength(1)
    clock.advance(10 * 60_000)
    await envelope.auditKey('acme')
    expect(calls).toHaveLength(2)
  })
})
