import { base64url, createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { json } from '../../testing/start-tenant.ts'
import { AGENT, GRAPH, IDENTITY, OUTLOOK, REDIRECT, startDirectory } from '../testing/start-directory.ts'
import type { Tokens } from '../testing/start-directory.ts'
import { entraFault } from './entra-error.ts'

const DAY = 86_400_000

async function refusal(response: Response | Promise<Response>): Promise<[number, string, number | undefined]> {
  const answer = await response
  const { error, error_codes, error_description } = await json<{ error: string; error_codes: number[]; error_description: string }>(answer)
  expect(error_description).toMatch(
    /^AADSTS\d+: .+ Trace ID: [\da-f-]{36} Correlation ID: [\da-f-]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
  )
  return [answer.status, error, error_codes[0]]
}

describe('sign-in', () => {
  it('gives tokens for one resource, and an id token that names person and directory', async () => {
    const { sandbox, microsoft, login, directoryId, app, exchange } = startDirectory()
    const verifier = 'a-verifier-that-is-long-enough-for-the-rfc-7636'
    const codeChallenge = base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
    const asked = {
      clientId: app.clientId,
      redirectUri: REDIRECT,
      scope: `${IDENTITY} ${GRAPH} ${OUTLOOK}`,
      state: 's1',
      nonce: 'n1',
      codeChallenge,
    }
    const { code, redirectTo } = microsoft.grantConsent({ ...asked, address: AGENT })
    expect(new URL(redirectTo).searchParams.get('state')).toBe('s1')
    expect(await refusal(exchange(code ?? '', { scope: `${GRAPH} ${OUTLOOK}`, code_verifier: verifier }))).toEqual([
      400,
      'invalid_scope',
      28000,
    ])
    const tokens = await json<Tokens>(await exchange(code ?? '', { scope: `${IDENTITY} ${OUTLOOK}`, code_verifier: verifier }))
    expect(tokens.scope).toBe(`openid profile email ${OUTLOOK}`)
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: 'https://outlook.office.com',
      scp: 'IMAP.AccessAsUser.All SMTP.Send',
      tid: directoryId,
      upn: AGENT,
    })
    const keys = createLocalJWKSet(await json(await sandbox.fetch(new Request(`${login}/${directoryId}/discovery/v2.0/keys`))))
    const { payload } = await jwtVerify(tokens.id_token, keys, {
      issuer: `https://login.microsoftonline.com/${directoryId}/v2.0`,
      audience: app.clientId,
      currentDate: new Date(sandbox.clock.now()),
    })
    const oid = sandbox.snapshot().microsoft.recipients[0]?.id
    expect(payload).toMatchObject({ tid: directoryId, oid, preferred_username: AGENT, email: AGENT, nonce: 'n1', ver: '2.0' })
    expect(payload.sub).not.toBe(oid)
    expect(decodeJwt(tokens.access_token).exp).toBe(sandbox.clock.now() / 1000 + tokens.expires_in)
    expect(tokens.expires_in).toBeGreaterThanOrEqual(3600)
    expect(tokens.expires_in).toBeLessThan(5400)
  })

  it('refuses a code that was used, that is late, from elsewhere, or without its verifier', async () => {
    const { sandbox, microsoft, app, exchange, refresh } = startDirectory()
    const newCode = (codeChallenge?: string) =>
      microsoft.grantConsent({
        clientId: app.clientId,
        redirectUri: REDIRECT,
        address: AGENT,
        scope: `${IDENTITY} ${GRAPH}`,
        ...(codeChallenge === undefined ? {} : { codeChallenge }),
      }).code ?? ''
    const code = newCode()
    expect(await refusal(exchange(code, { redirect_uri: 'https://evil.example/' }))).toEqual([401, 'invalid_client', 500112])
    const { refresh_token } = await json<Tokens>(await exchange(code))
    expect(await refusal(exchange(code))).toEqual([400, 'invalid_grant', 54005])
    expect(await refusal(refresh(refresh_token))).toEqual([400, 'invalid_grant', 70000])
    expect(await refusal(exchange(newCode('abc'), { code_verifier: 'wrong' }))).toEqual([400, 'invalid_grant', 501481])
    const late = newCode()
    await sandbox.clock.advance(600_000)
    expect(await refusal(exchange(late))).toEqual([400, 'invalid_grant', 70008])
    expect(await refusal(exchange('nonsense'))).toEqual([400, 'invalid_grant', 70000])
  })

  it('refuses the app by its state', async () => {
    const { sandbox, microsoft, app, token, login, post } = startDirectory()
    const ask = (more: Record<string, string> = {}, tenant?: string) =>
      refusal(token({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default', ...more }, tenant))
    expect(await ask({ client_secret: app.secretId })).toEqual([401, 'invalid_client', 7000215])
    expect(await ask({ client_secret: '' })).toEqual([401, 'invalid_client', 7000218])
    expect(await ask({}, 'nobody.test')).toEqual([400, 'invalid_request', 90002])
    expect(await ask({}, 'not_a_tenant')).toEqual([400, 'invalid_request', 900023])
    expect(await ask({}, 'common')).toEqual([400, 'invalid_request', 50194])
    expect(await ask({ client_id: crypto.randomUUID() })).toEqual([400, 'unauthorized_client', 700016])
    expect(await ask({ scope: 'https://graph.microsoft.com/Mail.Send' })).toEqual([400, 'invalid_scope', 1002012])
    expect(await ask({ scope: 'https://evil.example/.default' })).toEqual([400, 'invalid_resource', 500011])
    expect(await ask({ grant_type: 'password' })).toEqual([400, 'unsupported_grant_type', 70003])
    const other = microsoft.createDirectory({ domain: 'other.test' })
    expect(await ask({}, other.directoryId)).toEqual([400, 'unauthorized_client', 700016])
    await sandbox.clock.advance(180 * DAY)
    expect(await ask()).toEqual([401, 'invalid_client', 7000222])
    const second = microsoft.addSecret(app.clientId)
    const answer = await post(`${login}/acme.test/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      client_id: app.clientId,
      client_secret: second.clientSecret,
    })
    expect(answer.status).toBe(200)
    microsoft.removeSecret(app.clientId, second.secretId)
    expect(await ask({ client_secret: second.clientSecret })).toEqual([401, 'invalid_client', 7000215])
    microsoft.deleteApp(app.clientId)
    expect(await ask()).toEqual([400, 'unauthorized_client', 700016])
  })
})

describe('refresh', () => {
  it('brings a new refresh token each time, for either resource, and the old ones work on', async () => {
    const { refresh, connect } = startDirectory()
    const first = await connect(`${IDENTITY} ${GRAPH} ${OUTLOOK}`)
    const second = await json<Tokens>(await refresh(first.refresh_token, `offline_access ${OUTLOOK}`))
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(decodeJwt(second.access_token)['aud']).toBe('https://outlook.office.com')
    expect(second.id_token).toBeUndefined()
    const third = await json<Tokens>(await refresh(first.refresh_token))
    expect(decodeJwt(third.access_token)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      scp: 'User.Read Mail.ReadWrite.Shared Mail.Send.Shared',
    })
    expect(await refusal(refresh(third.refresh_token, `${GRAPH} ${OUTLOOK}`))).toEqual([400, 'invalid_scope', 28000])
    expect(await refusal(refresh(third.refresh_token, ''))).toEqual([400, 'invalid_request', 900144])
  })

  it('keeps the refresh token where nothing rotates', async () => {
    const { sandbox, microsoft, refresh, connect } = startDirectory()
    microsoft.setRotation('none')
    const first = await connect()
    for (const days of [60, 60]) {
      await sandbox.clock.advance(days * DAY)
      expect((await json<Tokens>(await refresh(first.refresh_token))).refresh_token).toBe(first.refresh_token)
    }
  })

  it('ends the sign-in when a strict server sees an old one again', async () => {
    const { refresh, connect } = startDirectory({ rotation: 'strict-family' })
    const first = await connect()
    const second = await json<Tokens>(await refresh(first.refresh_token))
    expect(await refusal(refresh(first.refresh_token))).toEqual([400, 'invalid_grant', 50173])
    expect((await refresh(second.refresh_token)).status).toBe(400)
  })

  it('is refused for a grant that is not there any more', async () => {
    const { sandbox, microsoft, directoryId, app, refresh, connect } = startDirectory()
    const { refresh_token } = await connect()
    const ask = () => refusal(refresh(refresh_token))
    expect(await refusal(refresh(refresh_token, OUTLOOK))).toEqual([400, 'invalid_grant', 65001])
    microsoft.setSignInPolicy(directoryId, 'mfa_required')
    expect(await ask()).toEqual([400, 'invalid_grant', 50076])
    expect((await refresh((await connect()).refresh_token)).status).toBe(200)
    microsoft.setSignInPolicy(directoryId, 'blocked')
    expect(await ask()).toEqual([400, 'invalid_grant', 53003])
    microsoft.setSignInPolicy(directoryId, 'open')
    expect((await refresh(refresh_token)).status).toBe(200)
    await sandbox.clock.advance(60 * DAY)
    const newer = await json<Tokens>(await refresh(refresh_token))
    await sandbox.clock.advance(30 * DAY)
    // It was used all the time, but what came for it was not kept.
    expect(await ask()).toEqual([400, 'invalid_grant', 700082])
    expect((await refresh(newer.refresh_token)).status).toBe(200)
    const fresh = (await connect()).refresh_token
    microsoft.revokeSessions(AGENT)
    expect(await refusal(refresh(fresh))).toEqual([400, 'invalid_grant', 50173])
    await sandbox.clock.advance(1000)
    const next = (await connect()).refresh_token
    expect((await refresh(next)).status).toBe(200)
    microsoft.revokeGrant(AGENT, app.clientId)
    expect(await refusal(refresh(next))).toEqual([400, 'invalid_grant', 65001])
    const last = (await connect()).refresh_token
    microsoft.disableUser(AGENT)
    expect(await refusal(refresh(last))).toEqual([400, 'invalid_grant', 50057])
    microsoft.removeUser(AGENT)
    expect(await refusal(refresh(last))).toEqual([400, 'invalid_grant', 50034])
  })

  it('fails on demand with any number of the catalogue', async () => {
    const { sandbox, refresh, connect } = startDirectory()
    const { refresh_token } = await connect()
    for (const number of [50011, 50079, 50105, 53000, 90033, 7000112, 7000229, 50158, 50196, 70043, 70008, 700084, 90023, 50020]) {
      sandbox.faults.add(entraFault(number, { times: 1 }))
      expect((await refusal(refresh(refresh_token)))[2]).toBe(number)
    }
    expect((await refresh(refresh_token)).status).toBe(200)
    expect(() => entraFault(1)).toThrow('AADSTS1')
  })
})
