import { describe, expect, it } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'
import { mostAtOnce } from '../http/most-at-once.ts'
import { CALENDAR, json, startTenant } from '../testing/start-tenant.ts'

interface Reply {
  access_token: string
  refresh_token?: string
}

async function startGrant(options: Parameters<typeof startTenant>[0] = {}) {
  const tenant = startTenant({ project: { publishing: 'production' }, ...options })
  const { refresh_token: first } = await tenant.connect([CALENDAR])
  const renew = async (token: string) => (await json<Reply>(await tenant.refresh(token))).refresh_token ?? ''
  const works = async (access: string) =>
    (await tenant.sandbox.fetch(new Request(`https://x/oauth2.googleapis.com/tokeninfo?access_token=${access}`))).status === 200
  return { ...tenant, first, renew, works }
}

describe('refresh tokens that are replaced at each use', () => {
  it('work on beside the new ones where old ones are kept', async () => {
    const { first, renew, refresh } = await startGrant({ rotation: 'replace-keep-old' })
    const second = await renew(first)
    expect(second).not.toBe(first)
    expect([(await refresh(first)).status, (await refresh(second)).status]).toEqual([200, 200])
  })

  it('end the whole family when an old one is used again, its access tokens too, and no other family', async () => {
    const { first, renew, refresh, connect, works } = await startGrant({ rotation: 'strict-family' })
    const other = await connect([CALENDAR])
    const second = await renew(first)
    const reply = await json<Reply>(await refresh(second))
    expect(await works(reply.access_token)).toBe(true)
    const reused = await refresh(first)
    expect([reused.status, await reused.json()]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    ])
    expect((await refresh(reply.refresh_token ?? '')).status).toBe(400)
    expect([await works(reply.access_token), await works(other.access_token)]).toEqual([false, true])
    expect((await refresh(other.refresh_token)).status).toBe(200)
  })

  it('used twice at once end their family', async () => {
    const { first, refresh } = await startGrant({ rotation: 'strict-family' })
    const replies = await Promise.all([refresh(first), refresh(first)])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 400])
    const winner = replies.find(({ status }) => status === 200)
    expect((await refresh((await json<Reply>(winner ?? new Response('{}'))).refresh_token ?? '')).status).toBe(400)
  })

  it('end a family whose last answer was lost', async () => {
    const { sandbox, first, refresh } = await startGrant({ rotation: 'strict-family' })
    sandbox.faults.add({ operation: 'oauth.token', kind: 'lose-response', times: 1 })
    await expect(refresh(first)).rejects.toThrow('fetch failed')
    expect((await refresh(first)).status).toBe(400)
  })

  it('count as one sign-in, however often they were replaced', async () => {
    const { first, renew, connect, refresh } = await startGrant({ rotation: 'replace-keep-old' })
    for (let at = 0; at < 150; at += 1) await renew(first)
    for (let at = 0; at < 99; at += 1) await connect([CALENDAR])
    expect((await refresh(first)).status).toBe(200)
    await connect([CALENDAR])
    expect((await refresh(first)).status).toBe(400)
  })

  it('end seven days after the sign-in of a Testing app all the same', async () => {
    const { sandbox, first, renew, refresh } = await startGrant({ rotation: 'strict-family', project: { publishing: 'testing' } })
    await sandbox.clock.advance(6 * 86_400_000)
    const second = await renew(first)
    await sandbox.clock.advance(86_400_000)
    expect((await refresh(second)).status).toBe(400)
  })

  it('stay so in a snapshot, until somebody changes it', async () => {
    const { sandbox, first, renew, client } = await startGrant({ rotation: 'strict-family' })
    const second = await renew(first)
    const again = createSandbox({ state: sandbox.snapshot(), clock: sandbox.clock })
    const body = () => ({ grant_type: 'refresh_token', client_id: client.clientId, client_secret: client.clientSecret })
    const refresh = (token: string) =>
      again.fetch(new Request(again.endpoints.token, { method: 'POST', body: new URLSearchParams({ ...body(), refresh_token: token }) }))
    const third = (await json<Reply>(await refresh(second))).refresh_token ?? ''
    expect(third).not.toBe('')
    again.google.setRotation('none')
    expect(await json<Reply>(await refresh(third))).not.toHaveProperty('refresh_token')
    expect((await refresh(third)).status).toBe(200)
    expect((await refresh(first)).status).toBe(400)
    expect((await refresh(third)).status).toBe(400)
  })
})

describe('what was asked at once', () => {
  it('is told by when each call began and ended', async () => {
    const { sandbox, first, refresh } = await startGrant()
    sandbox.clearRequests()
    await refresh(first)
    await refresh(first)
    expect(mostAtOnce(sandbox.requests)).toBe(1)
    const slow = sandbox.faults.add({ operation: 'oauth.token', kind: 'latency', ms: 5 })
    await Promise.all([refresh(first), refresh(first), refresh(first)])
    slow.remove()
    expect(mostAtOnce(sandbox.requests)).toBe(3)
    sandbox.faults.add({ kind: 'reset', times: 1 })
    await expect(refresh(first)).rejects.toThrow('fetch failed')
    expect(sandbox.requests.every(({ startedAt, endedAt }) => endedAt !== null && endedAt >= startedAt)).toBe(true)
  })

  it('counts what never ended as still running', () => {
    expect(mostAtOnce([])).toBe(0)
    const hanging = { startedAt: 1, endedAt: null }
    expect(mostAtOnce([hanging, { startedAt: 2, endedAt: 3 }, { startedAt: 3, endedAt: 4 }])).toBe(2)
  })
})
