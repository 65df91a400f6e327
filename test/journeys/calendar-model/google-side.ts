import { DateTime } from 'luxon'
import type { Sandbox } from '@tenantry/sandbox'
import { shapeOf } from './host-copy.ts'

type Resource = ReturnType<Sandbox['google']['listEvents']>[number]

/** What is in the sandbox's calendar, read with another date library than the sdk's. */
export function contentsOf(sandbox: Sandbox, address: string, calendarId: string, zone: string): Map<string, unknown> {
  return new Map(sandbox.google.listEvents(address, calendarId).map((event) => [event.id, shapeOf(read(event, zone))]))
}

function read(event: Resource, zone: string): Parameters<typeof shapeOf>[0] {
  return {
    status: event.status,
    title: event.summary ?? null,
    start: moment(event.start, zone),
    end: moment(event.end, zone),
    recurrence: (event['recurrence'] as string[] | undefined) ?? [],
    recurringEventId: (event['recurringEventId'] as string | undefined) ?? null,
    originalStart: moment(event['originalStartTime'] as Resource['start'], zone),
  }
}

function moment(time: Resource['start'], zone: string): { instant: string } | null {
  if (time === undefined) return null
  const at = time.date === undefined ? DateTime.fromISO(time.dateTime ?? '') : DateTime.fromISO(time.date, { zone }).startOf('day')
  return { instant: at.toUTC().toJSDate().toISOString() }
}
