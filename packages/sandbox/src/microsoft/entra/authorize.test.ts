import { describe, expect, it } from 'vitest'
import { AGENT, callGraph, GRAPH, IDENTITY, REDIRECT, SALES, startDirectory } from '../testing/start-directory.ts'

function startSignIn() {
  const directory = startDirectory()
  const { sandbox, login, directoryId, app } = directory
  const url = (more: Record<string, string> = {}, tenant = directoryId) =>
    `${login}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: `${IDENTITY} ${GRAPH}`,
      state: 's1',
      ...more,
    })}`
  const open = async (address: string) => {
    const response = await sandbox.fetch(new Request(address))
    return { status: response.status, text: await response.text(), location: new URL(response.headers.get('location') ?? 'none:') }
  }
  const submit = async (step: 'login' | 'consent', fields: Record<string, string>) => {
    const response = await sandbox.fetch(
      new Request(`${login}/${directoryId}/${step}`, { method: 'POST', body: new URLSearchParams(fields) }),
    )
    return { status: response.status, text: await response.text(), location: new URL(response.headers.get('location') ?? 'none:') }
  }
  const idIn = (text: string) => /name="authorization" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const adminUrl = (more: Record<string, string> = {}) =>
    `${login}/${directoryId}/v2.0/adminconsent?${new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      scope: 'https://graph.microsoft.com/.default',
      state: 's2',
      ...more,
    })}`
  return { ...directory, url, open, submit, idIn, adminUrl }
}

describe('pages', () => {
  it('lead from account over password to consent, once', async () => {
    const { microsoft, url, open, submit, idIn } = startSignIn()
    microsoft.createUser({ address: 'pat@acme.test', password: 'EXAMPLE_password' })
    const chooser = await open(url({ login_hint: 'pat@acme.test' }))
    expect(chooser.text.indexOf('pat@acme.test')).toBeLessThan(chooser.text.indexOf(AGENT))
    expect(chooser.text).not.toContain(SALES)
    const authorization = idIn(chooser.text)
    expect((await submit('login', { authorization, account: 'pat@acme.test' })).text).toContain('Enter password')
    expect((await submit('login', { authorization, account: 'pat@acme.test', password: 'x' })).text).toContain('incorrect')
    const consent = await submit('login', { authorization, account: 'pat@acme.test', password: 'EXAMPLE_password' })
    expect(consent.text).toContain('Read and write mail that you can access')
    expect(consent.text).toContain('Maintain access to data')
    const { location } = await submit('consent', { authorization, decision: 'accept' })
    expect([location.origin + location.pathname, location.searchParams.get('state')]).toEqual([REDIRECT, 's1'])
    expect(location.searchParams.get('code')).toMatch(/^1\.EXAMPLE_/)
    const second = idIn((await open(url())).text)
    const again = await submit('login', { authorization: second, account: 'pat@acme.test', password: 'EXAMPLE_password' })
    expect([again.status, again.location.searchParams.has('code')]).toEqual([302, true])
    const third = idIn((await open(url({ prompt: 'consent' }))).text)
    expect((await submit('login', { authorization: third, account: 'pat@acme.test', password: 'EXAMPLE_password' })).text).toContain(
      'Permissions requested',
    )
    const declined = await submit('consent', { authorization: third, decision: 'cancel' })
    expect(declined.location.searchParams.get('error_description')).toMatch(/^AADSTS65004: /)
    expect([declined.location.searchParams.get('error'), declined.location.searchParams.get('error_subcode')]).toEqual([
      'access_denied',
      'cancel',
    ])
    expect((await submit('consent', { authorization: third, decision: 'accept' })).text).toContain('AADSTS90023')
  })

  it('show what is wrong with a request, and the app never hears of it', async () => {
    const { app, url, open } = startSignIn()
    const shown = async (address: string) => {
      const { location, text } = await open(address)
      return [location.protocol, /AADSTS\d+/.exec(text)?.[0]]
    }
    expect(await shown(url({ redirect_uri: 'https://evil.example/' }))).toEqual(['none:', 'AADSTS50011'])
    expect(await shown(url({ client_id: crypto.randomUUID() }))).toEqual(['none:', 'AADSTS700016'])
    expect(await shown(url({ response_type: 'token' }))).toEqual(['none:', 'AADSTS700054'])
    expect(await shown(url({ scope: '' }))).toEqual(['none:', 'AADSTS900144'])
    expect(await shown(url({ scope: 'Mail.Everything' }))).toEqual(['none:', 'AADSTS650053'])
    expect(await shown(url({ scope: 'https://evil.example/Mail.Read' }))).toEqual(['none:', 'AADSTS500011'])
    expect(await shown(url({}, 'nobody.test'))).toEqual(['none:', 'AADSTS90002'])
    expect(await shown(url({}, 'common'))).toEqual(['none:', 'AADSTS50194'])
    const silent = await open(url({ prompt: 'none' }))
    expect(silent.location.searchParams.get('error')).toBe('login_required')
    expect(app.clientId).toMatch(/^[\da-f-]{36}$/)
  })

  it('turn away who may not sign in', async () => {
    const { microsoft, directoryId, url } = startSignIn()
    const sign = (address: string) => () => microsoft.grantConsent({ authorizationUrl: url(), address })
    microsoft.createDirectory({ domain: 'other.test' })
    microsoft.createUser({ address: 'kim@other.test' })
    microsoft.createGroup({ address: 'all@acme.test' })
    expect(sign('kim@other.test')).toThrow('AADSTS50020')
    expect(sign('nobody@acme.test')).toThrow('AADSTS50034')
    expect(sign('all@acme.test')).toThrow('AADSTS50034')
    expect(sign(SALES)).toThrow('AADSTS50057')
    microsoft.createGuest({ address: 'kim@other.test', directoryId })
    expect(sign('kim@other.test')().code).toMatch(/^1\./)
    microsoft.setSignInPolicy(directoryId, 'blocked')
    expect(sign(AGENT)).toThrow('AADSTS53003')
  })
})

describe('admin consent', () => {
  it('is what a person needs where only admins may consent', async () => {
    const { microsoft, directoryId, app, url, open, submit, idIn, adminUrl } = startSignIn()
    microsoft.setUserConsent(directoryId, 'admin_only')
    const authorization = idIn((await open(url())).text)
    expect((await submit('login', { authorization, account: AGENT })).text).toContain('Need admin approval')
    const back = await submit('consent', { authorization, decision: 'accept' })
    expect(back.location.searchParams.get('error_description')).toMatch(/^AADSTS90094: /)
    const early = microsoft.grantConsent({ authorizationUrl: url(), address: AGENT })
    expect([early.code, new URL(early.redirectTo).searchParams.get('error')]).toEqual([null, 'access_denied'])
    microsoft.createUser({ address: 'root@acme.test', admin: true })
    expect(microsoft.grantConsent({ authorizationUrl: url(), address: 'root@acme.test' }).code).not.toBeNull()
    // What one person consented to, be it an admin, holds for that person.
    expect(microsoft.grantConsent({ authorizationUrl: url(), address: AGENT }).code).toBeNull()
    const denied = new URL(microsoft.denyAdminConsent({ adminConsentUrl: adminUrl() }).redirectTo).searchParams
    expect([denied.get('error'), denied.get('state')]).toEqual(['permission_denied', 's2'])
    const { searchParams } = new URL(microsoft.grantAdminConsent({ adminConsentUrl: adminUrl() }).redirectTo)
    expect(Object.fromEntries(searchParams)).toEqual({
      admin_consent: 'True',
      tenant: directoryId,
      scope: 'https://graph.microsoft.com/.default',
      state: 's2',
    })
    expect(microsoft.grantConsent({ authorizationUrl: url(), address: AGENT }).code).not.toBeNull()
    expect(app.directoryId).toBe(directoryId)
  })

  it('of an admin spares people the question, unless they are asked once more', async () => {
    const { microsoft, directoryId, url, open, submit, idIn, adminUrl } = startSignIn()
    microsoft.setUserConsent(directoryId, 'admin_only')
    microsoft.grantAdminConsent({ adminConsentUrl: adminUrl() })
    const sign = async (prompt: string) => submit('login', { authorization: idIn((await open(url({ prompt }))).text), account: AGENT })
    expect((await sign('select_account')).location.searchParams.get('code')).toMatch(/^1\./)
    expect((await sign('consent')).text).toContain('Need admin approval')
    const asked = microsoft.grantConsent({ authorizationUrl: url({ prompt: 'consent' }), address: AGENT })
    expect(new URL(asked.redirectTo).searchParams.get('error_description')).toMatch(/^AADSTS90094: /)
    microsoft.setUserConsent(directoryId, 'allowed')
    expect((await sign('consent')).text).toContain('Permissions requested')
    expect(microsoft.grantConsent({ authorizationUrl: url({ prompt: 'consent' }), address: AGENT }).code).not.toBeNull()
  })

  it('is given on a page, by an admin of this directory', async () => {
    const { sandbox, microsoft, directoryId, app, login, connectApp, open, adminUrl } = startSignIn()
    microsoft.createUser({ address: 'root@acme.test', admin: true })
    expect((await open(adminUrl())).text).toContain('review for your organization')
    const submit = async (account: string, decision = 'accept') => {
      const query = Object.fromEntries(new URL(adminUrl()).searchParams)
      const body = new URLSearchParams({ ...query, account, decision })
      const response = await sandbox.fetch(new Request(`${login}/${directoryId}/v2.0/adminconsent`, { method: 'POST', body }))
      return response.headers.get('location') ?? /AADSTS\d+/.exec(await response.text())?.[0]
    }
    expect(await submit(AGENT)).toBe('AADSTS90094')
    expect(await submit('nobody@acme.test')).toBe('AADSTS50034')
    expect(await submit('', 'cancel')).toContain('error=permission_denied')
    expect(await submit('root@acme.test')).toContain(`tenant=${directoryId}`)
    const bearer = await connectApp()
    expect((await callGraph(sandbox, bearer, 'GET', `users/${SALES}/mailFolders/inbox`)).status).toBe(200)
    expect(app.clientId).toBeTruthy()
  })

  it('serves an app of another directory', async () => {
    const { sandbox, microsoft, app: own, post, login } = startDirectory({ app: { multiTenant: true } })
    const customer = microsoft.createDirectory({ domain: 'customer.test' })
    microsoft.createUser({ address: 'dana@customer.test' })
    const authorizationUrl = `${login}/organizations/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: own.clientId,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: `${IDENTITY} ${GRAPH}`,
    })}`
    const { code } = microsoft.grantConsent({ authorizationUrl, address: 'dana@customer.test' })
    const answer = await post(`${login}/organizations/oauth2/v2.0/token`, {
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: REDIRECT,
      client_id: own.clientId,
      client_secret: own.clientSecret,
    })
    expect(answer.status).toBe(200)
    expect(sandbox.snapshot().microsoft.refreshTokens).toMatchObject([{ directoryId: customer.directoryId }])
  })
})
