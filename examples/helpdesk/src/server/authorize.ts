import type { AuthorizeRequest, ConnectionFacts } from '@tenantry/sdk/ports'
import { findPerson } from './people.ts'
import type { Person } from './people.ts'

/**
 * Who may do what: an admin everything, a technician reads the setup and has calendars of their own, an operator sees
 * how connections are and answers from mailboxes.
 */
export function authorize({ principal, action, connection }: AuthorizeRequest): boolean {
  const person = findPerson(principal.userId)
  if (person?.tenant.id !== principal.tenantId) return false
  if (person.role === 'admin') return true
  if (person.role === 'operator') return action === 'connection.read' || (action === 'connection.use' && isAnswerable(connection))
  if (/^(?:google|microsoft)\./.test(action)) return action.endsWith('.read')
  return connection === null || (connection.provider === 'google-calendar' && connection.ownerUserId === person.id)
}

/** Asked in general, before it is known which connection is meant, or of one that can be answered from. */
function isAnswerable(connection: ConnectionFacts | null): boolean {
  return connection === null || connection.provider === 'microsoft-shared-mailbox'
}

/** Health spans all tenants, so no tenant's own admin may read it: only whoever runs the helpdesk. */
export function mayReadHealth(person: Person): boolean {
  return person.runsHelpdesk
}
