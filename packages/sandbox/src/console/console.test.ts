import { describe, expect, it } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'
import { json } from '../testing/start-tenant.ts'

const ORIGIN = 'http://localhost:4010'

function startConsole() {
  const sandbox = createSandbox()
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    sandbox.fetch(
      new Request(`${ORIGIN}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  const submit = async (path: string, fields: Record<string, string>) => {
    const response = await sandbox.fetch(new Request(`${ORIGIN}${path}`, { method: 'POST', body: new URLSearchParams(fields) }))
    expect([path, response.status]).toEqual([path, 303])
    return response
  }
  const read = (path: string) => call('GET', path)
  return { sandbox, call, submit, read }
}

async function calendarsOf(read: (path: string) => Promise<Response>, address: string) {
  const answer = await read(`/console/accounts/${address}/calendars`)
  return (await json<{ calendars: { id: string; summary: string; color: string; role: string }[] }>(answer)).calendars
}

describe('console', () => {
  it('makes a project with client and key in two calls, and offers the files', async () => {
    const { sandbox, call } = startConsole()
    const made = await json<{ projectId: string; clientId: string; clientSecret: string }>(
      await call('POST', '/console/projects', { redirectUris: ['https://a.test/cb'] }),
    )
    expect(made.clientSecret).toMatch(/^GOCSPX-EXAMPLE_/)
    const file = await json<{ web: { client_id: string; redirect_uris: string[] } }>(
      await call('GET', `/console/clients/${made.clientId}/client_secret.json`),
    )
    expect(file.web).toMatchObject({ client_id: made.clientId, redirect_uris: ['https://a.test/cb'] })
    const { email } = await json<{ email: string }>(await call('POST', `/console/projects/${made.projectId}/service-accounts`, {}))
    const key = await json<{ client_email: string; private_key: string }>(await call('GET', `/console/service-accounts/${email}/key.json`))
    expect(key).toMatchObject({
      type: 'service_account',
      project_id: made.projectId,
      client_email: email,
      private_key: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n/),
    })
    expect(sandbox.requests).toEqual([])
  })

  it('delivers mail as JSON, raw .eml and form', async () => {
    const { sandbox, call } = startConsole()
    await call('POST', '/console/accounts', { address: 'support@acme.test', name: 'Support' })
    const path = '/console/accounts/support@acme.test/messages'
    expect((await call('POST', path, { from: 'a@x.test', subject: 'one', text: 't' })).status).toBe(201)
    expect((await call('POST', path, 'Subject: two\r\n\r\nbody', { 'content-type': 'message/rfc822' })).status).toBe(201)
    const form = new FormData()
    form.set('subject', 'three')
    expect((await sandbox.fetch(new Request(ORIGIN + path, { method: 'POST', body: form }))).status).toBe(303)
    expect(sandbox.snapshot().accounts[0]?.mailbox.messages).toHaveLength(3)
    const page = await (await call('GET', '/?redirect=https://a.test/cb')).text()
    expect(page).toContain('https://a.test/cb</textarea>')
    expect(page).toContain('two')
  })

  it('writes the calendar', async () => {
    const { sandbox, call } = startConsole()
    await call('POST', '/console/accounts', { address: 'dana@acme.test' })
    const path = '/console/accounts/dana@acme.test/events'
    const made = await json<{ id: string }>(
      await call('POST', path, { summary: 'Visit', start: '2026-06-01T10:00', end: '2026-06-01T11:00' }),
    )
    const moved = await json<{ start: { dateTime: string } }>(await call('PATCH', `${path}/${made.id}`, { moveBy: 3_600_000 }))
    expect(Date.parse(moved.start.dateTime)).toBe(Date.UTC(2026, 5, 1, 11))
    expect((await call('DELETE', `${path}/${made.id}`)).status).toBe(204)
    expect(sandbox.snapshot().accounts[0]?.calendars[0]?.events.find(({ resource }) => resource.id === made.id)?.resource.status).toBe(
      'cancelled',
    )
  })

  it('makes, shares and deletes calendars, as forms do', async () => {
    const { sandbox, submit, read } = startConsole()
    await submit('/console/accounts', { address: 'dana@acme.test' })
    await submit('/console/accounts', { address: 'kim@acme.test' })
    await submit('/console/accounts/dana@acme.test/calendars', { summary: 'Team <rota>', color: '#7bd148' })
    const [, { id = '' } = {}] = await calendarsOf(read, 'dana@acme.test')
    const own = `/console/accounts/dana@acme.test/calendars/${encodeURIComponent(id)}`
    await submit(`${own}/share`, { with: 'kim@acme.test', role: 'reader' })
    expect((await calendarsOf(read, 'kim@acme.test'))[1]).toEqual({ id, summary: 'Team <rota>', color: '#7bd148', role: 'reader' })
    const page = await (await read('/')).text()
    expect(page).toContain('Stop sharing: Team &lt;rota&gt;, kim@acme.test')
    expect(page).toContain('reader, shared by dana@acme.test')
    await submit(`${own}/unshare`, { with: 'kim@acme.test' })
    expect(await calendarsOf(read, 'kim@acme.test')).toHaveLength(1)
    await submit(`${own}/delete`, {})
    expect(await calendarsOf(read, 'dana@acme.test')).toHaveLength(1)
    expect(sandbox.snapshot().accounts[0]?.calendars.map((calendar) => calendar.primary)).toEqual([true])
  })

  it('adds a weekly series, and moves and cancels one of its instances, as forms do', async () => {
    const { sandbox, submit, read } = startConsole()
    sandbox.google.createAccount({ address: 'dana@acme.test', seed: false })
    const { id } = sandbox.google.createCalendar('dana@acme.test', { summary: 'Rota' })
    const start = new Date(sandbox.clock.now() + 3_600_000).toISOString().slice(0, 16)
    const end = new Date(sandbox.clock.now() + 7_200_000).toISOString().slice(0, 16)
    const path = '/console/accounts/dana@acme.test/events'
    const back = await submit(path, { calendarId: id, summary: 'On-call', start, end, repeat: 'weekly' })
    expect(back.headers.get('location')).toMatch(/^\/#calendar-[a-z0-9]+$/)
    const [series] = sandbox.google.listEvents('dana@acme.test', id)
    expect(series?.['recurrence']).toEqual(['RRULE:FREQ=WEEKLY'])
    const [first = '', second = '', third = ''] = sandbox.google.listInstances('dana@acme.test', id, series?.id ?? '', { limit: 3 })
    await submit(`${path}/${first}/move`, { calendarId: id, moveBy: '3600000' })
    await submit(`${path}/${second}/cancel`, { calendarId: id })
    const page = await (await read('/')).text()
    expect(page).toContain('series, RRULE:FREQ=WEEKLY')
    expect([first, second, third].map((instance) => page.includes(`/events/${instance}/move`))).toEqual([true, false, true])
    expect(sandbox.google.listEvents('dana@acme.test', id).find((event) => event.id === first)?.start?.dateTime).not.toBe(undefined)
    await submit(`${path}/${series?.id}/cancel`, { calendarId: id })
    expect(sandbox.google.listEvents('dana@acme.test', id)).toEqual([])
  })

  it('moves the clock, and adds, lists and clears faults', async () => {
    const { sandbox, call } = startConsole()
    const before = sandbox.clock.now()
    await call('POST', '/console/clock', { advance: 86_400_000 })
    expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(86_400_000)
    await call('POST', '/console/faults', { operation: '/^oauth/', kind: 'status', status: 500 })
    expect((await sandbox.fetch(new Request(sandbox.endpoints.jwks))).status).toBe(500)
    expect(await json(await call('GET', '/console/faults'))).toMatchObject({ faults: [{ kind: 'status', hits: 1 }] })
    expect(await json(await call('GET', '/console/activity'))).toMatchObject({ requests: [{ operation: 'oauth.certs', status: 500 }] })
    await call('DELETE', '/console/faults')
    await call('POST', '/console/faults', { path: '/v3/certs', kind: 'status', status: 502 })
    expect((await sandbox.fetch(new Request(sandbox.endpoints.jwks))).status).toBe(502)
    expect(await json(await call('GET', '/console/faults'))).toMatchObject({ faults: [{ path: '/v3/certs', hits: 1 }] })
    await call('DELETE', '/console/faults')
    expect((await sandbox.fetch(new Request(sandbox.endpoints.jwks))).status).toBe(200)
  })

  it('refuses pages of other sites, and nonsense', async () => {
    const { sandbox, call } = startConsole()
    const foreign = await call('POST', '/console/projects', {}, { origin: 'https://evil.test', 'content-type': 'application/json' })
    expect(foreign.status).toBe(403)
    expect((await call('POST', '/console/projects', {}, { origin: 'null' })).status).toBe(403)
    expect(sandbox.snapshot().projects).toEqual([])
    expect((await call('POST', '/console/projects', {}, { origin: ORIGIN, 'content-type': 'application/json' })).status).toBe(201)
    expect((await call('POST', '/console/accounts/nobody@x.test/messages', {})).status).toBe(400)
    expect((await call('POST', '/console/clock', { advance: -1 })).status).toBe(400)
  })
})
