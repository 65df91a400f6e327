import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../create-sandbox.ts'
import { HOUR, startCalendar } from '../testing/start-calendar.ts'
import { json, NOON, SUPPORT } from '../testing/start-tenant.ts'

async function startChannels(options: SandboxOptions = {}) {
  const calendar = await startCalendar(options)
  const watch = (more: Record<string, unknown> = {}) =>
    calendar.events('POST', '/watch', {
      id: 'c-1',
      type: 'web_hook',
      address: 'https://helpdesk.example/hook',
      token: 'EXAMPLE_t',
      ...more,
    })
  return { ...calendar, watch }
}

describe('channels', () => {
  it('start with sync, then announce changes with growing numbers, all headers and no body', async () => {
    const { sandbox, watch, add } = await startChannels()
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
    const { sandbox, call, watch, add } = await startChannels()
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
    const { watch, call, google } = await startChannels()
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
    const { sandbox, watch, add } = await startChannels({ deliver: async () => new Response(null, { status: answers.shift() ?? 200 }) })
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
