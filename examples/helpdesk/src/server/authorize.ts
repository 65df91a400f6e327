import type { AuthorizeRequest } from '@tenantry/sdk/ports'
import { findPerson } from './people.ts'
import type { Person } from './people.ts'

/**
 * Who may do what: an admin everything, a technician reads the setup and has calendars of their own, an operator sees how connections are.
 */
export function authorize({ principal, action, connection }: AuthorizeRequest): boolean {
  const person = findPerson(principal.userId)
  if (person?.tenant.id !== principal.tenantId) return false
  if (person.role === 'admin') return true
  if (person.role === 'operator') return action === 'connection.read'
  if (action.startsWith('google.')) return action === 'google.read'
  return connection === null || (connection.provider === 'google-calendar' && connection.ownerUserId === person.id)
}

/** Health spans all tenants, so no tenant's own admin may read it: only whoever runs the helpdesk. */
export function mayReadHealth(person: Person): boolean {
  return person.runsHelpdesk
}
