import { isOnOwnApp } from '../connections/resolve-app.ts'
import type { Context } from '../context.ts'
import { isDraft } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'

/** The tenant's connections that live on its Entra app. @throws `unavailable` */
export async function ownConnections(context: Context, tenantId: string): Promise<readonly Connection[]> {
  const all = await context.store.connections.list(tenantId)
  return all.filter((connection) => !isDraft(connection) && usesOwnApp(context, connection) && connection.status !== 'disconnected')
}

export function usesOwnApp(context: Context, { provider, settings }: Connection): boolean {
  const its = context.providers.get(provider)
  return its?.vendor.name === 'microsoft' && isOnOwnApp(its, settings)
}
