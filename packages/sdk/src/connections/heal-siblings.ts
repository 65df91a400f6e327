import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Account, Connection } from '../model/connection.ts'
import { missingScopes } from '../model/scopes.ts'
import type { ConnectionPatch, TokenRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { firstAudience } from './audience.ts'
import { changeConnection, setStatusWithin } from './change.ts'
import { copyGrant } from './copy-grant.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'
import { isOnOwnApp } from './resolve-app.ts'

interface NewGrant {
  readonly provider: AnyProvider
  readonly connection: Connection
  readonly account: Account
  /** As it is stored for the connection that signed in. */
  readonly record: TokenRecord
  /** Scopes that were granted, separated by spaces. */
  readonly scope: string
  /** What the sign-in says of the grant. */
  readonly facts: ConnectionPatch
}

/**
 * Gives a new sign-in to the other connections that live on the same account through the same app, so that nobody signs in once per calendar:
 * those that ask for one become connected, the others will not have to ask. Never another person's or tenant's. One that fails is left as it is.
 */
export async function healSiblings(context: Context, grant: NewGrant): Promise<void> {
  const { tenantId, ownerUserId } = grant.connection
  const own = await context.store.connections.list(tenantId, { ownerUserId, subjects: [grant.account.subject] })
  for (const sibling of own.filter((other) => isSibling(context, grant, other))) {
    try {
      await heal(context, grant, sibling)
    } catch (error) {
      if (!isTenantryError(error) && !(error instanceof LostLease)) throw error
      context.logger.log('warn', 'grant.not_shared', { connectionId: sibling.id, name: error.name })
    }
  }
}

function isSibling(context: Context, { provider, connection, scope }: NewGrant, other: Connection): boolean {
  const its = context.providers.get(other.provider)
  return (
    other.id !== connection.id &&
    other.status !== 'disconnected' &&
    its?.vendor.name === provider.vendor.name &&
    its.service === provider.service &&
    isOnOwnApp(its, other.settings) === isOnOwnApp(provider, connection.settings) &&
    its.grant?.(other.settings) !== 'app' &&
    missingScopes(firstAudience(its, other.settings).scopes, scope).length === 0
  )
}

async function heal(context: Context, { record, facts }: NewGrant, sibling: Connection): Promise<void> {
  const { tenantId, id: connectionId } = sibling
  const stored = await context.store.tokens.get(tenantId, connectionId)
  const row = await copyGrant(context, record, { connectionId, version: (stored?.version ?? 0) + 1 })
  const sealer = await context.envelope.sealerFor(tenantId)
  const now = context.clock.now()
  await context.store.transaction(async (transaction) => {
    await assertSameLife(transaction, sibling)
    // One that is newer by now has what it needs.
    if (!(await transaction.tokens.put(row))) return
    const current = await changeConnection(transaction, sibling, now, () => facts)
    if (current?.status !== 'needs_reauth') return
    await setStatusWithin(context, transaction, sealer, sibling, 'connected', { patch: { failures: 0, nextAttemptAt: null } })
    await transaction.tasks.schedule({ tenantId, connectionId, kind: 'provision', dueAt: now, reset: true })
  })
}
