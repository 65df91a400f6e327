import { isDraft } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** A tenant's connections, begun sign-ins left out, of the thing at an address: of the account that signed in, or of what the settings name where another person signs in for it. */
export async function findByAddress(
  { connections }: Pick<Repositories, 'connections'>,
  tenantId: string,
  provider: AnyProvider,
  address: string,
): Promise<readonly Connection[]> {
  if (provider.address === undefined) return connections.findByAddress(tenantId, provider.name, address)
  const all = await connections.list(tenantId, { provider: provider.name })
  return all.filter((connection) => !isDraft(connection) && provider.address?.(connection.settings).toLowerCase() === address.toLowerCase())
}
