import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { isLive } from '../model/connection.ts'
import { loadGuarded } from './guard.ts'
import { providerCall } from './provider-call.ts'

export interface ClientOptions {
  readonly connectionId: string
  /** Whose request it is. */
  readonly principal: Principal
}

/**
 * The provider's authorized client of a connection, for everything else that the host wants to call.
 * @throws `not_found`, `forbidden`, the connection's reason when it cannot be used
 */
export async function createProviderClient(context: Context, provider: AnyProvider, options: ClientOptions): Promise<unknown> {
  const connection = await loadGuarded(context, options.principal, 'connection.use', options.connectionId)
  if (connection.provider !== provider.name) throw new TenantryError('not_found')
  if (!isLive(connection.status)) throw new TenantryError(connection.reason ?? 'conflict')
  return provider.createClient(providerCall(context, provider, connection))
}
