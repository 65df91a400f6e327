import * as z from 'zod/mini'
import { epochMs } from './uint64.ts'

// Source of all: developers.google.com/workspace/calendar/api/v3/reference. Fields that we do not read are left out.
const id = z.string().check(z.minLength(1))
const text = z.optional(z.string())

export const calendarList = z.object({
  nextPageToken: text,
  items: z._default(
    z.array(
      z.object({
        id,
        summary: text,
        summaryOverride: text,
        backgroundColor: text,
        accessRole: z.string(),
        primary: z._default(z.boolean(), false),
        timeZone: text,
      }),
    ),
    [],
  ),
})

export const calendar = z.object({ id, summary: text, timeZone: text })

/** Events are read defensively by the one who uses them. */
export const eventList = z.object({
  nextPageToken: text,
  nextSyncToken: text,
  items: z._default(z.array(z.record(z.string(), z.unknown())), []),
})

export const channel = z.object({ id, resourceId: id, expiration: epochMs })

/** 204, or 200 with nothing to tell. */
export const nothing = z.optional(z.object({}))
