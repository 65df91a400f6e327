import { createEnvelope, createWebCrypto } from '@tenantry/sdk/crypto'
import { createMemoryKeys, createMemoryStore, createSeededRandom } from '@tenantry/sdk/testing'
import { Secret } from '@tenantry/sdk'
import { describe, expect, it } from 'vitest'
import { createGround, startProcess, untilDeath } from './ground.ts'
import type { Ground, Process } from './ground.ts'
import type { Death } from './mortal.ts'

const tenants = ['~system', 'acme', 'globex', 'initech'].concat(Array.from({ length: 8 }, (_, at) => `tenant-${at}`))
const place = (tenantId: string) => ({ tenantId, table: 'tenantry_tokens', rowId: 'c1', field: 'refresh', version: 1 })

/** Reads as a process does that starts now. */
const envelopeOf = ({ keys, store, sandbox }: Ground) =>
  createEnvelope({
    keys,
    dataKeys: store.dataKeys,
    crypto: createWebCrypto(),
    random: createSeededRandom(1),
    clock: sandbox.clock,
    environment: 'test',
  })

const past = (async () => {
  const [store, keys] = [createMemoryStore(), createMemoryKeys()]
  const oldKey = keys.primaryKeyId
  const sealed = new Map<string, string>()
  const ground = { ...createGround(), store, keys }
  for (const tenantId of tenants) sealed.set(tenantId, await envelopeOf(ground).seal(place(tenantId), new Secret(`EXAMPLE_of_${tenantId}`)))
  keys.rotate()
  return { ground, sealed, oldKey, keys }
})()

async function rotate(ground: Ground, death: Death | null): Promise<Process> {
  const world = startProcess(ground, {}, death)
  await untilDeath(world, async () => void (await world.sdk.secrets.rotateKeys()))
  return world
}

/** What there is to find fault with, once another process has gone on. */
async function faultsOf(ground: Ground): Promise<unknown[]> {
  const { sealed, oldKey } = await past
  const { sdk } = startProcess(ground, {}, null)
  const faults: unknown[] = []
  for (const tenantId of tenants)
    await envelopeOf(ground)
      .open(place(tenantId), sealed.get(tenantId) ?? '')
      .catch(() => faults.push(['dead', tenantId]))
  const { remaining, unreadable, keys } = await sdk.secrets.rotateKeys()
  if (remaining + unreadable > 0 || keys.some(({ keyId }) => keyId === oldKey)) faults.push({ remaining, unreadable })
  // The old key is taken away.
  const unwrap: Ground['keys']['unwrap'] = async (key, context) =>
    key.keyId === oldKey ? Promise.reject(new Error('gone')) : ground.keys.unwrap(key, context)
  const after = envelopeOf({ ...ground, keys: { primaryKeyId: ground.keys.primaryKeyId, wrap: ground.keys.wrap, unwrap } })
  for (const tenantId of tenants) {
    await after.open(place(tenantId), sealed.get(tenantId) ?? '').catch(() => faults.push(['lost', tenantId]))
    const actions = (await sdk.audit.list({ tenantId })).lines.map(({ action }) => action)
    if (actions.join() !== 'key.rotated' || !(await sdk.audit.verify({ tenantId })).ok) faults.push([tenantId, actions])
  }
  return faults
}

describe('K9 at every step of a rotation', () => {
  it('leaves every key readable, before and after another process goes on, and each told of once', async () => {
    const begin = async (): Promise<Ground> => ({ ...(await past).ground, store: (await past).ground.store.fork() })
    const whole = await begin()
    const { steps } = (await rotate(whole, null)).mortal
    expect(steps.filter((step) => step === 'transaction.dataKeys.rewrap')).toHaveLength(tenants.length)
    expect(await faultsOf(whole)).toEqual([])
    const wrong: unknown[] = []
    for (let step = 1; step <= steps.length; step += 1)
      for (const when of ['before', 'after'] as const) {
        const ground = await begin()
        await rotate(ground, { step, when })
        const faults = await faultsOf(ground)
        if (faults.length > 0) wrong.push({ step, name: steps[step - 1], when, faults })
      }
    expect(wrong.slice(0, 5)).toEqual([])
  }, 120_000)
})
