import { TenantryError } from '../errors/index.ts'
import type { Account, Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { findByAddress } from './find-by-address.ts'

/** @throws `connection_exists` when another connection of the tenant already serves the same mailbox or calendar */
export async function refuseTwin(
  repositories: Pick<Repositories, 'connections'>,
  provider: AnyProvider,
  connection: Pick<Connection, 'tenantId' | 'id' | 'settings'>,
  account: Account,
): Promise<void> {
  const identity = provider.identity(connection.settings, account)
  const address = provider.address?.(connection.settings) ?? account.address
  const others = await findByAddress(repositories, connection.tenantId, provider, address)
  const twin = others.find(
    (other) =>
      other.id !== connection.id &&
      other.account !== null &&
      other.status !== 'disconnected' &&
      provider.identity(other.settings, other.account) === identity,
  )
  if (twin !== undefined) throw new TenantryError('connection_exists', { values: { name: twin.name } })
}
