import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod/mini'
import { findAccount, findCalendarOf } from '../google/find.ts'
import type { GoogleWorld } from '../google/google-world.ts'
import type { EventTime } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { isForm, readFields, reply } from './read-fields.ts'

const time = z.union([z.string(), z.number()])
const repeats = { never: [], daily: ['RRULE:FREQ=DAILY'], weekly: ['RRULE:FREQ=WEEKLY'] }
const eventFields = z.object({
  summary: z.string(),
  start: time,
  end: time,
  calendarId: z.optional(z.string()),
  repeat: z.optional(z.enum(['never', 'daily', 'weekly'])),
})
const changeFields = z.object({
  moveBy: z.optional(z.coerce.number()),
  summary: z.optional(z.string()),
  start: z.optional(time),
  end: z.optional(time),
  calendarId: z.optional(z.string()),
})
const cancelFields = z.object({ calendarId: z.optional(z.string()) })

/** The events of an account's own calendars. */
export function createEventRoutes(world: World, google: GoogleWorld): Hono {
  const app = new Hono()
  const find = (address: string, calendarId: string) => findCalendarOf(findAccount(world, address), calendarId)
  const anchor = (address: string, calendarId: string) => `calendar-${find(address, calendarId).resourceId}`

  app.post('/accounts/:address/events', async (context) => {
    const address = context.req.param('address')
    const { calendarId = 'primary', summary, start, end, repeat = 'never' } = await readFields(context, eventFields)
    const { timeZone } = find(address, calendarId)
    const at = (value: string | number): EventTime => ({ dateTime: new Date(readTime(value)).toISOString(), timeZone })
    const recurrence = repeats[repeat]
    const event = { summary, start: at(start), end: at(end), ...(recurrence.length > 0 ? { recurrence } : {}) }
    return reply(context, google.createEvent(address, calendarId, event), anchor(address, calendarId), 201)
  })
  const change = async (context: Context, address: string, eventId: string) => {
    const { calendarId = 'primary', moveBy, summary, start, end } = await readFields(context, changeFields)
    const moved = moveBy === undefined ? null : google.moveEvent(address, calendarId, eventId, moveBy)
    const changes = {
      ...(summary === undefined ? {} : { summary }),
      ...(start === undefined ? {} : { start: readTime(start) }),
      ...(end === undefined ? {} : { end: readTime(end) }),
    }
    const done = moved !== null && Object.keys(changes).length === 0
    return reply(context, done ? moved : google.updateEvent(address, calendarId, eventId, changes), anchor(address, calendarId))
  }
  app.patch('/accounts/:address/events/:eventId', (context) => change(context, context.req.param('address'), context.req.param('eventId')))
  app.delete('/accounts/:address/events/:eventId', (context) => {
    const { address, eventId } = context.req.param()
    google.cancelEvent(address, context.req.query('calendarId') ?? 'primary', eventId)
    return context.body(null, 204)
  })
  // Forms can only POST.
  app.post('/accounts/:address/events/:eventId/move', (context) =>
    change(context, context.req.param('address'), context.req.param('eventId')),
  )
  app.post('/accounts/:address/events/:eventId/cancel', async (context) => {
    const { address, eventId } = context.req.param()
    const { calendarId = 'primary' } = await readFields(context, cancelFields)
    google.cancelEvent(address, calendarId, eventId)
    return isForm(context) ? reply(context, {}, anchor(address, calendarId)) : context.body(null, 204)
  })
  return app
}

/** Epoch ms, or a date in ISO form. @throws Error */
function readTime(value: string | number): number {
  const read = typeof value === 'number' ? value : Date.parse(/Z|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`)
  if (!Number.isFinite(read)) throw new Error(`${value} is not a time`)
  return read
}
