import { isDraft } from '../connections/list.ts'
import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'

/** The tenant's connections that live on its Entra app. @throws `unavailable` */
export async function ownConnections(context: Context, tenantId: string): Promise<readonly Connection[]> {
  const all = await context.store.connections.list(tenantId)
  return all.filter((connection) => !isDraft(connection) && isMicrosoft(context, connection) && connection.status !== 'disconnected')
}

export function isMicrosoft(context: Context, { provider }: Connection): boolean {
  return context.providers.get(provider)?.vendor.name === 'microsoft'
}
