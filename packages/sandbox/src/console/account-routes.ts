import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod/mini'
import type { GoogleWorld, Mail } from '../google/google-world.ts'
import type { World } from '../state/world.ts'
import { isForm, readFields, reply } from './read-fields.ts'

const accountFields = z.object({ address: z.string(), name: z.optional(z.string()) })
const mailFields = z.object({
  from: z.optional(z.string()),
  subject: z.optional(z.string()),
  text: z.optional(z.string()),
  eml: z.optional(z.instanceof(File)),
})
const time = z.union([z.string(), z.number()])
const eventFields = z.object({ summary: z.string(), start: time, end: time, calendarId: z.optional(z.string()) })
const changeFields = z.object({
  moveBy: z.optional(z.coerce.number()),
  summary: z.optional(z.string()),
  start: z.optional(time),
  end: z.optional(time),
  calendarId: z.optional(z.string()),
})

/** Accounts, their mail and their calendars. */
export function createAccountRoutes(world: World, google: GoogleWorld): Hono {
  const app = new Hono()
  app.get('/accounts', () => Response.json({ accounts: world.state.accounts.map(({ address, name }) => ({ address, name })) }))
  app.post('/accounts', async (context) => {
    const { address, name } = await readFields(context, accountFields)
    return reply(context, google.createAccount({ address, ...(name ? { name } : {}) }), 'mailboxes', 201)
  })
  app.post('/accounts/:address/messages', async (context) => {
    const address = context.req.param('address')
    return reply(context, google.deliverMail(address, await readMail(context)), `mail-${address}`, 201)
  })
  app.post('/accounts/:address/events', async (context) => {
    const address = context.req.param('address')
    const { calendarId = 'primary', summary, start, end } = await readFields(context, eventFields)
    const event = { summary, start: readTime(start), end: readTime(end) }
    return reply(context, google.createEvent(address, calendarId, event), `mail-${address}`, 201)
  })
  const change = async (context: Context, address: string, eventId: string) => {
    const { calendarId = 'primary', moveBy, summary, start, end } = await readFields(context, changeFields)
    if (moveBy !== undefined) google.moveEvent(address, calendarId, eventId, moveBy)
    const event = google.updateEvent(address, calendarId, eventId, {
      ...(summary === undefined ? {} : { summary }),
      ...(start === undefined ? {} : { start: readTime(start) }),
      ...(end === undefined ? {} : { end: readTime(end) }),
    })
    return reply(context, event, `mail-${address}`)
  }
  const cancel = (context: Context, address: string, eventId: string) => {
    google.cancelEvent(address, context.req.query('calendarId') ?? 'primary', eventId)
    return isForm(context) ? reply(context, {}, `mail-${address}`) : context.body(null, 204)
  }
  app.patch('/accounts/:address/events/:eventId', (context) => change(context, context.req.param('address'), context.req.param('eventId')))
  app.delete('/accounts/:address/events/:eventId', (context) => cancel(context, context.req.param('address'), context.req.param('eventId')))
  // Forms can only POST.
  app.post('/accounts/:address/events/:eventId/move', (context) =>
    change(context, context.req.param('address'), context.req.param('eventId')),
  )
  app.post('/accounts/:address/events/:eventId/cancel', (context) =>
    cancel(context, context.req.param('address'), context.req.param('eventId')),
  )
  return app
}

async function readMail(context: Context): Promise<Mail> {
  if (context.req.header('content-type')?.startsWith('message/rfc822')) return { eml: new Uint8Array(await context.req.arrayBuffer()) }
  const { from, subject, text, eml } = await readFields(context, mailFields)
  if (eml && eml.size > 0) return { eml: new Uint8Array(await eml.arrayBuffer()) }
  return { from: from || 'Kim Customer <kim@customer.test>', subject: subject ?? '', text: text ?? '' }
}

/** Epoch ms, or a date in ISO form. @throws Error */
function readTime(value: string | number): number {
  const read = typeof value === 'number' ? value : Date.parse(/Z|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`)
  if (!Number.isFinite(read)) throw new Error(`${value} is not a time`)
  return read
}
