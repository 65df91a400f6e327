import { describe, expect, it } from 'vitest'
import { HOUR, refusalOf, startCalendar } from '../testing/start-calendar.ts'
import { json, SUPPORT } from '../testing/start-tenant.ts'

/** A daily series from 1 June 2026, 09:00 in Berlin. */
async function startSeries(rule = 'FREQ=DAILY;COUNT=5') {
  const calendar = await startCalendar()
  const { nextSyncToken = '' } = await calendar.listed()
  const series = await calendar.repeat(rule)
  const idOf = (day: number) => `${series.id}_2026060${day}T070000Z`
  const changes = async () => (await calendar.listed({ syncToken: nextSyncToken })).items
  return { ...calendar, series, idOf, changes }
}

describe('an instance', () => {
  it('can be read before anybody touched it, and is not stored by that', async () => {
    const { written, events, series, idOf, listed } = await startSeries()
    expect(await written('GET', `/${idOf(3)}`)).toMatchObject({
      id: idOf(3),
      etag: series.etag,
      status: 'confirmed',
      summary: 'Series',
      recurringEventId: series.id,
      start: { dateTime: '2026-06-03T09:00:00+02:00' },
      originalStartTime: { dateTime: '2026-06-03T09:00:00+02:00', timeZone: 'Europe/Berlin' },
    })
    expect(await written('GET', `/${idOf(3)}`)).not.toHaveProperty('recurrence')
    for (const id of [idOf(6), `${series.id}_20260603`, `${series.id}_20260603T070001Z`, `${series.id}_`, `none_20260603T070000Z`]) {
      expect((await events('GET', `/${id}`)).status).toBe(404)
      expect((await events('DELETE', `/${id}`)).status).toBe(404)
    }
    expect((await listed()).items).toHaveLength(1)
  })

  it('becomes an event of its own when it is changed', async () => {
    const { written, events, series, idOf, listed, changes, instances } = await startSeries()
    const move = { start: { dateTime: '2026-06-02T15:00:00+02:00' }, end: { dateTime: '2026-06-02T16:30:00+02:00' } }
    const moved = await json<{ etag: string }>(await events('PATCH', `/${idOf(2)}`, move, { 'if-match': series.etag }))
    expect(moved).toMatchObject({
      id: idOf(2),
      sequence: 1,
      recurringEventId: series.id,
      start: { dateTime: '2026-06-02T15:00:00+02:00', timeZone: 'Europe/Berlin' },
      originalStartTime: { dateTime: '2026-06-02T09:00:00+02:00' },
    })
    expect(moved.etag).not.toBe(series.etag)
    await written('PUT', `/${idOf(3)}`, { summary: 'Other', start: series.start, end: series.end })
    for (const items of [(await listed()).items, await changes()]) {
      expect(items.map(({ id, summary }) => [id, summary])).toEqual([
        [series.id, 'Series'],
        [idOf(2), 'Series'],
        [idOf(3), 'Other'],
      ])
    }
    expect((await instances(series.id)).items.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map(idOf))
    expect((await events('PATCH', `/${idOf(4)}`, {}, { 'if-match': '"old"' })).status).toBe(412)
    const refused = await refusalOf(await events('PATCH', `/${idOf(4)}`, { recurrence: ['RRULE:FREQ=DAILY'] }))
    expect(refused).toMatchObject({ status: 400, reason: 'invalid' })
    expect((await listed()).items).toHaveLength(3)
  })

  it('that is cancelled is told as a bare exception, as long as its series lives', async () => {
    const { events, series, idOf, listed, changes, instances } = await startSeries()
    expect((await events('DELETE', `/${idOf(2)}`)).status).toBe(204)
    expect(await refusalOf(await events('DELETE', `/${idOf(2)}`))).toMatchObject({ status: 410, reason: 'deleted' })
    const bare = {
      kind: 'calendar#event',
      id: idOf(2),
      etag: expect.any(String),
      updated: expect.any(String),
      status: 'cancelled',
      recurringEventId: series.id,
      originalStartTime: { dateTime: '2026-06-02T09:00:00+02:00', timeZone: 'Europe/Berlin' },
    }
    for (const items of [(await listed()).items, await changes(), (await listed({ showDeleted: 'true' })).items]) {
      expect(items.map(({ id }) => id)).toEqual([series.id, idOf(2)])
      expect(items[1]).toEqual(bare)
    }
    expect((await instances(series.id)).items).toHaveLength(4)
    expect((await instances(series.id, { showDeleted: 'true' })).items[1]).toEqual(bare)
    const one = await listed({ singleEvents: 'true' })
    expect(one.items.map(({ id }) => id)).toEqual([1, 3, 4, 5].map(idOf))
    expect((await listed({ singleEvents: 'true', showDeleted: 'true' })).items).toHaveLength(5)
    await events('DELETE', `/${series.id}`)
    expect((await listed()).items).toEqual([])
  })

  it('that is cancelled can be restored', async () => {
    const { events, written, series, idOf, instances } = await startSeries()
    await events('DELETE', `/${idOf(2)}`)
    expect(await written('PATCH', `/${idOf(2)}`, { status: 'confirmed' })).toMatchObject({ status: 'confirmed', summary: 'Series' })
    expect((await instances(series.id)).items).toHaveLength(5)
  })

  it('is cancelled by its status too', async () => {
    const { written, series, idOf, instances } = await startSeries()
    await written('PATCH', `/${idOf(2)}`, { status: 'cancelled' })
    expect((await instances(series.id)).items.map(({ id }) => id)).toEqual([1, 3, 4, 5].map(idOf))
  })

  it('is where it was moved to, in windows and in the order of starts', async () => {
    const { google, idOf, listed } = await startSeries()
    google.moveEvent(SUPPORT, 'primary', idOf(1), 4 * 24 * HOUR + HOUR)
    const query = { singleEvents: 'true', orderBy: 'startTime', timeMin: '2026-06-03T00:00:00Z', timeMax: '2026-06-06T00:00:00Z' }
    const found = await listed(query)
    expect(found.items.map(({ id }) => id)).toEqual([3, 4, 5, 1].map(idOf))
    expect((await listed({ ...query, timeMin: '2026-06-01T00:00:00Z', timeMax: '2026-06-02T00:00:00Z' })).items).toEqual([])
  })

  it('is changed by people too', async () => {
    const { google, series, idOf } = await startSeries()
    google.cancelEvent(SUPPORT, 'primary', idOf(1))
    google.updateEvent(SUPPORT, 'primary', idOf(2), { summary: 'Other' })
    google.moveEvent(SUPPORT, 'primary', idOf(3), HOUR)
    expect(google.listInstances(SUPPORT, 'primary', series.id)).toEqual([2, 3, 4, 5].map(idOf))
    const from = Date.parse('2026-06-03T07:30:00Z')
    expect(google.listInstances(SUPPORT, 'primary', series.id, { from, limit: 2 })).toEqual([3, 4].map(idOf))
    expect(google.listEvents(SUPPORT, 'primary').map(({ id, status }) => [id, status])).toEqual([
      [series.id, 'confirmed'],
      [idOf(1), 'cancelled'],
      [idOf(2), 'confirmed'],
      [idOf(3), 'confirmed'],
    ])
    expect(() => google.cancelEvent(SUPPORT, 'primary', idOf(9))).toThrow('has no event')
  })

  it('of the listing has its page', async () => {
    const { instances, series, idOf } = await startSeries('FREQ=DAILY')
    const query = { timeMax: '2026-06-06T00:00:00Z', maxResults: '2' }
    const first = await instances(series.id, query)
    const second = await instances(series.id, { ...query, pageToken: first.nextPageToken ?? '' })
    const third = await instances(series.id, { ...query, pageToken: second.nextPageToken ?? '' })
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual([1, 2, 3, 4, 5].map(idOf))
    expect(third.nextPageToken).toBeUndefined()
  })
})

describe('a series with changed instances', () => {
  it('takes them along when it is deleted, and brings them back', async () => {
    const { google, events, series, idOf, changes, listed, written } = await startSeries()
    google.updateEvent(SUPPORT, 'primary', idOf(2), { summary: 'Other' })
    google.cancelEvent(SUPPORT, 'primary', idOf(3))
    await events('DELETE', `/${series.id}`)
    expect((await listed()).items).toEqual([])
    expect((await changes()).map(({ id, status }) => [id, status]).toSorted()).toEqual([
      [series.id, 'cancelled'],
      [idOf(2), 'cancelled'],
      [idOf(3), 'cancelled'],
    ])
    expect(await written('GET', `/${idOf(2)}`)).toMatchObject({ status: 'cancelled' })
    expect(await written('GET', `/${idOf(4)}`)).toMatchObject({ status: 'cancelled' })
    expect((await events('DELETE', `/${idOf(2)}`)).status).toBe(410)
    const { nextSyncToken = '' } = await listed()
    await written('PATCH', `/${series.id}`, { status: 'confirmed' })
    expect((await listed({ syncToken: nextSyncToken })).items.map(({ id, status }) => [id, status])).toEqual([
      [series.id, 'confirmed'],
      [idOf(2), 'confirmed'],
      [idOf(3), 'cancelled'],
    ])
  })

  it('cancels those that are no instances any more, and keeps the others', async () => {
    const { google, written, series, idOf, listed } = await startSeries()
    for (const day of [2, 3, 4]) google.updateEvent(SUPPORT, 'primary', idOf(day), { summary: `Day ${day}` })
    await written('PATCH', `/${series.id}`, { recurrence: ['RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3'] })
    const statuses = async () => Object.fromEntries((await listed()).items.map(({ id, status }) => [id, status]))
    expect(await statuses()).toEqual({ [series.id]: 'confirmed', [idOf(2)]: 'cancelled', [idOf(3)]: 'confirmed', [idOf(4)]: 'cancelled' })
    await written('PATCH', `/${series.id}`, { summary: 'Renamed' })
    expect((await statuses())[idOf(3)]).toBe('confirmed')
    google.moveEvent(SUPPORT, 'primary', series.id, HOUR)
    expect((await statuses())[idOf(3)]).toBe('cancelled')
  })

  it('is a single event after its recurrence is taken away', async () => {
    const { google, written, series, idOf, listed, instances } = await startSeries()
    google.updateEvent(SUPPORT, 'primary', idOf(2), { summary: 'Other' })
    expect(await written('PUT', `/${series.id}`, { start: series.start, end: series.end })).not.toHaveProperty('recurrence')
    expect((await listed()).items.map(({ id, status }) => [id, status])).toEqual([
      [series.id, 'confirmed'],
      [idOf(2), 'cancelled'],
    ])
    expect((await instances(series.id)).items.map(({ id }) => id)).toEqual([])
    expect((await listed({ singleEvents: 'true' })).items).toHaveLength(1)
  })
})
