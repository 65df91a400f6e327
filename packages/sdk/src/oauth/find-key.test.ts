import { describe, expect, it } from 'vitest'
import { createManualClock } from '../testing/index.ts'
import { createKeyFinder } from './find-key.ts'

const minute = 60_000
const hour = 60 * minute
const rsa = (kid: string) => ({ kid, kty: 'RSA', n: `EXAMPLE_${kid}`, e: 'AQAB', alg: 'RS256', use: 'sig' })

/** A vendor whose answer the test chooses, with a finder over it. */
function createVendor() {
  const clock = createManualClock()
  const vendor = { keys: [rsa('k1')] as object[], isDown: false, asked: 0 }
  const findKey = createKeyFinder({
    url: 'https://keys.example.com/certs',
    clock,
    fetch: async () => {
      vendor.asked += 1
      if (vendor.isDown) throw new TypeError('EXAMPLE_network_error')
      return Response.json({ keys: vendor.keys })
    },
  })
  return Object.assign(vendor, { clock, findKey })
}

describe('finding a vendor’s key', () => {
  it('asks once for many keys and calls, and again after an hour', async () => {
    const vendor = createVendor()
    expect(await vendor.findKey('k1')).toEqual({ kid: 'k1', n: 'EXAMPLE_k1', e: 'AQAB' })
    vendor.clock.advance(hour)
    await vendor.findKey('k1')
    expect(vendor.asked).toBe(1)
    vendor.clock.advance(1)
    await vendor.findKey('k1')
    expect(vendor.asked).toBe(2)
  })

  it('shares one request among callers that come at once', async () => {
    const vendor = createVendor()
    const found = await Promise.all(Array.from({ length: 50 }, () => vendor.findKey('k1')))
    expect(new Set(found.map((key) => key?.n))).toEqual(new Set(['EXAMPLE_k1']))
    expect(vendor.asked).toBe(1)
  })

  it('asks for an unknown key at most once a minute, and then finds a new one', async () => {
    const vendor = createVendor()
    await vendor.findKey('k1')
    for (let at = 0; at < 20; at += 1) expect(await vendor.findKey(`made-up-${at}`)).toBeNull()
    expect(vendor.asked).toBe(1)
    vendor.keys = [rsa('k1'), rsa('k2')]
    vendor.clock.advance(minute + 1)
    expect(await vendor.findKey('k2')).toMatchObject({ kid: 'k2' })
    expect(vendor.asked).toBe(2)
  })

  it('forgets a key that the vendor withdrew', async () => {
    const vendor = createVendor()
    await vendor.findKey('k1')
    vendor.keys = [rsa('k2')]
    vendor.clock.advance(hour + 1)
    expect(await vendor.findKey('k1')).toBeNull()
  })

  it('keeps its keys through an outage of a day, asking once a minute, and is then unavailable', async () => {
    const vendor = createVendor()
    await vendor.findKey('k1')
    vendor.isDown = true
    vendor.clock.advance(2 * hour)
    for (let at = 0; at < 20; at += 1) expect(await vendor.findKey('k1')).not.toBeNull()
    expect(vendor.asked).toBe(2)
    vendor.clock.advance(22 * hour)
    expect(await vendor.findKey('k1')).not.toBeNull()
    vendor.clock.advance(1)
    for (let at = 0; at < 20; at += 1) await expect(vendor.findKey('k1')).rejects.toMatchObject({ code: 'unavailable' })
    vendor.isDown = false
    vendor.clock.advance(minute + 1)
    expect(await vendor.findKey('k1')).not.toBeNull()
  })

  it('does not call a key unknown that it could not ask for', async () => {
    const vendor = createVendor()
    await vendor.findKey('k1')
    vendor.isDown = true
    vendor.clock.advance(2 * minute)
    await expect(vendor.findKey('k2')).rejects.toMatchObject({ code: 'unavailable' })
    expect(await vendor.findKey('k1')).not.toBeNull()
  })

  it('never lets a caller with a known key wait for someone else’s unknown one', async () => {
    const clock = createManualClock()
    let answer: (response: Response) => void = () => undefined
    const slow = createKeyFinder({
      url: 'https://keys.example.com/certs',
      clock,
      fetch: () => new Promise((resolve) => (answer = resolve)),
    })
    const first = slow('k1')
    answer(Response.json({ keys: [rsa('k1')] }))
    expect(await first).not.toBeNull()
    clock.advance(2 * minute)
    const unknown = slow('k2')
    expect(await slow('k1')).not.toBeNull()
    answer(Response.json({ keys: [rsa('k1')] }))
    expect(await unknown).toBeNull()
  })

  it.each([
    ['an error', () => new Response('EXAMPLE_oops', { status: 500 })],
    ['a page', () => new Response('<html>EXAMPLE_oops</html>', { headers: { 'content-type': 'text/html' } })],
    ['another shape', () => Response.json({ keys: 'EXAMPLE_oops' })],
    ['a redirect', () => Response.redirect('https://evil.test/certs')],
    ['an error with keys in it', () => Response.json({ keys: [rsa('k1')] }, { status: 403 })],
  ])('takes %s for no answer', async (_, respond) => {
    const findKey = createKeyFinder({ url: 'https://keys.example.com/certs', clock: createManualClock(), fetch: async () => respond() })
    await expect(findKey('k1')).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('leaves out keys of other kinds, and names of Object are no keys', async () => {
    const vendor = createVendor()
    vendor.keys = [rsa('k1'), { kid: 'ec', kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, { kid: 'half', kty: 'RSA', n: 'n' }]
    expect(await vendor.findKey('k1')).not.toBeNull()
    for (const kid of ['ec', 'half', '__proto__', 'constructor', '']) expect(await vendor.findKey(kid)).toBeNull()
  })
})
