import { setStatus } from '../connections/change.ts'
import type { Context } from '../context.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { GoogleBundle, GoogleService } from '../model/google-setup.ts'
import { hashText } from '../oauth/pkce.ts'
import { clientIdOf } from '../vendors/google/bundle.ts'

interface SavedApp {
  readonly before: GoogleBundle
  readonly after: GoogleBundle
  /** Of the bundle after the save. */
  readonly version: string
}

/**
 * A sign-in belongs to the OAuth client that it was made with: where a service has another one now, its connections ask for a new sign-in, and
 * those whose client came back are connected again. Tokens stay. What a crash leaves out is found at the connection's next token refresh.
 */
export async function askToReconnect(context: Context, tenantId: string, { before, after, version }: SavedApp): Promise<void> {
  const changed = (['gmail', 'calendar'] as const).flatMap((service) => {
    const [from, to] = [clientIdOf(before, service), clientIdOf(after, service)]
    return from !== undefined && to !== undefined && from !== to ? [{ service, from, to }] : []
  })
  if (changed.length === 0) return
  const all = await context.store.connections.list(tenantId)
  for (const { service, from, to } of changed) {
    const [left, current] = [await markOf(context, from), await markOf(context, to)]
    for (const connection of all.filter((one) => usesService(context, one, service))) {
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

function usesService(context: Context, { provider, account }: Connection, service: GoogleService): boolean {
  const its = context.providers.get(provider)
  return account !== null && its?.vendor.name === 'google' && its.service === service
}

/** Tells clients apart without naming them. */
const markOf = async (context: Context, clientId: string): Promise<string> => (await hashText(context.crypto, clientId)).slice(0, 16)
