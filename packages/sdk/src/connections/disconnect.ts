import { actorOf } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import type { GoodbyeRecord } from '../ports/index.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { endHere } from './goodbye/end-here.ts'
import { pursueConnection } from './goodbye/pursue-connection.ts'
import { tryFirst } from './goodbye/try-first.ts'
import { loadGuarded } from './guard.ts'
import { summarize } from './summarize.ts'

export interface DisconnectOptions {
  readonly principal: Principal
  readonly connectionId: string
  /** Also takes the access back at the vendor, unless another connection lives on the same sign-in. Default true. */
  readonly revoke?: boolean
}

/**
 * Ends a connection: final here at once, even when the provider is down. The provider is told to stop and the grant is taken back within the call when
 * that works; what is left is in `goodbye`, and is tried again for seven days. Of a connection that has ended, what is left is tried now.
 * @throws `not_found`, `forbidden`, `conflict` when it was ended meanwhile, `unavailable`
 */
export async function disconnect(context: Context, options: DisconnectOptions): Promise<ConnectionSummary> {
  const { principal, revoke = true } = options
  const connection = await loadGuarded(context, principal, 'connection.disconnect', options.connectionId)
  await endHere(context, connection, { cause: 'disconnect', actor: actorOf(principal), revoke, reason: null, app: null })
  context.jobs.wake()
  await sayGoodbyes(context, connection)
  const current = await context.store.connections.get(connection.tenantId, connection.id)
  if (current === null) throw new TenantryError('not_found')
  return summarize(context, principal, current)
}

/** Those of a connection that are not done, now. Never fails: what is left is the tasks'. */
export async function sayGoodbyes(context: Context, { tenantId, id }: { readonly tenantId: string; readonly id: string }): Promise<void> {
  const all: readonly GoodbyeRecord[] = await context.store.goodbyes.list(tenantId, { connectionIds: [id] })
  const open = all.filter(({ endedAt }) => endedAt === null)
  await tryFirst(context, open, [{ kind: 'connection', pursue: (record) => pursueConnection(context, record) }])
}
