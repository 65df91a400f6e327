import { describe, expect, it } from 'vitest'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const hour = 3_600_000

export function describeCalendarChannels(bench: Bench): void {
  describe('Calendar channels', () => {
    let channels = 0
    const newChannelId = () => `channel-${(channels += 1)}`

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
      expect(Math.abs(Number(channel.expiration) - bench.world.clock.now() - hour)).toBeLessThan(60_000)
      await bench.gateway.calendar.stopChannel(bench.user, { channelId: input.channelId, resourceId: channel.resourceId })
      await bench.gateway.calendar.stopChannel(bench.user, { channelId: input.channelId, resourceId: channel.resourceId })
      expect(bench.sent('calendar.channels.stop')).toHaveLength(2)
    })

    it.each([
      ['text', '"1799999999999"', '1799999999999'],
      ['a number', '1799999999999', 1_799_999_999_999],
      ['nonsense', '"soon"', 'soon'],
      ['null', 'null', null],
      ['an object', '{}', null],
    ])('gives the end of a channel as it came: %s', async (_, written, expected) => {
      const body = `{"id":"c","resourceId":"r","expiration":${written}}`
      bench.world.faults.add({ operation: 'calendar.events.watch', kind: 'body', contentType: 'application/json', body, times: 1 })
      const input = { calendarId: 'c', channelId: 'c', token: 'EXAMPLE_t', address: 'https://app.example.com/push', ttlSeconds: 60 }
      expect(await bench.gateway.calendar.watchEvents(bench.user, input)).toEqual({ resourceId: 'r', expiration: expected })
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
