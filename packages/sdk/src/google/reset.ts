import { actorOf, noteAudit } from '../audit/append-audit.ts'
import { endHere } from '../connections/goodbye/end-here.ts'
import { keepApps, loadApps } from '../connections/goodbye/hold-apps.ts'
import { inPieces } from '../connections/goodbye/in-pieces.ts'
import { pursueConnection } from '../connections/goodbye/pursue-connection.ts'
import { tryFirst } from '../connections/goodbye/try-first.ts'
import { guard } from '../connections/guard.ts'
import { isDraft } from '../connections/list.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { GoodbyeRecord } from '../ports/index.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import type { ResetResult } from '../wire/index.ts'
import { journalUndo, pursueUndo } from './goodbye/undo.ts'
import { describeSetup } from './status.ts'

interface ResetOptions {
  readonly principal: Principal
  readonly credentials?: 'keep' | 'delete'
}

/**
 * Disconnects every Google connection of the tenant, and with `delete` forgets the app as well and deletes what we had created in the tenant's Pub/Sub.
 * Final here at once, even when Google is down; Google is told within the call when that works, and otherwise as soon as it answers: see `goodbye` of the
 * status. After a failure, call it again. @throws `forbidden`, `unavailable`
 */
export async function reset(context: Context, { principal, credentials = 'keep' }: ResetOptions): Promise<ResetResult> {
  await guard(context, principal, 'google.reset')
  const { tenantId } = principal
  const at = context.clock.now()
  const apps = credentials === 'delete' ? await loadApps(context, tenantId, 'google') : new Map<string, OAuthApp>()
  const connections = (await context.store.connections.list(tenantId)).filter((connection) => isOpen(context, connection))
  const ended = await inPieces(connections, (connection) =>
    end(context, connection, { principal, at, app: apps.get(connection.provider) ?? null }),
  )
  const records = ended.flatMap(({ record }) => (record === null ? [] : [record]))
  if (credentials === 'delete') {
    await keepApps(context, tenantId, apps)
    const undo = await journalUndo(context, { tenantId, keeper: tenantId, cause: 'reset', at })
    if (undo !== null) records.push(undo)
    await context.secrets.destroy({ tenantId, name: 'google' })
  }
  await noteAudit(context, { tenantId, actor: actorOf(principal), action: 'app.reset', subject: 'app:google', outcome: 'ok' })
  context.jobs.wake()
  await sayAll(context, records)
  return {
    disconnected: ended.filter(({ isEnded }) => isEnded).length,
    remotePending: await stillPending(context, tenantId, records),
    status: await describeSetup(context, principal),
  }
}

function isOpen(context: Context, connection: Connection): boolean {
  const vendor = context.providers.get(connection.provider)?.vendor.name
  return vendor === 'google' && connection.status !== 'disconnected' && !isDraft(connection)
}

async function end(
  context: Context,
  connection: Connection,
  { principal, at, app }: { readonly principal: Principal; readonly at: number; readonly app: OAuthApp | null },
): Promise<{ readonly isEnded: boolean; readonly record: GoodbyeRecord | null }> {
  const ending = { cause: 'reset', actor: actorOf(principal), revoke: true, reason: 'google_reset', app, at } as const
  try {
    return { isEnded: true, record: await endHere(context, connection, ending) }
  } catch (error) {
    // Someone else ended it, or signed in anew, at this very moment.
    if (!isTenantryError(error) || error.code !== 'conflict') throw error
    return { isEnded: false, record: null }
  }
}

/** First all pipes, because taking back one sign-in may end the access to another pipe of the same account. */
export async function sayAll(context: Context, records: readonly GoodbyeRecord[]): Promise<void> {
  await tryFirst(context, records, [
    { kind: 'connection', pursue: (record) => pursueConnection(context, record, { stopsOnly: true }) },
    { kind: 'connection', pursue: (record) => pursueConnection(context, record) },
    { kind: 'pubsub', pursue: (record) => pursueUndo(context, record) },
  ])
}

async function stillPending(context: Context, tenantId: string, records: readonly GoodbyeRecord[]): Promise<ResetResult['remotePending']> {
  const ids = new Set(records.map(({ id }) => id))
  const open = (await context.store.goodbyes.list(tenantId)).filter(({ id, endedAt }) => ids.has(id) && endedAt === null)
  return open.flatMap(({ connectionId, name }) => (connectionId === null ? [] : [{ connectionId, name }]))
}
