import type { Context } from '../../context.ts'
import type { Account, Connection } from '../../model/connection.ts'
import type { Grant } from '../../oauth/token-client.ts'
import type { OAuthApp } from '../../vendors/vendor.ts'
import { sayLate } from './say-late.ts'

interface Refused {
  /** That the sign-in was for. */
  readonly connection: Connection
  /** Who signed in; `null` when that is not known, and then nothing is taken back, because others may live on it. */
  readonly account: Account | null
  readonly app: OAuthApp
  readonly grant: Grant
}

/** Takes back a grant that is not kept, now or by a task, unless a connection lives on the same sign-in: this one too, as it did before. @throws `unavailable` */
export async function takeBack(context: Context, { connection, account, app, grant }: Refused): Promise<void> {
  if (account === null) return
  const current = await context.store.connections.get(connection.tenantId, connection.id)
  const access = { token: grant.accessToken, expiresAt: grant.expiresAt }
  const held = { connection: { ...connection, account }, pipes: [], refresh: grant.refreshToken, access }
  await sayLate(context, { ...held, app: current === null ? app : null, revoke: true }, current)
}
