import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import { endConnection } from './disconnect.ts'
import { loadGuarded } from './guard.ts'

/** Disconnects and forgets. @throws `not_found`, `forbidden`, `unavailable` */
export async function remove(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<{ removed: true }> {
  const connection = await loadGuarded(context, options.principal, 'connection.remove', options.connectionId)
  if (connection.status !== 'disconnected') await endConnection(context, connection)
  await context.store.connections.remove(connection.tenantId, connection.id)
  return { removed: true }
}
