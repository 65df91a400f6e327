import { Hono } from 'hono'
import { z } from 'zod/mini'
import { listSeenCalendars } from '../calendar/find-calendar.ts'
import { findAccount, findCalendarOf } from '../google/find.ts'
import type { GoogleWorld } from '../google/google-world.ts'
import type { World } from '../state/world.ts'
import { readFields, reply } from './read-fields.ts'

const calendarFields = z.object({ summary: z.string(), color: z.optional(z.string()), timeZone: z.optional(z.string()) })
const shareFields = z.object({ with: z.string(), role: z.enum(['freeBusyReader', 'reader', 'writer', 'owner']) })
const unshareFields = z.object({ with: z.string() })

/** An account's calendars, and who else sees them. */
export function createCalendarRoutes(world: World, google: GoogleWorld): Hono {
  const app = new Hono()
  const anchor = (address: string, calendarId: string) => `calendar-${findCalendarOf(findAccount(world, address), calendarId).resourceId}`

  app.get('/accounts/:address/calendars', (context) => {
    const seen = listSeenCalendars(world, findAccount(world, context.req.param('address')))
    return Response.json({ calendars: seen.map(({ calendar: { id, summary, color }, role }) => ({ id, summary, color, role })) })
  })
  app.post('/accounts/:address/calendars', async (context) => {
    const address = context.req.param('address')
    const { summary, color, timeZone } = await readFields(context, calendarFields)
    const made = google.createCalendar(address, { summary, ...(color ? { color } : {}), ...(timeZone ? { timeZone } : {}) })
    return reply(context, made, anchor(address, made.id), 201)
  })
  app.post('/accounts/:address/calendars/:calendarId/share', async (context) => {
    const { address, calendarId } = context.req.param()
    const share = await readFields(context, shareFields)
    google.shareCalendar(address, calendarId, share.with, share.role)
    return reply(context, share, anchor(address, calendarId), 201)
  })
  app.post('/accounts/:address/calendars/:calendarId/unshare', async (context) => {
    const { address, calendarId } = context.req.param()
    google.unshareCalendar(address, calendarId, (await readFields(context, unshareFields)).with)
    return reply(context, {}, anchor(address, calendarId))
  })
  app.post('/accounts/:address/calendars/:calendarId/delete', (context) => {
    const { address, calendarId } = context.req.param()
    google.deleteCalendar(address, calendarId)
    return reply(context, {}, 'mailboxes')
  })
  return app
}
