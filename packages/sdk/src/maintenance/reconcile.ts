import { setStatus } from '../connections/change.ts'
import { collectPipes } from '../connections/collect-pipes.ts'
import { providerCall } from '../connections/provider-call.ts'
import { toOutbox } from '../connections/queue-event.ts'
import { fallBackToPolling, subscribe } from '../connections/subscribe.ts'
import { sync } from '../connections/sync.ts'
import type { SyncResult } from '../connections/sync.ts'
import type { Context } from '../context.ts'
import { failureClasses, isTenantryError } from '../errors/index.ts'
import { doubtQuietPipe } from './check-pulse.ts'
import type { Connection } from '../model/connection.ts'
import type { TaskKind } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** How long an announcement may take, and how far two clocks may differ. */
const announceMs = 60_000
const tellBeforeMs = 48 * 60 * 60_000

/**
 * The look that nobody asked for, which makes push a matter of speed and not of correctness. What it finds without having been told is a sign
 * of a silent pipe; a pipe that ended, or posts to where we are not any more, is opened anew; one that was replaced, or that nobody knew of any
 * more, is stopped; a sign-in that ends soon is announced.
 */
export async function reconcile(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  before: { readonly failedLooks: number },
): Promise<SyncResult> {
  // As they stand before: what another task replaces meanwhile is stopped by that.
  const pipes = await context.store.subscriptions.list(connection.tenantId, connection.id)
  const replaced = pipes.filter(({ state }) => state === 'retiring')
  const result = await sync(context, provider, connection, before)
  await mindPipe(context, provider, connection, result)
  await collectPipes(context, provider, connection, replaced)
  await announceEnding(context, connection)
  return result
}

async function mindPipe(context: Context, provider: AnyProvider, connection: Connection, { oldestAt }: SyncResult): Promise<void> {
  const now = context.clock.now()
  const records = await context.store.subscriptions.list(connection.tenantId, connection.id)
  const pipe = records.find(({ state }) => state === 'active') ?? null
  // Whoever chose otherwise since may have been cut off before anybody was told.
  if (pipe === null && connection.deliveryReason !== 'push_not_possible' && connection.deliveryReason !== 'polling_chosen') return
  const target = await targetOf(context, provider, connection)
  if (target === undefined) return
  if (target !== null && pipe?.target !== target) return schedule(context, connection, 'provision')
  if (pipe === null || connection.delivery !== 'push') return
  if ((pipe.expiresAt ?? 0) <= now) {
    await setStatus(context, connection, 'degraded', { reason: 'watch_lapsed' })
    await fallBackToPolling(context, provider, connection, 'watch_lapsed')
    return schedule(context, connection, 'provision')
  }
  // It happened a while ago, and nothing was announced since.
  if (oldestAt !== null && oldestAt < now - announceMs && (connection.lastPushAt ?? 0) < oldestAt - announceMs) {
    context.logger.log('warn', 'push.suspect', { connectionId: connection.id, provider: provider.name })
    if (provider.quietPipe === true && (await doubtQuietPipe(context, provider, connection))) return
    // A new pipe has to prove itself.
    await subscribe(context, provider, connection, { anew: true })
  }
}

/**
 * `undefined` where the app lacks what only a pipe needs: opening one is tried all the same, and says so; and while nobody can tell, because what was
 * read is read.
 */
async function targetOf(context: Context, provider: AnyProvider, connection: Connection): Promise<string | null | undefined> {
  try {
    return await provider.pipeTarget(providerCall(context, provider, connection))
  } catch (error) {
    if (!isTenantryError(error) || (failureClasses[error.code] !== 'setup' && error.code !== 'unavailable')) throw error
    return undefined
  }
}

function schedule(context: Context, { tenantId, id }: Connection, kind: TaskKind): Promise<void> {
  return context.store.tasks.schedule({ tenantId, connectionId: id, kind, dueAt: context.clock.now() })
}

/** Once per sign-in, because the event's id is made of its end. */
async function announceEnding(context: Context, connection: Connection): Promise<void> {
  const { tenantId, id } = connection
  const endsAt = (await context.store.tokens.get(tenantId, id))?.refreshExpiresAt ?? null
  const now = context.clock.now()
  if (endsAt === null || endsAt - now > tellBeforeMs) return
  const body = { type: 'connection.sign_in_ending' as const, endsAt: new Date(endsAt).toISOString() }
  const sealer = await context.envelope.sealerFor(tenantId)
  const event = await toOutbox(context, sealer, connection, { key: `sign-in-ending:${endsAt}`, occurredAt: now, body }, 'live')
  if ((await context.store.outbox.insert([event])) > 0) await schedule(context, connection, 'deliver')
}
