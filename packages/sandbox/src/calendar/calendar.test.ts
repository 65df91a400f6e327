import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../create-sandbox.ts'
import { CALENDAR, callApi, json, NOON, startTenant, SUPPORT } from '../testing/start-tenant.ts'

const HOUR = 3_600_000

interface Listing {
  items: { id: string; status: string; etag: string; summary?: string }[]
  nextPageToken?: string
  nextSyncToken?: string
}

async function startCalendar(options: SandboxOptions = {}) {
  const tenant = startTenant({ deliver: async () => new Response(null, { status: 200 }), ...options })
  const { sandbox, google } = tenant
  const { access_token } = await tenant.connect([CALENDAR])
  const call = (method: string, path: string, body?: unknown) =>
    callApi(sandbox, access_token, method, `${sandbox.endpoints.calendar}/${path}`, body)
  const list = async (query: Record<string, string> = {}) => call('GET', `calendars/primary/events?${new URLSearchParams(query)}`)
  const add = (summary: string, hours = 1) =>
    google.createEvent(SUPPORT, 'primary', { summary, start: NOON + hours * HOUR, end: NOON + (hours + 1) * HOUR })
  const watch = (more: Record<string, unknown> = {}) =>
    call('POST', 'calendars/primary/events/watch', {
      id: 'c-1',
      type: 'web_hook',
      address: 'https://helpdesk.example/hook',
      token: 'EXAMPLE_t',
      ...more,
    })
  return { ...tenant, call, list, add, watch }
}

describe('events.list', () => {
  it('gives the sync token on the last page only, then only what changed', async () => {
    const { list, add, google } = await startCalendar()
    const [a, b] = [add('a'), add('b'), add('c')]
    const first = await json<Listing>(await list({ maxResults: '2' }))
    expect([first.items.length, 'nextSyncToken' in first]).toEqual([2, false])
    const second = await json<Listing>(await list({ maxResults: '2', pageToken: first.nextPageToken ?? '' }))
    expect([second.items.length, 'nextPageToken' in second]).toEqual([1, false])
    google.moveEvent(SUPPORT, 'primary', a.id, HOUR)
    google.cancelEvent(SUPPORT, 'primary', b.id)
    const delta = await json<Listing>(await list({ syncToken: second.nextSyncToken ?? '' }))
    expect(delta.items.map(({ id, status }) => [id, status])).toEqual([
      [a.id, 'confirmed'],
      [b.id, 'cancelled'],
    ])
    expect((await json<Listing>(await list({ syncToken: delta.nextSyncToken ?? '' }))).items).toEqual([])
    expect((await json<Listing>(await list())).items.map(({ summary }) => summary)).toEqual(['a', 'c'])
  })

  it('windows and orders a full listing', async () => {
    const { list, add } = await startCalendar()
    add('late', 5)
    add('early', 1)
    const query = {
      singleEvents: 'true',
      orderBy: 'startTime',
      timeMin: new Date(NOON).toISOString(),
      timeMax: new Date(NOON + 3 * HOUR).toISOString(),
    }
    expect((await json<Listing>(await list(query))).items.map(({ summary }) => summary)).toEqual(['early'])
    expect((await list({ orderBy: 'startTime' })).status).toBe(400)
    expect((await list({ timeMin: 'yesterday' })).status).toBe(400)
  })

  it.each(['iCalUID', 'orderBy', 'q', 'timeMin', 'timeMax', 'updatedMin'])('refuses %s beside a sync token', async (name) => {
    const { list } = await startCalendar()
    const { nextSyncToken = '' } = await json<Listing>(await list())
    const refused = await list({ syncToken: nextSyncToken, [name]: '2026-01-01T00:00:00Z' })
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { errors: [{ reason: 'syncTokenWithRequestRestrictions' }] } },
    ])
  })

  it('refuses other parameters than those of the first sync', async () => {
    const { list } = await startCalendar()
    const { nextSyncToken = '' } = await json<Listing>(await list({ singleEvents: 'true' }))
    expect((await list({ syncToken: nextSyncToken })).status).toBe(400)
    expect((await list({ syncToken: nextSyncToken, singleEvents: 'true' })).status).toBe(200)
  })

  it('answers 410 fullSyncRequired to an expired token', async () => {
    const { list, google } = await startCalendar()
    const { nextSyncToken = '' } = await json<Listing>(await list())
    google.expireSyncTokens(SUPPORT)
    const gone = await list({ syncToken: nextSyncToken })
    expect([gone.status, await gone.json()]).toMatchObject([410, { error: { code: 410, errors: [{ reason: 'fullSyncRequired' }] } }])
  })
})

describe('events', () => {
  it('are written with etags', async () => {
    const { call } = await startCalendar()
    const times = { start: { dateTime: '2026-06-02T10:00:00Z' }, end: { dateTime: '2026-06-02T11:00:00Z' } }
    const created = await json<{ id: string; etag: string }>(await call('POST', 'calendars/primary/events', { summary: 'Visit', ...times }))
    const changed = await json<{ etag: string; sequence: number }>(
      await call('PATCH', `calendars/primary/events/${created.id}`, { end: { dateTime: '2026-06-02T12:00:00Z' } }),
    )
    expect(changed).toMatchObject({ summary: 'Visit', sequence: 1 })
    expect(changed.etag).not.toBe(created.etag)
    expect((await call('DELETE', `calendars/primary/events/${created.id}`)).status).toBe(204)
    expect((await call('DELETE', `calendars/primary/events/${created.id}`)).status).toBe(410)
    expect((await call('GET', 'calendars/primary/events/none')).status).toBe(404)
    expect((await call('POST', 'calendars/primary/events', { summary: 'No times' })).status).toBe(400)
    expect((await call('GET', 'calendars/none@x.test/events')).status).toBe(404)
  })
})

describe('channels', () => {
  it('start with sync, then announce changes with growing numbers, all headers and no body', async () => {
    const { sandbox, watch, add } = await startCalendar()
    const opened = await json<{ resourceId: string; resourceUri: string; expiration: string }>(await watch({ params: { ttl: '3600' } }))
    expect(Number(opened.expiration) - NOON).toBe(HOUR)
    await sandbox.settled()
    add('x')
    add('y')
    await sandbox.settled()
    const headers = sandbox.deliveries.map((delivery) => delivery.headers)
    expect(headers[0]).toMatchObject({
      'x-goog-channel-id': 'c-1',
      'x-goog-channel-token': 'EXAMPLE_t',
      'x-goog-channel-expiration': new Date(NOON + HOUR).toUTCString(),
      'x-goog-resource-id': opened.resourceId,
      'x-goog-resource-uri': opened.resourceUri,
      'x-goog-resource-state': 'sync',
      'x-goog-message-number': '1',
    })
    expect(headers.slice(1).map((header) => header['x-goog-resource-state'])).toEqual(['exists', 'exists'])
    const numbers = headers.map((header) => Number(header['x-goog-message-number']))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(3)
    expect(sandbox.deliveries.every(({ body }) => body === '')).toBe(true)
  })

  it('end by stop and by the clock', async () => {
    const { sandbox, call, watch, add } = await startCalendar()
    const { resourceId } = await json<{ resourceId: string }>(await watch())
    await watch({ id: 'c-2', params: { ttl: '60' } })
    await sandbox.settled()
    expect((await call('POST', 'channels/stop', { id: 'c-1', resourceId: 'other' })).status).toBe(404)
    expect((await call('POST', 'channels/stop', { id: 'c-1', resourceId })).status).toBe(204)
    expect((await call('POST', 'channels/stop', { id: 'c-1', resourceId })).status).toBe(404)
    add('heard by c-2')
    await sandbox.settled()
    await sandbox.clock.advance(60_000)
    add('heard by nobody')
    await sandbox.settled()
    expect(sandbox.deliveries.map(({ headers }) => headers['x-goog-channel-id'])).toEqual(['c-1', 'c-2', 'c-2'])
  })

  it('refuse http, a taken id, and calendars without push', async () => {
    const { watch, call, google } = await startCalendar()
    const reasonOf = async (response: Response) =>
      (await json<{ error: { errors: { reason: string }[] } }>(response)).error.errors[0]?.reason
    expect(await reasonOf(await watch({ address: 'http://localhost:3000/hook' }))).toBe('push.webhookUrlNotHttps')
    await watch()
    expect(await reasonOf(await watch())).toBe('channelIdNotUnique')
    const { id } = google.createCalendar(SUPPORT, { summary: 'Holidays', pushable: false })
    const holiday = await call('POST', `calendars/${encodeURIComponent(id)}/events/watch`, {
      id: 'h',
      type: 'web_hook',
      address: 'https://helpdesk.example/hook',
    })
    expect(await reasonOf(holiday)).toBe('pushNotSupportedForRequestedResource')
  })

  it('retry 503 with backoff, and drop a message refused with 404', async () => {
    const answers = [503, 503, 200, 404]
    const { sandbox, watch, add } = await startCalendar({ deliver: async () => new Response(null, { status: answers.shift() ?? 200 }) })
    await watch()
    await sandbox.settled()
    expect(sandbox.deliveries).toHaveLength(1)
    await sandbox.clock.advance(60_000)
    expect(sandbox.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ])
    add('x')
    await sandbox.settled()
    await sandbox.clock.advance(3_600_000)
    expect(sandbox.deliveries).toHaveLength(4)
  })
})

describe('scopes', () => {
  it('are checked per call', async () => {
    const { call } = await startCalendar()
    const refused = await call('GET', 'users/me/calendarList')
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { error: { errors: [{ reason: 'insufficientPermissions' }], details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } },
    ])
  })

  it('seeded accounts have upcoming events', async () => {
    const { google, connect, sandbox } = await startCalendar()
    google.createAccount({ address: 'dana@acme.test', name: 'Dana' })
    const { access_token } = await connect([CALENDAR], 'dana@acme.test')
    const listing = await json<Listing>(
      await callApi(sandbox, access_token, 'GET', `${sandbox.endpoints.calendar}/calendars/primary/events`),
    )
    expect(listing.items.map(({ summary }) => summary)).toContain('On-call: Dana')
  })
})
