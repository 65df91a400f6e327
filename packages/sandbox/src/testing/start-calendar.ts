import type { SandboxOptions } from '../create-sandbox.ts'
import type { EventResource } from '../state/account-state.ts'
import { CALENDAR, json, NOON, startTenant, SUPPORT } from './start-tenant.ts'

export const HOUR = 3_600_000

export interface Listing {
  items: EventResource[]
  accessRole: string
  timeZone: string
  nextPageToken?: string
  nextSyncToken?: string
}

/** A tenant with a connected main calendar in Europe/Berlin, and the calls a client makes. */
export async function startCalendar(options: SandboxOptions = {}) {
  const tenant = startTenant({ deliver: async () => new Response(null, { status: 200 }), ...options })
  const { sandbox, google } = tenant
  const { access_token } = await tenant.connect([CALENDAR])
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    sandbox.fetch(
      new Request(`${sandbox.endpoints.calendar}/${path}`, {
        method,
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  const list = async (query: Record<string, string> = {}) => call('GET', `calendars/primary/events?${new URLSearchParams(query)}`)
  const listed = async (query: Record<string, string> = {}) => json<Listing>(await list(query))
  /** The events of the main calendar, by method and by what follows in the path. */
  const events = (method: string, path = '', body?: unknown, headers?: Record<string, string>) =>
    call(method, `calendars/primary/events${path}`, body, headers)
  const written = async (method: string, path: string, body?: unknown) => json<EventResource>(await events(method, path, body))
  const add = (summary: string, hours = 1) =>
    google.createEvent(SUPPORT, 'primary', { summary, start: NOON + hours * HOUR, end: NOON + (hours + 1) * HOUR })
  /** A series of one hour each, from a local time in a zone. */
  const repeat = (rule: string | string[], dateTime = '2026-06-01T09:00:00', timeZone = 'Europe/Berlin') =>
    written('POST', '', {
      summary: 'Series',
      start: { dateTime, timeZone },
      end: { dateTime: dateTime.replace(/T(\d\d)/, (_, hour: string) => `T${String(Number(hour) + 1).padStart(2, '0')}`), timeZone },
      recurrence: typeof rule === 'string' ? [`RRULE:${rule}`] : rule,
    })
  const instances = async (id: string, query: Record<string, string> = {}) =>
    json<Listing>(await events('GET', `/${id}/instances?${new URLSearchParams(query)}`))
  return { ...tenant, access_token, call, list, listed, events, written, add, repeat, instances }
}

/** What Google says when it refuses. */
export async function refusalOf(response: Response): Promise<{ status: number; reason: string | undefined; message: string | undefined }> {
  const { error } = await json<{ error?: { message: string; errors?: { reason: string }[] } }>(response)
  return { status: response.status, reason: error?.errors?.[0]?.reason, message: error?.message }
}
