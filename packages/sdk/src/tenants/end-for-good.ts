import { changeConnection } from '../connections/change.ts'
import { gather } from '../connections/goodbye/gather.ts'
import { holdGrant } from '../connections/goodbye/hold-grant.ts'
import { keepGoodbye } from '../connections/goodbye/journal.ts'
import { retirePipes } from '../connections/goodbye/retire-pipes.ts'
import { signInOf } from '../connections/goodbye/sign-in-of.ts'
import { dropToken } from '../connections/token-cache.ts'
import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import { systemTenantId } from '../model/principal.ts'
import type { GoodbyeRecord } from '../ports/index.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

/**
 * Ends a connection of a tenant that is deleted, and forgets it. What is left to do at the provider is the system's, under whose key it is sealed. Its
 * pipes stay until the last of the tenant's rows go: by then their goodbyes have moved too. @returns the journal; `null` when nothing is left to do
 * @throws `unavailable`
 */
export async function endForGood(context: Context, connection: Connection, app: OAuthApp | null): Promise<GoodbyeRecord | null> {
  const { tenantId, id } = connection
  const token = await context.store.tokens.get(tenantId, id)
  const grant = await holdGrant(context, token)
  const sealer = await context.envelope.sealerFor(systemTenantId)
  const signIn = await signInOf(context, connection)
  const record = await context.store.transaction(async (transaction) => {
    const held = await changeConnection(transaction, connection, context.clock.now(), ({ generation }) => ({ generation: generation + 1 }))
    // Someone was faster, or it was refreshed: what lies there now is looked at again.
    if (held === null || (await transaction.tokens.get(tenantId, id))?.version !== token?.version) return null
    const pipes = connection.status === 'disconnected' ? [] : await retirePipes(transaction, connection)
    const kept = { tenantId: systemTenantId, sealer, cause: 'delete', signIn, revoke: true } as const
    const goodbye = await gather(context, { ...kept, connection, pipes, app, ...grant })
    if (goodbye !== null) await keepGoodbye(transaction, goodbye)
    await transaction.connections.remove(tenantId, id)
    return goodbye
  })
  dropToken(context, connection)
  return record
}
