import { base64url, createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { GMAIL, json, NOON, REDIRECT, startTenant, SUPPORT } from '../testing/start-tenant.ts'

const DAY = 86_400_000

interface TokenReply {
  access_token: string
  refresh_token?: string
  refresh_token_expires_in?: number
  scope: string
  id_token?: string
  expires_in: number
  error?: string
  error_description?: string
}

describe('authorization code', () => {
  it('is exchanged once, for what was ticked', async () => {
    const { google, client, exchange } = startTenant({ project: { publishing: 'production' } })
    const asked = { clientId: client.clientId, redirectUri: REDIRECT, address: SUPPORT, requestedScopes: [GMAIL, 'openid', 'email'] }
    const { code, redirectTo } = google.grantConsent({ ...asked, scopes: [], state: 's/1' })
    const back = new URL(redirectTo).searchParams
    expect(back.get('state')).toBe('s/1')
    expect(back.get('iss')).toBe('https://accounts.google.com')
    const reply = await json<TokenReply>(await exchange(code))
    expect(reply).toMatchObject({ expires_in: 3599, token_type: 'Bearer', scope: 'openid https://www.googleapis.com/auth/userinfo.email' })
    expect(reply.refresh_token).toBeTypeOf('string')
    expect(reply).not.toHaveProperty('refresh_token_expires_in')

    const again = await exchange(code)
    expect(again.status).toBe(400)
    expect(await again.json()).toMatchObject({ error: 'invalid_grant' })
  })

  it('reuse revokes the tokens of the first exchange', async () => {
    const { google, client, exchange, refresh } = startTenant()
    const { code } = google.grantConsent({ clientId: client.clientId, redirectUri: REDIRECT, address: SUPPORT, scopes: [GMAIL] })
    const first = await json<TokenReply>(await exchange(code))
    expect((await refresh(first.refresh_token ?? '')).status).toBe(200)
    await exchange(code)
    expect(await json(await refresh(first.refresh_token ?? ''))).toEqual({
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    })
  })

  it('two parallel exchanges cannot both succeed', async () => {
    const { google, client, exchange } = startTenant()
    const { code } = google.grantConsent({ clientId: client.clientId, redirectUri: REDIRECT, address: SUPPORT, scopes: [GMAIL] })
    const statuses = await Promise.all([exchange(code), exchange(code)]).then((replies) => replies.map(({ status }) => status))
    expect(statuses.toSorted()).toEqual([200, 400])
  })

  it('expires after ten minutes, and is bound to redirect URI and PKCE verifier', async () => {
    const { sandbox, google, client, exchange } = startTenant()
    const codeChallenge = base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('v'.repeat(43)))))
    const grant = () =>
      google.grantConsent({ clientId: client.clientId, redirectUri: REDIRECT, address: SUPPORT, scopes: [GMAIL], codeChallenge }).code
    expect(await json(await exchange(grant()))).toMatchObject({ error: 'invalid_grant' })
    expect(await json(await exchange(grant(), { code_verifier: 'x'.repeat(43) }))).toMatchObject({ error: 'invalid_grant' })
    expect((await exchange(grant(), { code_verifier: 'v'.repeat(43), redirect_uri: `${REDIRECT}/` })).status).toBe(400)
    expect((await exchange(grant(), { code_verifier: 'v'.repeat(43) })).status).toBe(200)
    const late = grant()
    await sandbox.clock.advance(600_000)
    expect(await json(await exchange(late, { code_verifier: 'v'.repeat(43) }))).toMatchObject({ error: 'invalid_grant' })
  })

  it('brings a refresh token on first consent or prompt=consent only, for offline access only', async () => {
    const { google, client, exchange } = startTenant()
    const ask = async (more: { prompt?: string; accessType?: 'online' }) => {
      const { code } = google.grantConsent({ clientId: client.clientId, redirectUri: REDIRECT, address: SUPPORT, scopes: [GMAIL], ...more })
      return 'refresh_token' in (await json<TokenReply>(await exchange(code)))
    }
    expect(await ask({ prompt: 'select_account' })).toBe(true)
    expect(await ask({ prompt: 'select_account' })).toBe(false)
    expect(await ask({ prompt: 'consent' })).toBe(true)
    expect(await ask({ prompt: 'consent', accessType: 'online' })).toBe(false)
  })
})

describe('id_token', () => {
  it('is signed with the published key and names client, person and nonce', async () => {
    const { sandbox, google, client, exchange } = startTenant()
    const { code } = google.grantConsent({
      clientId: client.clientId,
      redirectUri: REDIRECT,
      address: SUPPORT,
      scopes: ['openid', 'email'],
      nonce: 'n1',
    })
    const { id_token = '', access_token } = await json<TokenReply>(await exchange(code))
    const keys = await json<JSONWebKeySet>(await sandbox.fetch(new Request(sandbox.endpoints.jwks)))
    const audience = client.clientId
    const { payload } = await jwtVerify(id_token, createLocalJWKSet(keys), {
      issuer: 'https://accounts.google.com',
      audience,
      currentDate: new Date(NOON),
    })
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(access_token)))
    expect(payload).toMatchObject({
      azp: audience,
      email: SUPPORT,
      email_verified: true,
      nonce: 'n1',
      at_hash: base64url.encode(digest.slice(0, 16)),
    })
    expect(payload.exp).toBe(NOON / 1000 + 3600)
  })
})

describe('client authentication', () => {
  it('tells an unknown client from a wrong secret', async () => {
    const { post, sandbox, client, credentials, google } = startTenant()
    const form = { grant_type: 'refresh_token', refresh_token: 'x' }
    const unknown = await post(sandbox.endpoints.token, { ...form, client_id: '1-x.apps.googleusercontent.com', client_secret: 'EXAMPLE' })
    expect([unknown.status, await unknown.json()]).toEqual([
      401,
      { error: 'invalid_client', error_description: 'The OAuth client was not found.' },
    ])
    const old = credentials()
    client.rotate()
    const wrong = await post(sandbox.endpoints.token, { ...form, ...old })
    expect([wrong.status, await wrong.json()]).toEqual([401, { error: 'invalid_client', error_description: 'Unauthorized' }])
    expect((await post(sandbox.endpoints.token, { ...form, ...credentials() })).status).toBe(400)
    google.deleteClient(client.clientId)
    expect((await post(sandbox.endpoints.token, { ...form, ...credentials() })).status).toBe(401)
  })

  it('accepts a second secret beside the first', async () => {
    const { client, credentials, connect, refresh } = startTenant()
    const { refresh_token } = await connect([GMAIL])
    const before = credentials().client_secret
    expect(client.addSecret()).not.toBe(before)
    expect((await refresh(refresh_token)).status).toBe(200)
  })
})

describe('refresh tokens', () => {
  it('bring access tokens, never a new refresh token', async () => {
    const { connect, refresh } = startTenant({ project: { publishing: 'production' } })
    const { refresh_token } = await connect([GMAIL])
    const reply = await json<TokenReply>(await refresh(refresh_token))
    expect(reply).toMatchObject({ expires_in: 3599, scope: GMAIL, token_type: 'Bearer' })
    expect(reply).not.toHaveProperty('refresh_token')
  })

  it('of a Testing app die after seven days', async () => {
    const { sandbox, google, client, exchange, refresh } = startTenant()
    const { code } = google.grantConsent({ clientId: client.clientId, redirectUri: REDIRECT, address: SUPPORT, scopes: [GMAIL] })
    const reply = await json<TokenReply>(await exchange(code))
    expect(reply.refresh_token_expires_in).toBe(604_799)
    await sandbox.clock.advance(7 * DAY - 2000)
    expect((await refresh(reply.refresh_token ?? '')).status).toBe(200)
    await sandbox.clock.advance(2000)
    const dead = await refresh(reply.refresh_token ?? '')
    expect([dead.status, await dead.json()]).toMatchObject([
      400,
      { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    ])
  })

  it('of a published app die after six months without use', async () => {
    const { sandbox, connect, refresh } = startTenant({ project: { publishing: 'production' } })
    const { refresh_token } = await connect([GMAIL])
    await sandbox.clock.advance(170 * DAY)
    expect((await refresh(refresh_token)).status).toBe(200)
    await sandbox.clock.advance(170 * DAY)
    expect((await refresh(refresh_token)).status).toBe(200)
    await sandbox.clock.advance(181 * DAY)
    expect((await refresh(refresh_token)).status).toBe(400)
  })

  it('beyond a hundred, the oldest dies', async () => {
    const { connect, refresh } = startTenant()
    const tokens: string[] = []
    for (let index = 0; index < 101; index++) tokens.push((await connect([GMAIL])).refresh_token)
    expect((await refresh(tokens[0] ?? '')).status).toBe(400)
    expect((await refresh(tokens[1] ?? '')).status).toBe(200)
  })

  it('that reach mail die with the password', async () => {
    const { google, connect, refresh } = startTenant()
    const { refresh_token } = await connect([GMAIL])
    google.changePassword(SUPPORT, 'EXAMPLE_new')
    expect((await refresh(refresh_token)).status).toBe(400)
  })
})

describe('revocation', () => {
  it('kills the grant and its access tokens, and only once', async () => {
    const { sandbox, post, connect, refresh } = startTenant()
    const { access_token, refresh_token } = await connect([GMAIL])
    const info = () => sandbox.fetch(new Request(`https://x/oauth2.googleapis.com/tokeninfo?access_token=${access_token}`))
    expect(await json(await info())).toMatchObject({ scope: GMAIL })
    expect((await post(sandbox.endpoints.revocation, { token: refresh_token })).status).toBe(200)
    expect((await info()).status).toBe(400)
    expect((await refresh(refresh_token)).status).toBe(400)
    const again = await post(sandbox.endpoints.revocation, { token: refresh_token })
    expect([again.status, await json<TokenReply>(again)]).toMatchObject([400, { error: 'invalid_token' }])
  })
})
