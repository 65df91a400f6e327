import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64Url, encodeText } from '../../crypto/base64url.ts'
import { createWebCrypto } from '../../crypto/web-crypto.ts'
import { newChannelToken, readChannelToken } from './channel-token.ts'

const crypto = createWebCrypto()

const portsWith = (key: string) => ({
  random: {
    bytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    uuid: () => globalThis.crypto.randomUUID(),
  },
  keyedHash: async (purpose: string, text: string) =>
    encodeBase64Url(await crypto.hmacSha256(encodeText(`${key}/${purpose}`), encodeText(text))),
})
const ports = portsWith('EXAMPLE_key')
const channelId = '5f0c0c7e-0000-4000-8000-000000000001'
const connectionId = '5f0c0c7e-0000-4000-8000-000000000002'

describe('a channel token', () => {
  it('is never the same, fits what Google allows, and names its connection', async () => {
    const first = await newChannelToken(ports, { channelId, connectionId })
    const second = await newChannelToken(ports, { channelId, connectionId })
    expect(first).not.toBe(second)
    expect(first.length).toBeLessThanOrEqual(256)
    expect(await readChannelToken(ports, { channelId, token: first })).toBe(connectionId)
  })

  it('of another channel, another key or another product says nothing', async () => {
    const token = await newChannelToken(ports, { channelId, connectionId })
    expect(await readChannelToken(ports, { channelId: connectionId, token })).toBeNull()
    expect(await readChannelToken(portsWith('EXAMPLE_other'), { channelId, token })).toBeNull()
    expect(await readChannelToken(ports, { channelId, token: encodeBase64Url(new Uint8Array(32)) })).toBeNull()
  })

  it('with any letter changed, added or left out says nothing', async () => {
    const token = await newChannelToken(ports, { channelId, connectionId })
    const place = fc.nat(token.length - 1)
    const letter = fc.constantFrom(...'abcXYZ019-_.=é \u0000')
    await fc.assert(
      fc.asyncProperty(place, letter, fc.nat(1), async (at, put, taken) => {
        const changed = token.slice(0, at) + put + token.slice(at + taken)
        fc.pre(changed !== token)
        expect(await readChannelToken(ports, { channelId, token: changed })).toBeNull()
      }),
    )
  })

  it.each(['', '.', '..', '...', 'a.b.c', `${'a'.repeat(43)}..${'a'.repeat(43)}`, 'a'.repeat(5000)])('is not %j', async (token) => {
    expect(await readChannelToken(ports, { channelId, token })).toBeNull()
  })
})
