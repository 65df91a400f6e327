import { actorOf, noteAudit } from '../audit/append-audit.ts'
import { endHere } from '../connections/goodbye/end-here.ts'
import type { Ending } from '../connections/goodbye/end-here.ts'
import { keepApps, loadApps } from '../connections/goodbye/hold-apps.ts'
import { inPieces } from '../connections/in-pieces.ts'
import { pursueConnection } from '../connections/goodbye/pursue-connection.ts'
import type { Pass } from '../connections/goodbye/try-first.ts'
import { isOnOwnApp } from '../connections/resolve-app.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import { isDraft } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { GoodbyeRecord, SecretName } from '../ports/index.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import type { ResetResult } from '../wire/index.ts'

interface AppReset {
  readonly principal: Principal
  readonly vendor: SecretName
  readonly credentials: 'keep' | 'delete'
  /** What each connection says of it. */
  readonly reason: ErrorCode
  /** Journals what else has to be undone, just before the app is forgotten. */
  readonly journal?: (at: number) => Promise<GoodbyeRecord | null>
  /** Tells the vendor within the call, as far as that works. */
  readonly say: (records: readonly GoodbyeRecord[]) => Promise<void>
}

/**
 * Disconnects every connection of the tenant's app, and with `delete` forgets the app as well. Final here at once, even when the vendor is down. After a
 * failure, call it again. @throws `unavailable`
 */
export async function resetApp(
  context: Context,
  { principal, vendor, credentials, reason, journal, say }: AppReset,
): Promise<Pick<ResetResult, 'disconnected' | 'remotePending'>> {
  const { tenantId } = principal
  const at = context.clock.now()
  const apps = credentials === 'delete' ? await loadApps(context, tenantId, vendor) : new Map<string, OAuthApp>()
  const connections = (await context.store.connections.list(tenantId)).filter((connection) => isOpen(context, connection, vendor))
  const because = { cause: 'reset', actor: actorOf(principal), revoke: true, reason, at } as const
  const ended = await inPieces(connections, (connection) =>
    end(context, connection, { ...because, app: apps.get(connection.provider) ?? null }),
  )
  const records = ended.flatMap(({ record }) => (record === null ? [] : [record]))
  if (credentials === 'delete') {
    await keepApps(context, tenantId, apps)
    const undo = await journal?.(at)
    if (undo) records.push(undo)
    await context.secrets.destroy({ tenantId, name: vendor })
  }
  await noteAudit(context, { tenantId, actor: actorOf(principal), action: 'app.reset', subject: `app:${vendor}`, outcome: 'ok' })
  context.jobs.wake()
  await say(records)
  return {
    disconnected: ended.filter(({ isEnded }) => isEnded).length,
    remotePending: await stillPending(context, tenantId, records),
  }
}

/** First all pipes, because taking back one sign-in may end the access to another pipe of the same account. */
export function connectionPasses(context: Context): readonly Pass[] {
  return [
    { kind: 'connection', pursue: (record) => pursueConnection(context, record, { stopsOnly: true }) },
    { kind: 'connection', pursue: (record) => pursueConnection(context, record) },
  ]
}

function isOpen(context: Context, connection: Connection, vendor: SecretName): boolean {
  const its = context.providers.get(connection.provider)
  if (its?.vendor.name !== vendor || !isOnOwnApp(its, connection.settings)) return false
  return connection.status !== 'disconnected' && !isDraft(connection)
}

async function end(
  context: Context,
  connection: Connection,
  ending: Ending,
): Promise<{ readonly isEnded: boolean; readonly record: GoodbyeRecord | null }> {
  try {
    return { isEnded: true, record: await endHere(context, connection, ending) }
  } catch (error) {
    // Someone else ended it, or signed in anew, at this very moment.
    if (!isTenantryError(error) || error.code !== 'conflict') throw error
    return { isEnded: false, record: null }
  }
}

async function stillPending(context: Context, tenantId: string, records: readonly GoodbyeRecord[]): Promise<ResetResult['remotePending']> {
  const ids = new Set(records.map(({ id }) => id))
  const open = (await context.store.goodbyes.list(tenantId)).filter(({ id, endedAt }) => ids.has(id) && endedAt === null)
  return open.flatMap(({ connectionId, name }) => (connectionId === null ? [] : [{ connectionId, name }]))
}
