import { endConnection } from '../connections/disconnect.ts'
import { guard } from '../connections/guard.ts'
import { isDraft } from '../connections/list.ts'
import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { ResetResult } from '../wire/index.ts'
import { describeSetup } from './status.ts'

/**
 * Disconnects every Google connection of the tenant, remotely too, and with `delete` forgets the app as well. Local state is final even when
 * Google is down. @throws `forbidden`, `unavailable`
 */
export async function reset(
  context: Context,
  options: { readonly principal: Principal; readonly credentials?: 'keep' | 'delete' },
): Promise<ResetResult> {
  const { principal, credentials = 'keep' } = options
  await guard(context, principal, 'google.reset')
  const all = await context.store.connections.list(principal.tenantId)
  const open = all.filter(
    (connection) =>
      context.providers.get(connection.provider)?.vendor.name === 'google' && connection.status !== 'disconnected' && !isDraft(connection),
  )
  const remotePending: { connectionId: string; name: string }[] = []
  for (const connection of open) {
    const confirmed = await endConnection(context, connection)
    if (!confirmed) remotePending.push({ connectionId: connection.id, name: connection.name })
  }
  if (credentials === 'delete') await context.secrets.destroy({ tenantId: principal.tenantId, name: 'google' })
  return { disconnected: open.length, remotePending, status: await describeSetup(context, principal) }
}
