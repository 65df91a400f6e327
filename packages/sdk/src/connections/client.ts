import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyProvider, ProviderCall } from '../providers/provider.ts'
import { isLive } from '../model/connection.ts'
import { loadGuarded } from './guard.ts'
import { providerCall } from './provider-call.ts'

export interface ClientOptions {
  readonly connectionId: string
  /** Whose request it is. Without one the host itself asks, for example in a job: then no rule is asked, so never pass an id that came with a request. */
  readonly principal?: Principal | undefined
}

/**
 * The provider's authorized client of a connection, for everything else that the host wants to call. No budget counts what it asks: how fast it asks
 * is the host's own affair, and the fifth of the vendor's limit that upkeep leaves is there for it.
 * @throws `not_found`, `forbidden`, the connection's reason when it cannot be used
 */
export async function createProviderClient(context: Context, provider: AnyProvider, options: ClientOptions): Promise<unknown> {
  return provider.createClient(await openCall(context, provider, options))
}

/** A connection at work, for whoever may use it. @throws `not_found`, `forbidden`, the connection's reason when it cannot be used */
export async function openCall(context: Context, provider: AnyProvider, options: ClientOptions): Promise<ProviderCall> {
  const { connectionId, principal } = options
  const connection =
    principal === undefined
      ? await context.store.connections.findById(connectionId)
      : await loadGuarded(context, principal, 'connection.use', connectionId)
  if (connection?.provider !== provider.name) throw new TenantryError('not_found')
  if (!isLive(connection.status)) throw new TenantryError(connection.reason ?? 'conflict')
  return providerCall(context, provider, connection, { paced: false })
}
