import { randomBytes, randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEnvelope, createWebCrypto } from '../crypto/index.ts'
import { createManualClock, createMemoryKeys, createMemoryStore } from '../testing/index.ts'
import { readState, signState } from './state.ts'
import type { FlowState } from './state.ts'

const crypto = createWebCrypto()

function createPorts(environment = 'test', store = createMemoryStore(), keys = createMemoryKeys()) {
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)), uuid: () => randomUUID() }
  return { crypto, envelope: createEnvelope({ keys, dataKeys: store.dataKeys, crypto, random, clock: createManualClock(), environment }) }
}

const state: FlowState = {
  tenantId: 'acme',
  flowId: '8f14e45f-ceea-4a1b-9b5c-0d2a6a3f1c11',
  callbackPath: '/api/auth/google/callback',
  expiresAt: 1_800_000_000_000,
}

describe('the state parameter', () => {
  it('comes back as it was signed, whatever stands in it', async () => {
    const ports = createPorts()
    const text = fc.string({ unit: 'grapheme', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.maxSafeInteger(), async (tenantId, flowId, callbackPath, expiresAt) => {
        const signed = await signState(ports, { tenantId, flowId, callbackPath, expiresAt })
        expect(signed).toMatch(/^v1\.[\w-]+\.[\w-]{43}$/)
        expect(await readState(ports, signed)).toEqual({ tenantId, flowId, callbackPath, expiresAt })
      }),
    )
  })

  it('is refused with any byte changed to any other, removed or doubled', async () => {
    const ports = createPorts()
    const signed = await signState(ports, state)
    const alphabet = 'AZaz09-_.=+/ %\n'
    const changed = [...signed].flatMap((own, at) => [
      ...[...alphabet].filter((other) => other !== own).map((other) => signed.slice(0, at) + other + signed.slice(at + 1)),
      signed.slice(0, at) + signed.slice(at + 1),
      signed.slice(0, at) + own + signed.slice(at),
    ])
    // Removing or doubling one of two equal neighbours gives the same text for both; none gives the signed one.
    expect(changed).not.toContain(signed)
    const read = await Promise.all(changed.map((text) => readState(ports, text)))
    expect(read.filter((result) => result !== null)).toEqual([])
  })

  it('is refused from another installation and from another environment of this one', async () => {
    const store = createMemoryStore()
    const keys = createMemoryKeys()
    const signed = await signState(createPorts('test', store, keys), state)
    expect(await readState(createPorts('test', store, keys), signed)).toEqual(state)
    expect(await readState(createPorts('test'), signed)).toBeNull()
    const staging = createPorts('staging', createMemoryStore(), keys)
    expect(await readState(staging, signed)).toBeNull()
  })

  it('is never made of other text, and reading never throws', async () => {
    const ports = createPorts()
    const [, body = ''] = (await signState(ports, state)).split('.')
    for (const text of ['', '.', '..', 'v1..', `v1.${body}.`, `v1.${body}`, `v1.${body}.${body}`, 'x'.repeat(10_000)])
      expect(await readState(ports, text)).toBeNull()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (left, right) => {
        expect(await readState(ports, `v1.${left}.${right}`)).toBeNull()
      }),
    )
  })
})
