import type { Principal } from '@tenantry/sdk'

export type Role = 'admin' | 'technician' | 'operator'

export interface Tenant {
  readonly id: string
  readonly name: string
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tenant: Tenant
  /** Whether the person also runs the helpdesk itself, for all its tenants. */
  readonly runsHelpdesk: boolean
}

const acme: Tenant = { id: 'acme', name: 'Acme' }
const globex: Tenant = { id: 'globex', name: 'Globex' }

/** Whom the helpdesk serves. A product has a table of them. */
export const tenants: readonly Tenant[] = [acme, globex]

/** Who works here. A product has a user table. */
export const people: readonly Person[] = [
  { id: 'dana', name: 'Dana', role: 'admin', tenant: acme, runsHelpdesk: true },
  { id: 'toni', name: 'Toni', role: 'technician', tenant: acme, runsHelpdesk: false },
  { id: 'olu', name: 'Olu', role: 'operator', tenant: acme, runsHelpdesk: false },
  { id: 'gail', name: 'Gail', role: 'admin', tenant: globex, runsHelpdesk: false },
]

export function findPerson(id: string): Person | null {
  return people.find((person) => person.id === id) ?? null
}

export function toPrincipal(person: Person): Principal {
  return { tenantId: person.tenant.id, userId: person.id, displayName: person.name }
}
