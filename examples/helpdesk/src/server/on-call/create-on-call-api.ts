import { Hono } from 'hono'
import type { HelpdeskDatabase } from '../database/tables.ts'
import type { Person } from '../people.ts'
import { readPost, readText } from '../read-post.ts'
import type { Vendors } from '../start-vendors.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'
import { addShift } from './add-shift.ts'
import { cancelShift } from './cancel-shift.ts'
import { listCalendars } from './list-calendars.ts'
import { listShifts } from './list-shifts.ts'
import type { Cancellation, Shift } from './shift.ts'
import { readWeek } from './week.ts'

export interface OnCallParts {
  readonly baseUrl: string
  readonly database: HelpdeskDatabase
  readonly sdk: HelpdeskTenantry
  readonly vendors: Vendors
  /** @throws HTTPException when nobody is signed in */
  readonly requirePerson: (request: Request) => Promise<Person>
}

/** A week of the tenant's on-call plan, as one person sees it. */
export interface OnCallWeek {
  /** ISO 8601; the sandbox can move time. */
  readonly now: string
  /** `2026-03-02`. */
  readonly monday: string
  readonly shifts: readonly Shift[]
  /** Whether the tenant has any calendar. */
  readonly isConnected: boolean
  /** Where the person may add shifts. */
  readonly calendars: readonly { readonly connectionId: string; readonly name: string; readonly who: string }[]
}

/** The on-call plan: read by everyone of the tenant, written by whoever may use the calendar. */
export function createOnCallApi({ baseUrl, database, sdk, vendors, requirePerson }: OnCallParts): Hono {
  const app = new Hono()

  app.get('/', async (context) => {
    const person = await requirePerson(context.req.raw)
    const now = vendors.clock.now()
    const week = readWeek(context.req.query('week'), context.req.query('timeZone') ?? 'UTC', now)
    const calendars = await listCalendars(sdk, person)
    const answer: OnCallWeek = {
      now: new Date(now).toISOString(),
      monday: week.monday,
      shifts: await listShifts(database, { tenantId: person.tenant.id, week, calendars, now }),
      isConnected: calendars.length > 0,
      calendars: calendars.filter(({ writable }) => writable).map(({ connectionId, name, who }) => ({ connectionId, name, who })),
    }
    return context.json(answer)
  })

  app.post('/', async (context) => {
    const person = await requirePerson(context.req.raw)
    const { connectionId, title, start, end, timeZone, idempotencyKey } = await readPost(context, baseUrl)
    await addShift({ sdk, database }, person, {
      connectionId: readText(connectionId),
      title: readText(title),
      start: readText(start),
      end: readText(end),
      timeZone: readText(timeZone),
      idempotencyKey: readText(idempotencyKey),
    })
    return context.json({ added: true }, 201)
  })

  app.post('/cancel', async (context) => {
    const person = await requirePerson(context.req.raw)
    const shift = readCancellation(await readPost(context, baseUrl))
    await cancelShift({ sdk, database, now: vendors.clock.now() }, person, shift)
    return context.json({ cancelled: true })
  })

  return app
}

function readCancellation({ connectionId, calendarId, eventId, etag, instance }: Readonly<Record<string, unknown>>): Cancellation {
  const { from, to, date } = Object(instance) as Readonly<Record<string, unknown>>
  return {
    connectionId: readText(connectionId),
    calendarId: readText(calendarId),
    eventId: readText(eventId),
    etag: readText(etag),
    instance: instance ? { from: readText(from), to: readText(to), date: readText(date) } : null,
  }
}
