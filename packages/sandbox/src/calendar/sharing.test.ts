import { describe, expect, it } from 'vitest'
import type { AccessRole } from '../google/google-world.ts'
import { callApi, json, NOON, startTenant, SUPPORT } from '../testing/start-tenant.ts'

const HOUR = 3_600_000
const DANA = 'dana@acme.test'
const WHOLE = 'https://www.googleapis.com/auth/calendar'
const times = { start: { dateTime: '2026-06-02T10:00:00Z' }, end: { dateTime: '2026-06-02T11:00:00Z' } }

interface Entry {
  id: string
  accessRole: string
  primary?: boolean
  backgroundColor: string
  foregroundColor: string
  colorId: string
}

/** A calendar "Rota" of Support's, and Dana who may see it one day. */
async function startSharing() {
  const tenant = startTenant({ deliver: async () => new Response(null, { status: 200 }) })
  const { sandbox, google } = tenant
  google.createAccount({ address: DANA, seed: false })
  const { id } = google.createCalendar(SUPPORT, { summary: 'Rota', color: '#d06b64' })
  const caller = async (address: string) => {
    const { access_token } = await tenant.connect([WHOLE], address)
    return (method: string, path: string, body?: unknown) =>
      callApi(sandbox, access_token, method, `${sandbox.endpoints.calendar}/${path}`, body)
  }
  const [support, dana] = [await caller(SUPPORT), await caller(DANA)]
  const share = (role: AccessRole) => google.shareCalendar(SUPPORT, id, DANA, role)
  const add = () => google.createEvent(SUPPORT, id, { summary: 'x', start: NOON + HOUR, end: NOON + 2 * HOUR })
  const watch = (call: typeof dana, channel: string, ttl = 86_400) =>
    call('POST', `calendars/${id}/events/watch`, {
      id: channel,
      type: 'web_hook',
      address: 'https://helpdesk.example/hook',
      params: { ttl: String(ttl) },
    })
  const heard = async () => {
    await sandbox.settled()
    return sandbox.deliveries
      .filter(({ headers }) => headers['x-goog-resource-state'] === 'exists')
      .map(({ headers }) => headers['x-goog-channel-id'])
  }
  return { ...tenant, rota: id, support, dana, share, add, watch, heard }
}

async function reasonOf(response: Response) {
  const { error } = await json<{ error: { errors: { reason: string }[] } }>(response)
  return [response.status, error.errors[0]?.reason]
}

describe('the calendar list', () => {
  it('shows own and shared calendars with role and colours', async () => {
    const { google, support, dana, share, rota } = await startSharing()
    google.createCalendar(SUPPORT, { summary: 'Holidays', pushable: false })
    share('reader')
    const { items } = await json<{ items: Entry[] }>(await support('GET', 'users/me/calendarList'))
    expect(items.map(({ accessRole, primary }) => [accessRole, primary])).toEqual([
      ['owner', true],
      ['owner', undefined],
      ['reader', undefined],
    ])
    expect(items[1]).toMatchObject({ backgroundColor: '#d06b64', colorId: '2', foregroundColor: expect.stringMatching(/^#[0-9a-f]{6}$/) })
    const seen = await json<{ items: Entry[] }>(await dana('GET', 'users/me/calendarList'))
    expect(seen.items.map(({ id, accessRole, primary }) => [id, accessRole, primary])).toEqual([
      [DANA, 'owner', true],
      [rota, 'reader', undefined],
    ])
    expect(await json(await dana('GET', `users/me/calendarList/${rota}`))).toEqual(seen.items[1])
    expect(await json(await dana('GET', `calendars/${rota}`))).toMatchObject({ id: rota, summary: 'Rota' })
  })

  it('shares a main calendar without making it the main one of two', async () => {
    const { google, dana } = await startSharing()
    google.shareCalendar(SUPPORT, 'primary', DANA, 'owner')
    const { items } = await json<{ items: Entry[] }>(await dana('GET', 'users/me/calendarList'))
    expect(items.map(({ id, primary }) => [id, primary])).toEqual([
      [DANA, true],
      [SUPPORT, undefined],
    ])
    expect(await json(await dana('GET', 'users/me/calendarList/primary'))).toMatchObject({ id: DANA })
  })

  it('comes in pages', async () => {
    const { google, support } = await startSharing()
    for (let count = 0; count < 5; count += 1) google.createCalendar(SUPPORT, { summary: `Team ${count}` })
    const ids: string[] = []
    let pageToken: string | undefined
    do {
      const query = new URLSearchParams({ maxResults: '3', ...(pageToken ? { pageToken } : {}) })
      const page = await json<{ items: Entry[]; nextPageToken?: string }>(await support('GET', `users/me/calendarList?${query}`))
      expect(page.items.length).toBeLessThanOrEqual(3)
      ids.push(...page.items.map(({ id }) => id))
      pageToken = page.nextPageToken
    } while (pageToken)
    expect(new Set(ids).size).toBe(7)
    expect((await support('GET', 'users/me/calendarList?pageToken=nonsense')).status).toBe(400)
  })
})

describe('roles', () => {
  it.each(['freeBusyReader', 'reader'] as const)('%s reads and does not write', async (role) => {
    const { dana, share, add, rota } = await startSharing()
    const { id } = add()
    share(role)
    expect((await dana('GET', `calendars/${rota}/events`)).status).toBe(200)
    for (const [method, path] of [
      ['POST', ''],
      ['PATCH', `/${id}`],
      ['DELETE', `/${id}`],
    ] as const)
      expect(await reasonOf(await dana(method, `calendars/${rota}/events${path}`, times))).toEqual([403, 'requiredAccessLevel'])
  })

  it.each(['writer', 'owner'] as const)('%s writes for everybody', async (role) => {
    const { dana, support, share, rota } = await startSharing()
    share(role)
    const { id } = await json<{ id: string }>(await dana('POST', `calendars/${rota}/events`, times))
    expect((await support('GET', `calendars/${rota}/events/${id}`)).status).toBe(200)
  })

  it('holiday calendars are read only', async () => {
    const { google, support } = await startSharing()
    const { id } = google.createCalendar(SUPPORT, { summary: 'Holidays', pushable: false })
    expect(await reasonOf(await support('POST', `calendars/${id}/events`, times))).toEqual([403, 'requiredAccessLevel'])
  })

  it('end sync tokens when they change', async () => {
    const { dana, share, rota } = await startSharing()
    share('freeBusyReader')
    const { nextSyncToken = '' } = await json<{ nextSyncToken?: string }>(await dana('GET', `calendars/${rota}/events`))
    const again = () => dana('GET', `calendars/${rota}/events?${new URLSearchParams({ syncToken: nextSyncToken })}`)
    share('freeBusyReader')
    expect((await again()).status).toBe(200)
    share('reader')
    expect((await again()).status).toBe(410)
  })
})

describe('channels', () => {
  it('hear of a change whoever made it and whoever opened them', async () => {
    const { support, dana, share, watch, heard, add, rota } = await startSharing()
    share('writer')
    await watch(support, 'of-support')
    await watch(dana, 'of-dana')
    add()
    expect((await heard()).toSorted()).toEqual(['of-dana', 'of-support'])
    await dana('POST', `calendars/${rota}/events`, times)
    expect(await heard()).toHaveLength(4)
  })

  it('are silent, and the calendar not found, when access is taken away', async () => {
    const { google, support, dana, share, watch, heard, add, rota } = await startSharing()
    share('reader')
    await watch(support, 'of-support')
    await watch(dana, 'of-dana')
    google.unshareCalendar(SUPPORT, rota, DANA)
    add()
    expect(await heard()).toEqual(['of-support'])
    for (const path of [`calendars/${rota}`, `calendars/${rota}/events`, `users/me/calendarList/${rota}`])
      expect(await reasonOf(await dana('GET', path))).toEqual([404, 'notFound'])
    expect((await watch(dana, 'again')).status).toBe(404)
  })

  it('end with their calendar', async () => {
    const { google, sandbox, support, dana, share, watch, rota } = await startSharing()
    share('reader')
    await watch(dana, 'of-dana')
    await watch(support, 'of-support')
    google.deleteCalendar(SUPPORT, rota)
    expect(sandbox.snapshot().channels).toEqual([])
    for (const call of [support, dana]) {
      expect(await reasonOf(await call('GET', `calendars/${rota}/events`))).toEqual([404, 'notFound'])
      expect(await reasonOf(await watch(call, 'again'))).toEqual([404, 'notFound'])
      expect((await json<{ items: Entry[] }>(await call('GET', 'users/me/calendarList'))).items).toHaveLength(1)
    }
  })

  it('end as early as the server likes', async () => {
    const { google, support, watch } = await startSharing()
    const lifeOf = async (response: Response) => Number((await json<{ expiration: string }>(response)).expiration) - NOON
    google.limitChannelLife(90_500)
    expect(await lifeOf(await watch(support, 'a'))).toBe(90_000)
    expect(await lifeOf(await watch(support, 'b', 60))).toBe(60_000)
    google.limitChannelLife(null)
    expect(await lifeOf(await watch(support, 'c'))).toBe(86_400_000)
  })
})

it('what nobody could do at Google throws', async () => {
  const { google, rota } = await startSharing()
  expect(() => google.shareCalendar(SUPPORT, rota, SUPPORT, 'reader')).toThrow('owns')
  expect(() => google.unshareCalendar(SUPPORT, rota, DANA)).toThrow('shares no calendar')
  expect(() => google.deleteCalendar(SUPPORT, 'primary')).toThrow('cannot be deleted')
  expect(() => google.deleteCalendar(DANA, rota)).toThrow('no calendar')
  expect(() => google.createCalendar(DANA, { summary: 'x', color: 'red' })).toThrow('not a colour')
  expect(() => google.limitChannelLife(0)).toThrow('at least one second')
})
