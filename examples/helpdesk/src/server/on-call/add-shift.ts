import type { HelpdeskDatabase } from '../database/tables.ts'
import { keepOwnEvent } from '../database/keep-own-event.ts'
import { toPrincipal } from '../people.ts'
import type { Person } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'

export interface NewShift {
  readonly connectionId: string
  readonly title: string
  /** `YYYY-MM-DDTHH:mm:ss` in the time zone, as the other one. */
  readonly start: string
  readonly end: string
  /** IANA name. */
  readonly timeZone: string
  /** The same for each attempt to add the same shift. */
  readonly idempotencyKey: string
}

interface Parts {
  readonly sdk: HelpdeskTenantry
  readonly database: HelpdeskDatabase
}

/** Writes a shift into a calendar. @throws what `events.create` does */
export async function addShift({ sdk, database }: Parts, person: Person, shift: NewShift): Promise<void> {
  const { connectionId, title, start, end, timeZone, idempotencyKey } = shift
  const event = await sdk.calendar.events.create({
    principal: toPrincipal(person),
    connectionId,
    idempotencyKey,
    event: { title, start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } },
  })
  // It comes back as a change too, unless the calendar's direction is to Google only.
  await keepOwnEvent(database, { tenantId: person.tenant.id, connectionId, event })
}
