import { describe, expect, it } from 'vitest'
import { GMAIL, startTenant } from '../testing/start-tenant.ts'

describe('faults of calls', () => {
  it('answer instead of Google, as often as asked', async () => {
    const { sandbox, connect, refresh } = startTenant()
    const { refresh_token } = await connect([GMAIL])
    const fault = sandbox.faults.add({ operation: 'oauth.token', kind: 'status', status: 429, headers: { 'retry-after': '7' }, times: 2 })
    const replies = [await refresh(refresh_token), await refresh(refresh_token), await refresh(refresh_token)]
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 200])
    expect(replies[0]?.headers.get('retry-after')).toBe('7')
    expect(fault.hits()).toBe(2)
  })

  it('reset never reaches Google; lose-response does', async () => {
    const { sandbox, google, client, exchange } = startTenant()
    const redirectUri = 'https://helpdesk.example/api/auth/google/callback'
    const grant = () => google.grantConsent({ clientId: client.clientId, redirectUri, address: 'support@acme.test', scopes: [GMAIL] }).code
    const first = grant()
    sandbox.faults.add({ operation: /^oauth\./, kind: 'reset', times: 1 })
    await expect(exchange(first)).rejects.toThrow(new TypeError('fetch failed'))
    expect((await exchange(first)).status).toBe(200)
    const second = grant()
    const lost = sandbox.faults.add({ operation: 'oauth.token', method: 'POST', kind: 'lose-response' })
    await expect(exchange(second)).rejects.toThrow('fetch failed')
    lost.remove()
    expect((await exchange(second)).status).toBe(400)
  })

  it('redirect, answer any body, and wait', async () => {
    const { sandbox, refresh } = startTenant()
    sandbox.faults.add({ kind: 'redirect', to: 'https://evil.test/token', times: 1 })
    const moved = await refresh('x')
    expect([moved.status, moved.headers.get('location')]).toEqual([307, 'https://evil.test/token'])
    sandbox.faults.add({ kind: 'body', body: '<html>', times: 1 })
    expect(await (await refresh('x')).text()).toBe('<html>')
    sandbox.faults.add({ kind: 'latency', ms: 60 })
    const started = performance.now()
    expect((await refresh('x')).status).toBe(400)
    expect(performance.now() - started).toBeGreaterThan(50)
    sandbox.faults.clear()
  })
})

describe('recordings', () => {
  it('name the operation, and keep what was sent and answered', async () => {
    const { sandbox, refresh } = startTenant()
    await refresh('1//EXAMPLE_none')
    await sandbox.fetch(new Request('http://localhost:4010/gmail.googleapis.com/nowhere'))
    expect(sandbox.requests.map(({ operation, method, status }) => [operation, method, status])).toEqual([
      ['oauth.token', 'POST', 400],
      ['unknown', 'GET', 404],
    ])
    expect(sandbox.requests[0]?.body).toContain('1%2F%2FEXAMPLE_none')
    sandbox.clearRequests()
    expect(sandbox.requests).toHaveLength(0)
  })
})
