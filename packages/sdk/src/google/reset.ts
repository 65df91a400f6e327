import { endConnection } from '../connections/disconnect.ts'
import { guard } from '../connections/guard.ts'
import { isDraft } from '../connections/list.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { undoProvision } from '../providers/gmail/provision/undo.ts'
import { loadOwnedSetup } from '../providers/gmail/push/setup.ts'
import type { ResetResult } from '../wire/index.ts'
import { loadGmail } from './load-gmail.ts'
import { describeSetup } from './status.ts'

/**
 * Disconnects every Google connection of the tenant, remotely too, and with `delete` forgets the app as well, after it deleted what it
 * had created in the tenant's Pub/Sub. Local state is final even when Google is down. @throws `forbidden`, `unavailable`
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
  if (credentials === 'delete') {
    // Needs the key, so it comes first.
    await undoPubSub(context, principal.tenantId)
    await context.secrets.destroy({ tenantId: principal.tenantId, name: 'google' })
  }
  return { disconnected: open.length, remotePending, status: await describeSetup(context, principal) }
}

/** As far as Google lets us; what is left is named in the log and in the endpoint's journal, and does no harm. @throws `unavailable` */
async function undoPubSub(context: Context, tenantId: string): Promise<void> {
  const gmail = loadGmail(context)
  if (gmail === null) return
  try {
    const setup = await loadOwnedSetup(gmail.ports, tenantId)
    if (setup === null) return
    const { deleted, adopted, failed } = await undoProvision(gmail.ports, gmail.google.pubsub, setup)
    context.logger.log(failed.length > 0 ? 'warn' : 'info', 'google.pubsub_undone', {
      tenantId,
      deleted: deleted.length,
      adopted: adopted.length,
      failed: failed.map(({ code }) => code).join(' '),
    })
  } catch (error) {
    // An app that cannot be read created nothing that could be deleted now, and it has to be deletable itself.
    if (!isTenantryError(error) || error.code === 'unavailable') throw error
    context.logger.log('warn', 'google.pubsub_not_undone', { tenantId, code: error.code })
  }
}
