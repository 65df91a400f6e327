import { authorize } from '../authorize.ts'
import { toPrincipal } from '../people.ts'
import type { Person } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'

/** The shared mailboxes from which the person may answer: address to connection. */
export async function listMailboxes(sdk: HelpdeskTenantry, person: Person): Promise<ReadonlyMap<string, string>> {
  const principal = toPrincipal(person)
  const { connections } = (await sdk.sharedMailbox?.list({ principal })) ?? { connections: [] }
  // The same rule that guards Tenantry's verbs, so that nothing is offered that would be refused.
  const mayUse = ({ id, provider, owner }: (typeof connections)[number]) =>
    authorize({ principal, action: 'connection.use', connection: { id, provider, ownerUserId: owner.userId } })
  return new Map(
    connections
      .filter((connection) => connection.health.status !== 'disconnected' && mayUse(connection))
      .map(({ id, settings }) => [String(settings['mailbox']), id]),
  )
}
