import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { spread } from '../model/spread.ts'
import type { Repositories, SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider, OpenedSubscription } from '../providers/provider.ts'
import { changeConnection, setStatus } from './change.ts'
import { collectPipes } from './collect-pipes.ts'
import { disown } from './goodbye/disown.ts'
import { isListenedFor } from './is-listened-for.ts'
import { lookEveryMs } from './look-every.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'
import { providerCall } from './provider-call.ts'

/** How soon after its opening a pipe has to have announced something. */
export const proofMs = 2 * 60_000

/**
 * Opens or renews the push pipe of a connection and starts its upkeep. The new pipe is stored before an old one is stopped. When the
 * provider cannot push, the connection is polled, which is healthy and carries its reason. A pipe that was silent before has to prove itself
 * before the connection counts as pushed to again; `anew` opens another even when the present one looks good.
 * @returns when to renew, or `null` when there is nothing to renew
 */
export async function subscribe(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  options: { readonly anew?: boolean } = {},
): Promise<number | null> {
  const current = await context.store.subscriptions.list(connection.tenantId, connection.id)
  const live = current.filter(({ state }) => state !== 'retired')
  const silent = connection.deliveryReason === 'push_silent'
  let lent: string | null = null
  const call = providerCall(context, provider, connection)
  const lending = { ...call, accessToken: async (audience?: string) => (lent = await call.accessToken(audience)) }
  const opened = await provider.subscribe(lending, options.anew || silent ? live.map(distrusted) : live)
  try {
    await keep(context, connection, opened, opened.record !== null && !live.includes(opened.record))
  } catch (error) {
    if (error instanceof LostLease && opened.record !== null && lent !== null) await disown(context, connection, lent, opened.record)
    throw error
  }
  await collectPipes(context, provider, connection, opened.retire)
  const trusted = opened.record === null || !silent
  if (trusted) await announce(context, connection, opened)
  await startUpkeep(context, provider, connection, opened.record, { pushed: opened.record !== null && trusted })
  return opened.record === null ? null : provider.renewAt(opened.record)
}

/** Without a pipe, changes are still found: the connection is polled until the pipe can be opened. */
export async function fallBackToPolling(context: Context, provider: AnyProvider, connection: Connection, reason: ErrorCode): Promise<void> {
  const changed = await changeConnection(context.store, connection, context.clock.now(), () => ({
    delivery: 'polling',
    deliveryReason: reason,
  }))
  if (changed !== null) await startUpkeep(context, provider, connection, null, { pushed: false })
}

/** A provider keeps only what is active, and replaces everything else. */
const distrusted = (record: SubscriptionRecord): SubscriptionRecord =>
  record.state === 'active' ? { ...record, state: 'pending' } : record

async function announce(context: Context, connection: Connection, opened: OpenedSubscription): Promise<void> {
  const patch = {
    delivery: opened.record === null ? ('polling' as const) : ('push' as const),
    deliveryReason: opened.pollingReason,
    failures: 0,
    nextAttemptAt: null,
  }
  // What reading found wrong is for the next look to take back.
  const onlyIf = ({ status, deliveryReason }: Connection) => status !== 'error' && (status !== 'degraded' || deliveryReason !== null)
  const after = await setStatus(context, connection, 'connected', { patch, onlyIf })
  if (after?.status === 'degraded' || after?.status === 'error')
    await changeConnection(context.store, connection, context.clock.now(), () => patch)
}

/** One step: whenever the process ends, there is a pipe that is listened to. */
async function keep(context: Context, connection: Connection, opened: OpenedSubscription, isNew: boolean): Promise<void> {
  const { settings } = opened
  // Names for what somebody changed meanwhile are for the pipe that this change opens.
  const asked = JSON.stringify(connection.settings)
  await context.store.transaction(async (transaction) => {
    // Written also when nothing of it changes: as long as this holds the row, nobody else writes one of its pipes.
    const decide = (current: Connection) => (settings !== undefined && JSON.stringify(current.settings) === asked ? { settings } : {})
    if ((await changeConnection(transaction, connection, context.clock.now(), decide)) === null) throw new LostLease()
    // One that stays is as its row says by now: it may have been doubted since it was read.
    if (opened.record !== null && isNew) await transaction.subscriptions.put(opened.record)
    for (const { tenantId, id } of opened.retire) await retire(transaction, tenantId, id)
    const state = await transaction.syncStates.get(connection.tenantId, connection.id)
    // A renewal tells a newer place than the one we stand at; taking it would skip what lies between.
    if (opened.cursor !== undefined && (state?.cursor ?? null) === null)
      await transaction.syncStates.setCursor(connection.tenantId, connection.id, opened.cursor)
  })
}

/** On the row as it is now: a post may have told more of the pipe since it was read. */
async function retire({ subscriptions }: Repositories, tenantId: string, id: string): Promise<void> {
  const current = await subscriptions.findById(id)
  if (current?.tenantId === tenantId && current.state !== 'retired') await subscriptions.put({ ...current, state: 'retiring' })
}

async function startUpkeep(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  record: SubscriptionRecord | null,
  { pushed }: { readonly pushed: boolean },
): Promise<void> {
  const now = context.clock.now()
  const task = { tenantId: connection.tenantId, connectionId: connection.id }
  await context.store.transaction(async (transaction) => {
    await assertSameLife(transaction, connection)
    await transaction.syncStates.request(connection.tenantId, connection.id)
    await transaction.tasks.schedule({ ...task, kind: 'sync', dueAt: now })
    await transaction.tasks.schedule({
      ...task,
      kind: 'reconcile',
      dueAt: now + spread(lookEveryMs(context, provider, pushed ? 'push' : 'polling'), `${connection.tenantId}/${connection.id}`),
      reset: true,
    })
    // Where one is, somebody listens already, or will soon.
    if (isListenedFor(provider, connection) && (await transaction.tasks.get(task.tenantId, task.connectionId, 'listen')) === null)
      await transaction.tasks.schedule({ ...task, kind: 'listen', dueAt: now })
    if (record === null) return
    await transaction.tasks.schedule({ ...task, kind: 'renew', dueAt: provider.renewAt(record), reset: true })
    // Opening a pipe makes the vendor announce something at once; a quiet one is only watched while it is doubted.
    if (provider.quietPipe === true ? !pushed : record.createdAt + proofMs > now)
      await transaction.tasks.schedule({ ...task, kind: 'heartbeat', dueAt: record.createdAt + proofMs })
    if (provider.fetchNotifications !== undefined) await transaction.tasks.schedule({ ...task, kind: 'pull', dueAt: now })
  })
}
