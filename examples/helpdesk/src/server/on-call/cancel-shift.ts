import { TenantryError } from '@tenantry/sdk'
import { markGone } from '../database/mark-gone.ts'
import { raiseRevision } from '../database/revision.ts'
import type { HelpdeskDatabase } from '../database/tables.ts'
import { toPrincipal } from '../people.ts'
import type { Person } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'
import { dateOf } from './date-of.ts'
import type { Cancellation } from './shift.ts'

interface Parts {
  readonly sdk: HelpdeskTenantry
  readonly database: HelpdeskDatabase
  /** Epoch ms. */
  readonly now: number
}

/** Deletes a shift in its calendar; of a series only the date that is meant. @throws what `events.list` and `events.delete` do */
export async function cancelShift({ sdk, database, now }: Parts, person: Person, shift: Cancellation): Promise<void> {
  const { connectionId, calendarId, instance } = shift
  const principal = toPrincipal(person)
  if (instance !== null) {
    const { events } = await sdk.calendar.events.list({ principal, connectionId, from: instance.from, to: instance.to })
    const found = events.find(({ recurringEventId, start }) => recurringEventId === shift.eventId && dateOf(start) === instance.date)
    // It was moved or cancelled since the page was read.
    if (!found?.etag) throw new TenantryError('event_changed')
    await sdk.calendar.events.delete({ principal, connectionId, eventId: found.eventId, etag: found.etag })
    return
  }
  await sdk.calendar.events.delete({ principal, connectionId, eventId: shift.eventId, etag: shift.etag })
  const { tenantId } = principal
  await database.transaction().execute(async (transaction) => {
    await raiseRevision(transaction, tenantId)
    await markGone(transaction, { calendarId, eventId: shift.eventId }, { tenantId, connectionId, own: true, changedAt: new Date(now) })
  })
}
