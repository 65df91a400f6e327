import { describe, expect, it } from 'vitest'
import { CALENDAR, GMAIL, json, startTenant, SUPPORT } from '../testing/start-tenant.ts'

function startBrowser(options: Parameters<typeof startTenant>[0] = {}) {
  const tenant = startTenant(options)
  const { sandbox, post } = tenant
  const open = async (url: string) => readPage(await sandbox.fetch(new Request(url)))
  const submit = async (page: { action: string; fields: Record<string, string> }, more: Record<string, string>) =>
    post(`${sandbox.endpoints.gmail.replace('/gmail.googleapis.com', '')}${page.action}`, { ...page.fields, ...more })
  return { ...tenant, open, submit }
}

async function readPage(response: Response) {
  const text = await response.text()
  const fields = Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  return { status: response.status, text, fields, action: /action="([^"]+)"/.exec(text)?.[1] ?? '', headers: response.headers }
}

describe('consent, as a person gives it', () => {
  it('chooses an account, passes the warning, unticks a scope, and lands back at the host', async () => {
    const { authorizationUrl, open, submit, exchange } = startBrowser()
    const chooser = await open(authorizationUrl({ scope: `openid ${GMAIL} ${CALENDAR}`, login_hint: SUPPORT }))
    expect(chooser.text).toMatch(new RegExp(`<button[^>]*>${SUPPORT}</button>`))
    expect(chooser.headers.get('content-security-policy')).toContain("default-src 'none'")
    const warning = await readPage(await submit(chooser, { account: SUPPORT }))
    expect(warning.text).toContain('Google hasn’t verified this app')
    const consent = await readPage(await submit(warning, { decision: 'continue' }))
    expect(consent.text).toContain('View your email messages and settings</label>')
    expect(consent.text).not.toContain('value="openid"')
    const done = await submit(consent, { decision: 'continue', scope: CALENDAR })
    expect(done.status).toBe(302)
    const back = new URL(done.headers.get('location') ?? '')
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: 's1',
      iss: 'https://accounts.google.com',
      scope: `openid ${CALENDAR}`,
    })
    expect(await json(await exchange(back.searchParams.get('code') ?? ''))).toMatchObject({ scope: `openid ${CALENDAR}` })
    expect((await submit(consent, { decision: 'continue', scope: CALENDAR })).status).toBe(400)
  })

  it('cancelled, answers access_denied', async () => {
    const { authorizationUrl, open, submit } = startBrowser({ project: { publishing: 'production', verified: true } })
    const consent = await readPage(await submit(await open(authorizationUrl()), { account: SUPPORT }))
    const location = (await submit(consent, { decision: 'cancel' })).headers.get('location') ?? ''
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({ error: 'access_denied', state: 's1' })
  })

  it('asks for the password of accounts that have one', async () => {
    const { google, authorizationUrl, open, submit } = startBrowser({ project: { publishing: 'internal' } })
    google.createAccount({ address: 'dana@acme.test', password: 'EXAMPLE_pw' })
    const chooser = await open(authorizationUrl())
    const password = await readPage(await submit(chooser, { account: 'dana@acme.test' }))
    expect(password.text).toContain('Enter your password')
    expect((await readPage(await submit(password, { password: 'wrong' }))).text).toContain('Wrong password')
    expect((await readPage(await submit(password, { password: 'EXAMPLE_pw' }))).text).toContain('wants access to your Google Account')
  })

  it('does not let markup in from the request', async () => {
    const { authorizationUrl, open } = startBrowser()
    const page = await open(authorizationUrl({ redirect_uri: 'https://evil.test/"><script>alert(1)</script>' }))
    expect(page.text).not.toContain('<script>alert')
  })
})

describe('what Google keeps to itself', () => {
  it.each([
    [{ redirect_uri: 'https://helpdesk.example/api/auth/google/callback/' }, 400, 'Error 400: redirect_uri_mismatch'],
    [{ client_id: 'nobody.apps.googleusercontent.com' }, 401, 'Error 401: invalid_client'],
    [{ response_type: '' }, 400, 'Error 400: invalid_request'],
    [{ scope: '' }, 400, 'Error 400: invalid_request'],
    [{ scope: 'https://www.googleapis.com/auth/nonsense' }, 400, 'Error 400: invalid_scope'],
  ])('%j is a page, never a redirect', async (fields, status, text) => {
    const { authorizationUrl, open } = startBrowser()
    const page = await open(authorizationUrl(fields))
    expect([page.status, page.headers.get('location')]).toEqual([status, null])
    expect(page.text).toContain(text)
  })

  it('deleted clients, foreign organisations and people who are not testers', async () => {
    const { google, client, project, authorizationUrl, open, submit } = startBrowser()
    google.createAccount({ address: 'help@globex.test' })
    const choose = async () => (await readPage(await submit(await open(authorizationUrl()), { account: 'help@globex.test' }))).text
    google.setPublishing(project.projectId, 'testing', { testUsers: [SUPPORT] })
    expect(await choose()).toContain('has not completed the Google verification process')
    google.setPublishing(project.projectId, 'internal')
    expect(await choose()).toContain('Error 403: org_internal')
    google.deleteClient(client.clientId)
    expect((await open(authorizationUrl())).text).toContain('Error 401: deleted_client')
  })
})
