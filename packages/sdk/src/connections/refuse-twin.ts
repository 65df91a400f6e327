import { TenantryError } from '../errors/index.ts'
import type { Account, Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** @throws `connection_exists` when another connection of the tenant already serves the same mailbox or calendar */
export async function refuseTwin(
  repositories: Pick<Repositories, 'connections'>,
  provider: AnyProvider,
  connection: Pick<Connection, 'tenantId' | 'id' | 'settings'>,
  account: Account,
): Promise<void> {
  const identity = provider.identity(connection.settings, account)
  const others = await repositories.connections.findByAddress(connection.tenantId, provider.name, account.address)
  const twin = others.find(
    (other) =>
      other.id !== connection.id &&
      other.account !== null &&
      other.status !== 'disconnected' &&
      provider.identity(other.settings, other.account) === identity,
  )
  if (twin !== undefined) throw new TenantryError('connection_exists', { values: { name: twin.name } })
}
