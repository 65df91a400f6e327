import { describe, expect, it } from 'vitest'
import { GMAIL, json, startTenant } from '../testing/start-tenant.ts'

async function startGrant() {
  const tenant = startTenant()
  const { refresh_token } = await tenant.connect([GMAIL])
  return { ...tenant, ask: () => tenant.refresh(refresh_token) }
}

describe('answers that are spoiled', () => {
  it('have other fields, or lack some, and the call was carried out', async () => {
    const { sandbox, ask } = await startGrant()
    sandbox.faults.add({ operation: 'oauth.token', kind: 'rewrite', fields: { expires_in: '3599', scope: null }, omit: ['token_type'] })
    const reply = await json<Record<string, unknown>>(await ask())
    expect(reply).toMatchObject({ access_token: expect.stringMatching(/^ya29\./), expires_in: '3599', scope: null })
    expect(reply).not.toHaveProperty('token_type')
    expect(sandbox.snapshot().accessTokens.map(({ token }) => token)).toContain(reply['access_token'])
  })

  it('drip one byte at a time, and stop when nobody reads on', async () => {
    const { sandbox, ask } = await startGrant()
    sandbox.faults.add({ operation: 'oauth.token', kind: 'drip', ms: 1 })
    const reader = (await ask()).body?.getReader()
    expect((await reader?.read())?.value).toEqual(new Uint8Array(['{'.charCodeAt(0)]))
    await reader?.cancel()
    expect(await json(await ask())).toMatchObject({ token_type: 'Bearer' })
  })

  it('break off in the middle', async () => {
    const { sandbox, ask } = await startGrant()
    sandbox.faults.add({ operation: 'oauth.token', kind: 'cut', bytes: 7 })
    const reader = (await ask()).body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"acces')
    await expect(reader?.read()).rejects.toThrow('fetch failed')
  })

  it('are gigabytes long, of which only what is read is made', async () => {
    const { sandbox, ask } = await startGrant()
    sandbox.faults.add({ operation: 'oauth.token', kind: 'flood' })
    const endless = await ask()
    expect(endless.headers.get('content-type')).toContain('json')
    const reader = endless.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^\{"access_token":"EXAMPLE_A+$/)
    await reader?.cancel()
    sandbox.faults.clear()
    sandbox.faults.add({ kind: 'flood', bytes: 100_000 })
    expect((await (await ask()).arrayBuffer()).byteLength).toBe(100_000)
  })

  it('are bytes that are no text', async () => {
    const { sandbox, ask } = await startGrant()
    sandbox.faults.add({ kind: 'body', body: new Uint8Array([0xff, 0xfe]), contentType: 'application/json' })
    expect(new Uint8Array(await (await ask()).arrayBuffer())).toEqual(new Uint8Array([0xff, 0xfe]))
  })
})
