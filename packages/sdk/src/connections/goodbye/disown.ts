import type { Context } from '../../context.ts'
import { Secret } from '../../model/secret.ts'
import type { Connection } from '../../model/connection.ts'
import { systemTenantId } from '../../model/principal.ts'
import type { SubscriptionRecord } from '../../ports/index.ts'
import { gather } from './gather.ts'
import { keepGoodbye } from './journal.ts'
import { pursueConnection } from './pursue-connection.ts'
import { signInOf } from './sign-in-of.ts'
import { tryFirst } from './try-first.ts'

/** How long an access token in hand may still be good for; the provider says when it is not. */
const accessLifeMs = 60 * 60_000

/** A pipe was opened for a connection that ended meanwhile: it is stopped with the access in hand, now or by a task. @throws `unavailable` */
export async function disown(context: Context, connection: Connection, accessToken: string, pipe: SubscriptionRecord): Promise<void> {
  const current = await context.store.connections.get(connection.tenantId, connection.id)
  // Only what it reads was changed: its next look replaces the pipe.
  if (current !== null && current.status !== 'disconnected') return
  // With the connection the tenant may be gone, and nothing of it is made anew.
  const tenantId = current === null ? systemTenantId : connection.tenantId
  const access = { token: new Secret(accessToken), expiresAt: context.clock.now() + accessLifeMs }
  const sealer = await context.envelope.sealerFor(tenantId)
  const held = { connection, pipes: [pipe], refresh: null, access, app: null }
  const signIn = await signInOf(context, connection)
  const cause = current === null ? 'delete' : 'disconnect'
  const record = await gather(context, { ...held, tenantId, sealer, cause, signIn, revoke: false })
  if (record === null) return
  await context.store.transaction(async (transaction) => {
    // It may count as stopped, and its first post may come before it is.
    if (current !== null) await transaction.subscriptions.put({ ...pipe, state: 'retiring' })
    await keepGoodbye(transaction, record)
  })
  await tryFirst(context, [record], [{ kind: 'connection', pursue: (key) => pursueConnection(context, key) }])
}
