import { describe, expect, it } from 'vitest'
import { setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createHandler } from '@tenantry/server-adapters/http'
import { createWorld } from './create-world.ts'

/** Texts that cost the square of their length: space that is looked through from each of its places, marks that are put in order one by one. */
const spaces = (length: number) => `a${' '.repeat(length)}b`
const marks = (length: number) => `a${'\u0301'.repeat(length / 2)}${'\u0316'.repeat(length / 2)}`

async function door() {
  const world = createWorld()
  await setUpGoogle(world)
  const handler = createHandler(world.sdk, { identify: () => principal })
  return async (method: string, path: string, body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json', origin: world.sdk.baseUrl }
    const text = JSON.stringify(body)
    expect(text.length).toBeGreaterThan(60_000)
    const answer = await handler(new Request(`${world.sdk.baseUrl}/api/tenantry${path}`, { method, headers, body: text }))
    return answer.status
  }
}

const limitMs = 1_500

describe('input that is made to be slow', () => {
  it.each([
    ['spaces', spaces],
    ['marks', marks],
  ])('holds up nobody: %s', async (_, write) => {
    const send = await door()
    const replace = (length: number) => ({ action: 'replace', value: write(length) })
    const attempts = [
      () => send('PATCH', '/google', { clientId: replace(69_000) }),
      () => send('PATCH', '/google', { serviceAccountKey: replace(69_000) }),
      () => send('PATCH', '/microsoft', { clientId: replace(69_000) }),
      () => send('POST', '/connections', { provider: 'gmail', settings: { name: 'Support', mailbox: write(80_000) } }),
      () => send('POST', '/connections', { provider: 'gmail', settings: { name: write(80_000), mailbox: 'support@acme.test' } }),
    ]
    for (const attempt of attempts) {
      const begunAt = performance.now()
      expect(await attempt()).toBe(422)
      expect(performance.now() - begunAt).toBeLessThan(limitMs)
    }
  })
})
