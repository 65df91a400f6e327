import { setStatus } from '../connections/change.ts'
import type { Context } from '../context.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import { hashText } from '../oauth/pkce.ts'

/** An OAuth client that was replaced by another. */
export interface ReplacedClient {
  /** Name the clients; absent where there was none, or is none now. */
  readonly from: string | undefined
  readonly to: string | undefined
  /** Whether a connection signs in with it. */
  readonly isUsedBy: (connection: Connection) => boolean
}

/**
 * A sign-in belongs to the OAuth client that it was made with: where there is another one now, its connections ask for a new sign-in, and those whose
 * client came back are connected again. Tokens stay. What a crash leaves out is found at the connection's next token refresh.
 * @param version of the bundle after the save
 */
export async function askToReconnect(
  context: Context,
  tenantId: string,
  { clients, version }: { readonly clients: readonly ReplacedClient[]; readonly version: string },
): Promise<void> {
  const changed = clients.flatMap(({ from, to, isUsedBy }) =>
    from !== undefined && to !== undefined && from !== to ? [{ from, to, isUsedBy }] : [],
  )
  if (changed.length === 0) return
  const all = await context.store.connections.list(tenantId)
  for (const { from, to, isUsedBy } of changed) {
    const [left, current] = [await markOf(context, from), await markOf(context, to)]
    for (const connection of all.filter((one) => one.account !== null && isUsedBy(one))) {
      await setStatus(context, connection, 'connected', {
        patch: { appVersion: version, failures: 0, nextAttemptAt: null },
        onlyIf: ({ status, reason, reasonValues }) =>
          status === 'needs_reauth' && reason === 'app_changed' && reasonValues['client'] === current,
      })
      await setStatus(context, connection, 'needs_reauth', {
        reason: 'app_changed',
        values: { client: left },
        // A sign-in that ended meanwhile was made with the new client.
        onlyIf: ({ status, appVersion }) => isLive(status) && appVersion !== version,
      })
    }
  }
}

/** Tells clients apart without naming them. */
const markOf = async (context: Context, client: string): Promise<string> => (await hashText(context.crypto, client)).slice(0, 16)
