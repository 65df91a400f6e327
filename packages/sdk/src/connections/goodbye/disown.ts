import type { Context } from '../../context.ts'
import { Secret } from '../../model/secret.ts'
import type { Connection } from '../../model/connection.ts'
import type { SubscriptionRecord } from '../../ports/index.ts'
import { sayLate } from './say-late.ts'

/** How long an access token in hand may still be good for; the provider says when it is not. */
const accessLifeMs = 60 * 60_000

/** A pipe was opened for a connection that ended meanwhile: it is stopped with the access in hand, now or by a task. @throws `unavailable` */
export async function disown(context: Context, connection: Connection, accessToken: string, pipe: SubscriptionRecord): Promise<void> {
  const current = await context.store.connections.get(connection.tenantId, connection.id)
  // Only what it reads was changed: its next look replaces the pipe.
  if (current !== null && current.status !== 'disconnected') return
  const access = { token: new Secret(accessToken), expiresAt: context.clock.now() + accessLifeMs }
  const held = { connection, pipes: [pipe], refresh: null, access, app: null, revoke: false }
  // It may count as stopped, and its first post may come before it is.
  const retire = { ...pipe, state: 'retiring' } as const
  await sayLate(context, { ...held, ...(current !== null && { alongside: ({ subscriptions }) => subscriptions.put(retire) }) }, current)
}
