import { authorize } from '../authorize.ts'
import { findPerson, people, toPrincipal } from '../people.ts'
import type { Person } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'

/** A connected calendar of the tenant. */
export interface OnCallCalendar {
  readonly connectionId: string
  readonly name: string
  /** Whose it is. */
  readonly who: string
  /** Whether the person who asks may add shifts to it. */
  readonly writable: boolean
}

const working = ['connected', 'degraded']

/**
 * The calendars that the on-call plan is made of. Everyone of the tenant sees the plan, so they are listed as the tenant's admin sees them;
 * what may be written is the person's own matter.
 */
export async function listCalendars(sdk: HelpdeskTenantry, person: Person): Promise<OnCallCalendar[]> {
  const admin = people.find(({ tenant, role }) => tenant.id === person.tenant.id && role === 'admin') ?? person
  const { connections } = await sdk.calendar.list({ principal: toPrincipal(admin) })
  return connections
    .filter(({ settings }) => settings['calendarId'] !== null)
    .map(({ id, name, provider, owner, settings, health }) => ({
      connectionId: id,
      name,
      who: findPerson(owner.userId)?.name ?? owner.name ?? name,
      writable:
        settings['direction'] !== 'from_google' &&
        working.includes(health.status) &&
        health.reason !== 'calendar_read_only' &&
        // The same rule that guards Tenantry's verbs.
        authorize({ principal: toPrincipal(person), action: 'connection.use', connection: { id, provider, ownerUserId: owner.userId } }),
    }))
}
