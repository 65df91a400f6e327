import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { createEnvelope, createWebCrypto } from '../crypto/index.ts'
import { createTenantry } from '../create-tenantry.ts'
import { TenantryError } from '../errors/index.ts'
import { systemTenantId } from '../model/principal.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import type { DataKeyRecord, KeyProvider, Store } from '../ports/index.ts'
import {
  connectCalendar,
  connectGmail,
  createManualClock,
  createManualJobs,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createSeededRandom,
  createSilentLogger,
  setUpGoogle,
} from '../testing/index.ts'

const place = (tenantId: string) => ({ tenantId, table: 'tenantry_tokens', rowId: 'c1', field: 'refresh', version: 1 })

/** Keys that a test can get in the way of. */
type Meddling = {
  [Name in 'wrap' | 'unwrap']?: (keys: KeyProvider, ...input: Parameters<KeyProvider[Name]>) => ReturnType<KeyProvider[Name]>
}

/** An sdk without providers over tenants that have something sealed each; `open` is what another process reads. */
async function createVault(tenants: readonly string[], meddling: Meddling = {}, change: (store: Store) => Store = (store) => store) {
  const [clock, logger, random] = [createManualClock(), createSilentLogger(), createSeededRandom(1)]
  const [memoryStore, memoryKeys] = [createMemoryStore(), createMemoryKeys()]
  const parts = { crypto: createWebCrypto(), random, clock, environment: 'test' }
  const another = () => createEnvelope({ ...parts, keys: memoryKeys, dataKeys: memoryStore.dataKeys })
  const seal = (tenantId: string) => another().seal(place(tenantId), new Secret(`EXAMPLE_of_${tenantId}`))
  const sealed = new Map<string, string>()
  for (const tenantId of tenants) sealed.set(tenantId, await seal(tenantId))
  const keys: KeyProvider = {
    get primaryKeyId() {
      return memoryKeys.primaryKeyId
    },
    wrap: (...input) => meddling.wrap?.(memoryKeys, ...input) ?? memoryKeys.wrap(...input),
    unwrap: (...input) => meddling.unwrap?.(memoryKeys, ...input) ?? memoryKeys.unwrap(...input),
  }
  const ports = { keys, store: change(memoryStore), secrets: createMemorySecrets(), jobs: createManualJobs(), clock, logger, random }
  const start = () =>
    createTenantry({ ...ports, baseUrl: 'https://app.example.com', environment: 'test', authorize: () => true, providers: {} })
  const rows = () => memoryStore.rows('dataKeys') as readonly DataKeyRecord[]
  return {
    sdk: start(),
    start,
    clock,
    logger,
    store: memoryStore,
    keys: memoryKeys,
    rows,
    rowOf: (tenantId: string) => rows().find((row) => row.tenantId === tenantId),
    seal: async (tenantId: string) => void sealed.set(tenantId, await seal(tenantId)),
    open: async (tenantId: string) => revealSecret(await another().open(place(tenantId), sealed.get(tenantId) ?? '')),
    /** Whoever can write to the table does so. */
    alter: (tenantId: string, wrapped: string) =>
      memoryStore.dataKeys.current(tenantId).then((row) => row && memoryStore.dataKeys.rewrap(tenantId, row.id, row, { ...row, wrapped })),
    actions: async (tenantId: string) => (await memoryStore.audit.list(tenantId, 0, 500)).map(({ action }) => action),
  }
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `tenant-${String(at).padStart(4, '0')}`)

const unavailable = () => Promise.reject(new TenantryError('unavailable'))

describe('rotating the keys of a host', () => {
  it('wraps every tenant’s key anew, leaves what is sealed alone, and makes the old key needless', async () => {
    const [store, keys] = [createMemoryStore(), createMemoryKeys()]
    const world = createWorld({ store, keys })
    await setUpGoogle(world)
    const ids = [await connectGmail(world), await connectCalendar(world)]
    const before = { tokens: store.rows('tokens'), outbox: store.rows('outbox'), goodbyes: store.rows('goodbyes') }
    const [oldKey, newKey] = [keys.primaryKeyId, keys.rotate()]
    expect(await world.sdk.secrets.rotateKeys()).toEqual({
      checked: 2,
      rotated: 2,
      unreadable: 0,
      failures: [],
      remaining: 0,
      keys: [{ keyId: newKey, isPrimary: true, dataKeys: 2 }],
      next: null,
    })
    expect({ tokens: store.rows('tokens'), outbox: store.rows('outbox'), goodbyes: store.rows('goodbyes') }).toEqual(before)
    keys.forget(oldKey)
    // Until then it has the unwrapped keys at hand.
    await world.sandbox.clock.advance(11 * 60_000)
    for (const [at, connectionId] of ids.entries()) {
      const { accessToken } = await world.sdk[at === 0 ? 'gmail' : 'calendar'].client({ connectionId })
      expect(await accessToken()).toMatch(/^ya29/)
    }
    expect(await world.sdk.secrets.rotateKeys()).toMatchObject({ checked: 0, rotated: 0, remaining: 0, next: null })
  })

  it('says so in each tenant’s log, which stays whole, and once', async () => {
    const { sdk, keys, rowOf, store } = await createVault([systemTenantId, 'acme', 'globex'])
    keys.rotate()
    await sdk.secrets.rotateKeys()
    await sdk.secrets.rotateKeys()
    for (const tenantId of ['acme', 'globex', systemTenantId]) {
      const subject = `key:${rowOf(tenantId)?.id}`
      const lines = await store.audit.list(tenantId, 0, 10)
      expect(lines).toMatchObject([{ actor: 'service', action: 'key.rotated', subject, outcome: 'ok' }])
      expect(await sdk.audit.verify({ tenantId })).toMatchObject({ ok: true, lines: 1 })
    }
  })

  it('has nothing to do where nothing is, and makes no key', async () => {
    const { sdk, rows } = await createVault([])
    expect(await sdk.secrets.rotateKeys()).toMatchObject({ checked: 0, remaining: 0, keys: [], next: null })
    expect(rows()).toEqual([])
  })

  it('takes in several old keys at once', async () => {
    const vault = await createVault(['a'])
    for (const tenantId of ['b', 'c', 'd']) {
      vault.keys.rotate()
      await vault.seal(tenantId)
    }
    expect(await vault.sdk.secrets.rotateKeys({ verify: true })).toMatchObject({
      keys: ['memory-1', 'memory-2', 'memory-3', 'memory-4'].map((keyId) => ({ keyId, isPrimary: keyId === 'memory-4', dataKeys: 1 })),
      remaining: 3,
    })
    // The installation's own key was made by the first line of the log.
    expect(await vault.sdk.secrets.rotateKeys()).toMatchObject({ rotated: 3, keys: [{ keyId: 'memory-4', dataKeys: 5 }] })
    for (const keyId of ['memory-1', 'memory-2', 'memory-3']) vault.keys.forget(keyId)
    for (const tenantId of ['a', 'b', 'c', 'd']) expect(await vault.open(tenantId)).toBe(`EXAMPLE_of_${tenantId}`)
  })
})

describe('a data key that cannot be read', () => {
  it('holds up no other, is left as it is, and is named with a code', async () => {
    const vault = await createVault(['altered', 'broken', 'fine', 'moved', 'well'], {
      unwrap: (keys, key, context) =>
        context.includes('"broken"') ? Promise.reject(new Error('EXAMPLE_secret of the KMS')) : keys.unwrap(key, context),
    })
    await vault.alter('altered', 'AAAA')
    await vault.alter('moved', vault.rowOf('fine')?.wrapped ?? '')
    const before = vault.rows()
    vault.keys.rotate()
    const result = await vault.sdk.secrets.rotateKeys()
    const failure = (tenantId: string, reason: string) => ({ tenantId, keyId: 'memory-1', reason })
    expect(result).toMatchObject({ rotated: 2, unreadable: 3, remaining: 3, next: null })
    expect(result.failures).toEqual([
      failure('altered', 'secrets_unreadable'),
      failure('broken', 'internal'),
      failure('moved', 'secrets_unreadable'),
    ])
    for (const tenantId of ['altered', 'broken', 'moved'])
      expect(vault.rowOf(tenantId)).toEqual(before.find((row) => row.tenantId === tenantId))
    expect(JSON.stringify([result, vault.logger.lines])).not.toContain('EXAMPLE_')
    expect(vault.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'keys.rotated', fields: { checked: 5, rotated: 2, unreadable: 3, remaining: 3 } }),
    )
    for (const tenantId of ['fine', 'well']) expect(await vault.open(tenantId)).toBe(`EXAMPLE_of_${tenantId}`)
  })

  it('is counted, however many there are, and a hundred are named', async () => {
    const vault = await createVault(many(250))
    vault.keys.rotate()
    await vault.seal('new')
    vault.keys.forget('memory-1')
    const { failures, ...result } = await vault.sdk.secrets.rotateKeys()
    expect(result).toMatchObject({ checked: 250, rotated: 0, unreadable: 250, remaining: 250, next: null })
    expect(failures.map(({ tenantId }) => tenantId)).toEqual(many(100))
  })

  it('is written over by nothing that does not come back', async () => {
    const vault = await createVault(['acme'], {
      wrap: (keys, key, context) => keys.wrap(context.includes('"acme"') ? key.map((byte) => byte ^ 1) : key, context),
    })
    vault.keys.rotate()
    expect((await vault.sdk.secrets.rotateKeys()).failures).toEqual([{ tenantId: 'acme', keyId: 'memory-1', reason: 'internal' }])
    expect(await vault.open('acme')).toBe('EXAMPLE_of_acme')
  })

  it('is not replaced by what is no data key', async () => {
    const vault = await createVault(['acme'], {
      unwrap: async (keys, key, context) => (await keys.unwrap(key, context)).subarray(context.includes('"acme"') ? 1 : 0),
    })
    vault.keys.rotate()
    expect((await vault.sdk.secrets.rotateKeys()).failures).toMatchObject([{ tenantId: 'acme', reason: 'secrets_unreadable' }])
    expect(vault.rowOf('acme')?.keyId).toBe('memory-1')
  })

  it('may be the installation’s own: the others are wrapped anew, and the log hears that no line could be written', async () => {
    const vault = await createVault([systemTenantId, 'acme', 'globex'])
    await vault.alter(systemTenantId, 'AAAA')
    vault.keys.rotate()
    expect(await vault.sdk.secrets.rotateKeys()).toMatchObject({ rotated: 2, failures: [{ tenantId: systemTenantId }] })
    expect(await vault.open('globex')).toBe('EXAMPLE_of_globex')
    expect(vault.logger.lines.filter(({ event }) => event === 'audit.not_written')).toHaveLength(2)
  })
})

describe('a key provider that does not answer', () => {
  it('is not asked for everybody, and nothing is changed', async () => {
    let asked = 0
    const vault = await createVault(many(200), { unwrap: () => ((asked += 1), unavailable()) })
    vault.keys.rotate()
    const result = await vault.sdk.secrets.rotateKeys()
    expect(result).toMatchObject({ rotated: 0, remaining: 200, next: null })
    expect(new Set(result.failures.map(({ reason }) => reason))).toEqual(new Set(['unavailable']))
    expect(asked).toBeLessThanOrEqual(40)
    expect(vault.rows().every(({ keyId }) => keyId === 'memory-1')).toBe(true)
  })

  it('for one key keeps no other key from being retired', async () => {
    const vault = await createVault(many(60), {
      unwrap: (keys, key, context) => (key.keyId === 'memory-1' ? unavailable() : keys.unwrap(key, context)),
    })
    vault.keys.rotate()
    for (const tenantId of ['x', 'y', 'z']) await vault.seal(tenantId)
    vault.keys.rotate()
    const { keys, rotated } = await vault.sdk.secrets.rotateKeys()
    expect([rotated, keys.map(({ keyId }) => keyId)]).toEqual([3, ['memory-1', 'memory-3']])
  })

  it('now and then leaves some for the next call', async () => {
    let calls = 0
    const vault = await createVault(many(90), {
      unwrap: (keys, key, context) => ((calls += 1) % 5 === 0 ? unavailable() : keys.unwrap(key, context)),
    })
    vault.keys.rotate()
    const first = await vault.sdk.secrets.rotateKeys()
    expect(first.rotated + first.unreadable).toBe(90)
    expect(first.unreadable).toBeGreaterThan(5)
    for (let round = 0; round < 20; round += 1) if ((await vault.sdk.secrets.rotateKeys()).remaining === 0) break
    expect((await vault.sdk.secrets.rotateKeys()).remaining).toBe(0)
  })
})

describe('a call', () => {
  it('ends after its time, and the next one goes on where it stood, past what cannot be read', async () => {
    const asked: string[] = []
    const vault = await createVault(many(190), {
      unwrap: (keys, key, context) => {
        if (key.keyId === 'memory-1') asked.push(context)
        vault.clock.advance(5)
        return keys.unwrap(key, context)
      },
    })
    for (const tenantId of many(70)) await vault.alter(tenantId, 'AAAA')
    vault.keys.rotate()
    const calls = [await vault.sdk.secrets.rotateKeys({ budgetMs: 100 })]
    while (calls.length < 20 && calls.at(-1)?.next !== null)
      calls.push(await vault.sdk.secrets.rotateKeys({ budgetMs: 100, after: calls.at(-1)?.next ?? null }))
    expect(calls.map(({ checked }) => checked)).toEqual([40, 40, 40, 40, 30])
    expect(calls.map(({ unreadable }) => unreadable)).toEqual([40, 30, 0, 0, 0])
    expect(calls.map(({ remaining }) => remaining)).toEqual([190, 180, 140, 100, 70])
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('looks at some, however short its time', async () => {
    const vault = await createVault(many(50))
    vault.keys.rotate()
    expect(await vault.sdk.secrets.rotateKeys({ budgetMs: -1 })).toMatchObject({ rotated: 40, remaining: 10, next: expect.any(String) })
    // Without the place it goes on as well.
    expect(await vault.sdk.secrets.rotateKeys({ budgetMs: -1 })).toMatchObject({ rotated: 10, remaining: 0 })
  })

  it.each(['', 'x', 'bnVsbA', 'WzEsMiwzXQ', 'WyJhIiwiYiJd', 'WyJhIiwiYiIsImMiLCJkIl0'])('does not take %j for a place', async (after) => {
    const { sdk } = await createVault(['acme'])
    await expect(sdk.secrets.rotateKeys({ after })).rejects.toMatchObject({ code: 'invalid_input', field: 'after' })
  })

  it('that verifies changes nothing, and finds what cannot be read under any key', async () => {
    const vault = await createVault(['a', 'b'])
    vault.keys.rotate()
    for (const tenantId of ['c', 'd']) await vault.seal(tenantId)
    await vault.alter('d', 'AAAA')
    const before = [vault.rows(), vault.store.rows('audit')]
    expect(await vault.sdk.secrets.rotateKeys({ verify: true })).toEqual({
      checked: 4,
      rotated: 0,
      unreadable: 1,
      failures: [{ tenantId: 'd', keyId: 'memory-2', reason: 'secrets_unreadable' }],
      remaining: 2,
      keys: [
        { keyId: 'memory-1', isPrimary: false, dataKeys: 2 },
        { keyId: 'memory-2', isPrimary: true, dataKeys: 2 },
      ],
      next: null,
    })
    expect([vault.rows(), vault.store.rows('audit')]).toEqual(before)
  })

  it('that the store does not answer is `unavailable`, and another one goes on', async () => {
    let left = 30
    const vault = await createVault(many(50), {}, (store) => ({
      ...store,
      transaction: (work) => ((left -= 1) < 0 && left > -10 ? unavailable() : store.transaction(work)),
    }))
    vault.keys.rotate()
    await expect(vault.sdk.secrets.rotateKeys()).rejects.toMatchObject({ code: 'unavailable' })
    left = 1000
    expect(await vault.sdk.secrets.rotateKeys()).toMatchObject({ rotated: 20, remaining: 0 })
    for (const tenantId of many(50)) expect(await vault.actions(tenantId)).toEqual(['key.rotated'])
  })
})

describe('what happens meanwhile', () => {
  it('a tenant that is deleted stays deleted, with nothing written behind it', async () => {
    const vault = await createVault(['acme', 'globex'], {
      async wrap(keys, key, context) {
        if (context.includes('"acme"')) await vault.start().tenants.delete({ tenantId: 'acme' })
        return keys.wrap(key, context)
      },
    })
    vault.keys.rotate()
    expect(await vault.sdk.secrets.rotateKeys()).toMatchObject({ rotated: 1, unreadable: 0, remaining: 0 })
    expect(vault.rowOf('acme')).toBeUndefined()
    await expect(vault.open('acme')).rejects.toMatchObject({ code: 'secrets_unreadable' })
    expect(await vault.actions('acme')).toEqual(['tenant.deleted'])
    expect(await vault.open('globex')).toBe('EXAMPLE_of_globex')
  })

  it('a tenant that is deleted and comes back keeps its new key', async () => {
    const vault = await createVault(['acme'], {
      async wrap(keys, key, context) {
        const own = vault.rowOf('acme')
        if (own !== undefined && context.includes(own.id)) {
          await vault.store.dataKeys.removeForTenant('acme')
          await vault.seal('acme')
        }
        return keys.wrap(key, context)
      },
    })
    vault.keys.rotate()
    expect(await vault.sdk.secrets.rotateKeys()).toMatchObject({ rotated: 0, remaining: 0 })
    expect(await vault.open('acme')).toBe('EXAMPLE_of_acme')
  })

  it('several processes at once do each key once', async () => {
    const vault = await createVault(many(100))
    vault.keys.rotate()
    const results = await Promise.all(Array.from({ length: 4 }, () => vault.start().secrets.rotateKeys()))
    // The installation's own key is made by whoever comes first, with the new key.
    expect(results.reduce((sum, { rotated }) => sum + rotated, 0)).toBe(100)
    for (const tenantId of many(100)) {
      expect(await vault.actions(tenantId)).toEqual(['key.rotated'])
      expect(await vault.open(tenantId)).toBe(`EXAMPLE_of_${tenantId}`)
    }
  })
})

const names = ['a', 'b', 'c', 'd']

const step = fc.oneof(
  fc.record({ does: fc.constantFrom('make', 'delete'), tenantId: fc.constantFrom(...names) }),
  fc.record({ does: fc.constantFrom('switch', 'retire'), tenantId: fc.constant('') }),
  fc.record({
    does: fc.constantFrom('rotate', 'rotate twice', 'die', 'rotate and delete', 'rotate and make'),
    tenantId: fc.constantFrom(...names),
  }),
)

describe('in any order of making, deleting, switching, rotating, dying and retiring', () => {
  it('whoever lives can be read, whoever was deleted cannot, and every log is whole', async () => {
    const run = async (steps: readonly { does: string; tenantId: string }[]) => {
      let lives = Infinity
      const vault = await createVault([], {}, (store) => ({
        ...store,
        transaction: (work) => ((lives -= 1) < 0 ? unavailable() : store.transaction(work)),
      }))
      const living = new Set<string>()
      const held = new Set(['memory-1'])
      const make = async (tenantId: string) => {
        if (living.has(tenantId)) return
        await vault.seal(tenantId)
        living.add(tenantId)
      }
      const remove = async (tenantId: string) => {
        living.delete(tenantId)
        await vault.start().tenants.delete({ tenantId })
      }
      const rotate = () => vault.start().secrets.rotateKeys()
      const does: Record<string, (tenantId: string) => Promise<unknown>> = {
        make,
        delete: remove,
        switch: async () => held.add(vault.keys.rotate()),
        rotate,
        'rotate twice': () => Promise.all([rotate(), rotate()]),
        'rotate and delete': (tenantId) => Promise.all([rotate(), remove(tenantId)]),
        'rotate and make': (tenantId) => Promise.all([rotate(), make(tenantId)]),
        async die(tenantId) {
          lives = names.indexOf(tenantId)
          await rotate().catch(() => undefined)
          lives = Infinity
        },
        async retire() {
          const { keys } = await vault.sdk.secrets.rotateKeys({ verify: true })
          const needed = new Set([...keys.map(({ keyId }) => keyId), vault.keys.primaryKeyId])
          for (const keyId of held) if (!needed.has(keyId) && held.delete(keyId)) vault.keys.forget(keyId)
        },
      }
      for (const { does: name, tenantId } of steps) await does[name]?.(tenantId)
      expect(await rotate()).toMatchObject({ remaining: 0, unreadable: 0 })
      await does['retire']?.('')
      expect([...held]).toEqual([vault.keys.primaryKeyId])
      for (const tenantId of names) {
        if (living.has(tenantId)) expect(await vault.open(tenantId)).toBe(`EXAMPLE_of_${tenantId}`)
        else await expect(vault.open(tenantId)).rejects.toMatchObject({ code: 'secrets_unreadable' })
        expect(await vault.sdk.audit.verify({ tenantId })).toMatchObject({ ok: true })
      }
    }
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 15 }), run), { numRuns: 150 })
  })
})
