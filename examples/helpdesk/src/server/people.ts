import type { Principal } from '@tenantry/sdk'

export type Role = 'admin' | 'technician' | 'operator'

export interface Person {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tenant: { readonly id: string; readonly name: string }
}

const acme = { id: 'acme', name: 'Acme' }
const globex = { id: 'globex', name: 'Globex' }

/** Who works here. A product has a user table. */
export const people: readonly Person[] = [
  { id: 'dana', name: 'Dana', role: 'admin', tenant: acme },
  { id: 'toni', name: 'Toni', role: 'technician', tenant: acme },
  { id: 'olu', name: 'Olu', role: 'operator', tenant: acme },
  { id: 'gail', name: 'Gail', role: 'admin', tenant: globex },
]

export function findPerson(id: string): Person | null {
  return people.find((person) => person.id === id) ?? null
}

export function toPrincipal(person: Person): Principal {
  return { tenantId: person.tenant.id, userId: person.id, displayName: person.name }
}
