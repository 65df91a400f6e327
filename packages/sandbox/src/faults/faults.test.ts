import { describe, expect, it } from 'vitest'
import { GMAIL, startTenant, SUPPORT } from '../testing/start-tenant.ts'

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

describe('faults of one path', () => {
  const path = '/gmail.googleapis.com/gmail/v1/users/me'
  const startMailbox = async () => {
    const { sandbox, google, connect } = startTenant()
    const { access_token } = await connect([GMAIL])
    const get = (id: string, signal?: AbortSignal) =>
      sandbox.fetch(
        new Request(`http://localhost:4010${path}/messages/${id}?format=raw`, {
          headers: { authorization: `Bearer ${access_token}` },
          ...(signal && { signal }),
        }),
      )
    const [poisoned, fine] = google.deliverMany(SUPPORT, [
      { from: 'a@x.test', subject: 'a', text: '' },
      { from: 'b@x.test', subject: 'b', text: '' },
    ])
    return { sandbox, get, poisoned: poisoned?.id ?? '', fine: fine?.id ?? '' }
  }

  it('poison one message and leave the others alone', async () => {
    const { sandbox, get, poisoned, fine } = await startMailbox()
    const fault = sandbox.faults.add({ path: `/messages/${poisoned}`, kind: 'status', status: 500 })
    expect([(await get(poisoned)).status, (await get(fine)).status, (await get(poisoned)).status]).toEqual([500, 200, 500])
    expect(fault.hits()).toBe(2)
    fault.remove()
    sandbox.faults.add({ path: new RegExp(`/${poisoned}$`, 'g'), operation: /^gmail\./, kind: 'body', body: 'no JSON at all' })
    expect(await (await get(poisoned)).text()).toBe('no JSON at all')
    expect((await get(fine)).headers.get('content-type')).toContain('json')
    expect(await (await get(poisoned)).text()).toBe('no JSON at all')
  })

  it('need both, the operation and the path', async () => {
    const { sandbox, get, poisoned } = await startMailbox()
    sandbox.faults.add({ operation: 'gmail.messages.list', path: poisoned, kind: 'status', status: 500 })
    sandbox.faults.add({ path: poisoned, method: 'DELETE', kind: 'status', status: 500 })
    expect((await get(poisoned)).status).toBe(200)
  })

  it('hang until the caller has had enough', async () => {
    const { sandbox, get, poisoned, fine } = await startMailbox()
    sandbox.faults.add({ path: poisoned, kind: 'hang' })
    const patience = new AbortController()
    let ended = false
    const hanging = get(poisoned, patience.signal).finally(() => (ended = true))
    expect((await get(fine)).status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(ended).toBe(false)
    patience.abort()
    await expect(hanging).rejects.toThrow(TypeError)
    expect(sandbox.requests.at(-2)?.status).toBe(0)
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
