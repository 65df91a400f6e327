import { calendarAccessRoles } from '@tenantry/sdk/ports'
import * as z from 'zod/mini'

// Source of all: developers.google.com/workspace/calendar/api/v3/reference. Fields that we do not read are left out.
const id = z.string().check(z.minLength(1))
const text = z.optional(z.string())
const accessRole = z.catch(z.enum(calendarAccessRoles), 'none')

export const calendarEntry = z.object({
  id,
  summary: text,
  summaryOverride: text,
  // It ends up in the style of a page.
  backgroundColor: z.catch(z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/i))), null),
  accessRole,
  primary: z._default(z.boolean(), false),
  timeZone: text,
})

export const calendarList = z.object({ nextPageToken: text, items: z._default(z.array(calendarEntry), []) })

/** Events are read defensively by the one who uses them. */
export const event = z.record(z.string(), z.unknown())

export const eventList = z.object({
  nextPageToken: text,
  nextSyncToken: text,
  accessRole,
  timeZone: text,
  items: z._default(z.array(event), []),
})

export const freeBusy = z.object({
  calendars: z.record(
    z.string(),
    z.object({
      errors: z._default(z.array(z.object({ reason: z.string() })), []),
      busy: z._default(z.array(z.object({ start: z.string(), end: z.string() })), []),
    }),
  ),
})

/** A channel exists once it has a resource, so an end that cannot be read is no reason to forget it. */
export const channel = z.object({ resourceId: id, expiration: z.catch(z.nullable(z.union([z.string(), z.number()])), null) })

/** 204, or 200 with nothing to tell. */
export const nothing = z.optional(z.object({}))
