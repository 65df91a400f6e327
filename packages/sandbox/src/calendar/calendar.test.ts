import { describe, expect, it } from 'vitest'
import { HOUR, startCalendar } from '../testing/start-calendar.ts'
import type { Listing } from '../testing/start-calendar.ts'
import { CALENDAR, callApi, json, NOON, SUPPORT } from '../testing/start-tenant.ts'

describe('events.list', () => {
  it('gives the sync token on the last page only, then only what changed', async () => {
    const { listed, add, google } = await startCalendar()
    const [a, b] = [add('a'), add('b'), add('c')]
    const first = await listed({ maxResults: '2' })
    expect([first.items.length, 'nextSyncToken' in first]).toEqual([2, false])
    const second = await listed({ maxResults: '2', pageToken: first.nextPageToken ?? '' })
    expect([second.items.length, 'nextPageToken' in second]).toEqual([1, false])
    google.moveEvent(SUPPORT, 'primary', a.id, HOUR)
    google.cancelEvent(SUPPORT, 'primary', b.id)
    const delta = await listed({ syncToken: second.nextSyncToken ?? '' })
    expect(delta.items.map(({ id, status }) => [id, status])).toEqual([
      [a.id, 'confirmed'],
      [b.id, 'cancelled'],
    ])
    expect((await listed({ syncToken: delta.nextSyncToken ?? '' })).items).toEqual([])
    expect((await listed()).items.map(({ summary }) => summary)).toEqual(['a', 'c'])
  })

  it('windows and orders a full listing', async () => {
    const { list, listed, add } = await startCalendar()
    add('late', 5)
    add('early', 1)
    const query = {
      singleEvents: 'true',
      orderBy: 'startTime',
      timeMin: new Date(NOON).toISOString(),
      timeMax: new Date(NOON + 3 * HOUR).toISOString(),
    }
    expect((await listed(query)).items.map(({ summary }) => summary)).toEqual(['early'])
    expect((await list({ orderBy: 'startTime' })).status).toBe(400)
    expect((await list({ timeMin: 'yesterday' })).status).toBe(400)
  })

  it.each(['iCalUID', 'orderBy', 'q', 'timeMin', 'timeMax', 'updatedMin'])('refuses %s beside a sync token', async (name) => {
    const { list, listed } = await startCalendar()
    const { nextSyncToken = '' } = await listed()
    const refused = await list({ syncToken: nextSyncToken, [name]: '2026-01-01T00:00:00Z' })
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { errors: [{ reason: 'syncTokenWithRequestRestrictions' }] } },
    ])
  })

  it('refuses other parameters than those of the first sync', async () => {
    const { list, listed } = await startCalendar()
    const { nextSyncToken = '' } = await listed({ singleEvents: 'true' })
    expect((await list({ syncToken: nextSyncToken })).status).toBe(400)
    expect((await list({ syncToken: nextSyncToken, singleEvents: 'true' })).status).toBe(200)
  })

  it('answers 410 fullSyncRequired to an expired token', async () => {
    const { list, listed, google } = await startCalendar()
    const { nextSyncToken = '' } = await listed()
    google.expireSyncTokens(SUPPORT)
    const gone = await list({ syncToken: nextSyncToken })
    expect([gone.status, await gone.json()]).toMatchObject([410, { error: { code: 410, errors: [{ reason: 'fullSyncRequired' }] } }])
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
