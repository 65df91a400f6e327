import { describe, expect, it } from 'vitest'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeCalendar(bench: Bench): void {
  describe('Calendar', () => {
    let channels = 0
    const newChannelId = () => `channel-${(channels += 1)}`
    const addEvent = (calendarId: string, summary: string) =>
      bench.world.google.createEvent(bench.address, calendarId, {
        summary,
        start: bench.world.clock.now() + 3_600_000,
        end: bench.world.clock.now() + 7_200_000,
      })

    it('lists and reads calendars, whatever their id', async () => {
      const { id } = bench.world.google.createCalendar(bench.address, {
        summary: 'Feiertage',
        id: 'de.german#holiday/a b@group.v.calendar.google.com',
      })
      const calendars = await bench.gateway.calendar.listCalendars(bench.user)
      expect(calendars.map((calendar) => [calendar.id, calendar.primary])).toEqual([
        [bench.address, true],
        [id, false],
      ])
      expect(calendars[1]).toMatchObject({ name: 'Feiertage', accessRole: expect.any(String), timeZone: expect.any(String) })
      expect(await bench.gateway.calendar.getCalendar(bench.user, id)).toEqual({ id, name: 'Feiertage', timeZone: calendars[1]?.timeZone })
    })

    it('lists events in pages, then only what changed', async () => {
      const events = ['a', 'b', 'c'].map((summary) => addEvent(bench.address, summary))
      const input = { calendarId: bench.address, maxResults: 2 }
      const first = await bench.gateway.calendar.listEvents(bench.user, input)
      expect([first.events.length, first.nextSyncToken]).toEqual([2, null])
      const second = await bench.gateway.calendar.listEvents(bench.user, { ...input, pageToken: first.nextPageToken ?? '' })
      expect([...first.events, ...second.events].map((event) => event['id']).toSorted()).toEqual(events.map(({ id }) => id).toSorted())
      expect(second.nextPageToken).toBeNull()
      bench.world.google.cancelEvent(bench.address, bench.address, events[1]?.id ?? '')
      const changes = await bench.gateway.calendar.listEvents(bench.user, { ...input, syncToken: second.nextSyncToken ?? '' })
      expect(changes.events.map((event) => [event['id'], event['status']])).toEqual([[events[1]?.id, 'cancelled']])
      expect(changes.nextSyncToken).not.toBe(second.nextSyncToken)
    })

    it('opens a channel with what it was given, and stops it, also when it is gone', async () => {
      const input = {
        calendarId: bench.address,
        channelId: newChannelId(),
        token: 'EXAMPLE_channel_token',
        address: 'https://app.example.com/push',
        ttlSeconds: 3600,
      }
      const channel = await bench.gateway.calendar.watchEvents(bench.user, input)
      const body = { id: input.channelId, type: 'web_hook', address: input.address, token: input.token, params: { ttl: '3600' } }
      expect(JSON.parse(bench.sent('calendar.events.watch')[0]?.body ?? '')).toEqual(body)
      expect(Math.abs(channel.expiresAt - bench.world.clock.now() - 3_600_000)).toBeLessThan(60_000)
      await bench.gateway.calendar.stopChannel(bench.user, { channelId: input.channelId, resourceId: channel.resourceId })
      await bench.gateway.calendar.stopChannel(bench.user, { channelId: input.channelId, resourceId: channel.resourceId })
      expect(bench.sent('calendar.channels.stop')).toHaveLength(2)
    })

    it('carries what Calendar refuses', async () => {
      const list = { calendarId: bench.address }
      const { nextSyncToken } = await bench.gateway.calendar.listEvents(bench.user, list)
      const syncToken = nextSyncToken ?? ''
      const restricted = bench.gateway.calendar.listEvents(bench.user, {
        ...list,
        syncToken,
        timeMin: new Date(bench.world.clock.now()).toISOString(),
      })
      expect(await refusal(restricted)).toMatchObject({ httpStatus: 400 })
      bench.world.google.expireSyncTokens(bench.address)
      expect(await refusal(bench.gateway.calendar.listEvents(bench.user, { ...list, syncToken }))).toMatchObject({
        operation: 'calendar.events.list',
        httpStatus: 410,
      })
      expect(await refusal(bench.gateway.calendar.getCalendar(bench.user, 'gone@group.calendar.google.com'))).toMatchObject({
        httpStatus: 404,
        reason: 'notFound',
      })
    })

    it('carries why a channel was not opened', async () => {
      const still = bench.world.google.createCalendar(bench.address, { summary: 'Holidays', pushable: false })
      const input = {
        calendarId: bench.address,
        channelId: newChannelId(),
        token: 'EXAMPLE_t',
        address: 'https://app.example.com/push',
        ttlSeconds: 3600,
      }
      await bench.gateway.calendar.watchEvents(bench.user, input)
      const open = (change: object) =>
        refusal(bench.gateway.calendar.watchEvents(bench.user, { ...input, channelId: `${input.channelId}-b`, ...change }))
      expect(await open({ channelId: input.channelId })).toMatchObject({ httpStatus: 400, reason: 'channelIdNotUnique' })
      expect(await open({ address: 'http://app.example.com/push' })).toMatchObject({ reason: 'push.webhookUrlNotHttps' })
      expect(await open({ calendarId: still.id })).toMatchObject({ reason: 'pushNotSupportedForRequestedResource' })
    })
  })
}
