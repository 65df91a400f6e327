import { OAuth2Client } from 'google-auth-library'
import { calendar } from 'googleapis/build/src/apis/calendar/index.js'
import { afterEach, describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { startSandbox } from '../node.ts'
import type { RunningSandbox } from '../node.ts'
import { NOON, startTenant, SUPPORT } from '../testing/start-tenant.ts'

const HOUR = 3_600_000
const open: RunningSandbox[] = []
afterEach(async () => {
  for (const running of open.splice(0)) await running.stop()
})

/** Google's own client of the Calendar API, which knows nothing of the sandbox. */
async function startClient() {
  const running = await startSandbox({ port: 0, seed: false, clock: createVirtualClock({ now: NOON, frozen: true }) })
  open.push(running)
  const tenant = startTenant({ existing: running.sandbox })
  const { access_token } = await tenant.connect(['https://www.googleapis.com/auth/calendar'])
  const auth = new OAuth2Client()
  auth.setCredentials({ access_token, expiry_date: Date.now() + HOUR })
  const toSandbox: typeof fetch = (input, init) => fetch(String(input).replace('https://', `${running.origin}/`), init)
  const client = calendar({ version: 'v3', auth, retry: false, fetchImplementation: toSandbox })
  return { ...tenant, client }
}

const primary = { calendarId: 'primary' }
const body = {
  summary: 'Visit',
  start: { dateTime: '2026-06-02T10:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-06-02T11:00:00', timeZone: 'Europe/Berlin' },
}

describe('Google’s own client', () => {
  it('writes events, and is told of conflicts and deletions', async () => {
    const { client } = await startClient()
    const { data: made } = await client.events.insert({ ...primary, sendUpdates: 'none', requestBody: { id: 'visit0123456789', ...body } })
    expect(made).toMatchObject({ id: 'visit0123456789', summary: 'Visit', status: 'confirmed', organizer: { email: SUPPORT } })
    expect(Date.parse(made.start?.dateTime ?? '')).toBe(Date.UTC(2026, 5, 2, 8))
    const one = { ...primary, eventId: made.id ?? '' }
    const { data: changed } = await client.events.patch(
      { ...one, requestBody: { summary: 'Later' } },
      { headers: { 'if-match': made.etag ?? '' } },
    )
    expect(changed).toMatchObject({ summary: 'Later', start: made.start })
    const stale = client.events.patch({ ...one, requestBody: { summary: 'x' } }, { headers: { 'if-match': made.etag ?? '' } })
    await expect(stale).rejects.toMatchObject({ status: 412 })
    await expect(client.events.insert({ ...primary, requestBody: { id: 'visit0123456789', ...body } })).rejects.toMatchObject({
      status: 409,
    })
    expect((await client.events.delete(one)).status).toBe(204)
    await expect(client.events.delete(one)).rejects.toMatchObject({ status: 410 })
  })

  it('follows a calendar with sync tokens', async () => {
    const { client, google } = await startClient()
    const { data: series } = await client.events.insert({ ...primary, requestBody: { ...body, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] } })
    const { data: listing } = await client.events.list({ ...primary, singleEvents: false, showDeleted: true })
    expect(listing.items?.map(({ id, recurrence }) => [id, recurrence])).toEqual([[series.id, ['RRULE:FREQ=WEEKLY;COUNT=3']]])
    const { data: instances } = await client.events.instances({ ...primary, eventId: series.id ?? '' })
    expect(instances.items).toHaveLength(3)
    google.moveEvent(SUPPORT, 'primary', instances.items?.[1]?.id ?? '', HOUR)
    const { data: delta } = await client.events.list({
      ...primary,
      singleEvents: false,
      showDeleted: true,
      syncToken: listing.nextSyncToken ?? '',
    })
    expect(delta.items?.map(({ recurringEventId }) => recurringEventId)).toEqual([series.id])
  })

  it('sees calendars with roles, and when they are taken', async () => {
    const { client, google } = await startClient()
    google.createAccount({ address: 'dana@acme.test', seed: false })
    google.shareCalendar('dana@acme.test', 'primary', SUPPORT, 'freeBusyReader')
    google.createEvent('dana@acme.test', 'primary', { summary: 'secret', start: NOON, end: NOON + HOUR })
    const { data: list } = await client.calendarList.list()
    expect(list.items?.map(({ id, accessRole }) => [id, accessRole])).toEqual([
      [SUPPORT, 'owner'],
      ['dana@acme.test', 'freeBusyReader'],
    ])
    const { data } = await client.freebusy.query({
      requestBody: {
        timeMin: new Date(NOON - HOUR).toISOString(),
        timeMax: new Date(NOON + 2 * HOUR).toISOString(),
        items: [{ id: 'dana@acme.test' }, { id: 'none@acme.test' }],
      },
    })
    expect(data.calendars?.['dana@acme.test']?.busy).toEqual([{ start: '2026-06-01T12:00:00Z', end: '2026-06-01T13:00:00Z' }])
    expect(data.calendars?.['none@acme.test']?.errors?.[0]?.reason).toBe('notFound')
    const missing = client.calendarList.get({ calendarId: 'none@acme.test' })
    await expect(missing).rejects.toMatchObject({ status: 404 })
  })

  it('opens and stops a channel', async () => {
    const { client } = await startClient()
    const requestBody = { id: 'c-1', type: 'web_hook', address: 'https://helpdesk.example/hook', params: { ttl: '3600' } }
    const { data: channel } = await client.events.watch({ ...primary, requestBody })
    expect(Number(channel.expiration)).toBe(NOON + HOUR)
    const stopped = await client.channels.stop({ requestBody: { id: channel.id ?? '', resourceId: channel.resourceId ?? '' } })
    expect(stopped.status).toBe(204)
  })
})
