import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import { missingScopes } from '../model/scopes.ts'
import type { SubscriptionRecord, SyncStateRecord, TaskRecord } from '../ports/index.ts'
import type { CheckDefinition, CheckOutcome } from '../providers/check.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { lookEveryMs } from './look-every.ts'
import { accessToken } from './access-token.ts'
import { pipeState } from './pipe-state.ts'
import { firstAudience } from './audience.ts'
import { providerCall } from './provider-call.ts'
import { proofMs } from './subscribe.ts'

const upkeepLateMs = 60 * 60_000
const quietMs = 7 * 24 * 60 * 60_000
/** Nothing is wrong with it. */
const chosenPolling: readonly ErrorCode[] = ['polling_chosen', 'shared_mailbox_polled']
/** How exact `lastPushAt` is. */
const graceMs = 5_000

/** The checks that all connections share, whatever their provider. */
export function checkConnection(context: Context, provider: AnyProvider, connection: Connection): CheckDefinition[] {
  const subject = [connection.tenantId, connection.id] as const
  const pipe = async () => (await context.store.subscriptions.list(...subject)).find(({ state }) => state === 'active') ?? null
  const paused: CheckOutcome = { status: 'skip', facts: { status: connection.status } }
  const whileLive = (run: () => Promise<CheckOutcome>) => (isLive(connection.status) ? run() : Promise.resolve(paused))
  return [
    { id: 'grant', run: () => checkGrant(context, provider, connection) },
    { id: 'scopes', run: () => Promise.resolve(checkScopes(provider, connection)) },
    { id: 'watch', run: () => whileLive(async () => checkPipe(context, provider, connection, await pipe())) },
    { id: 'delivery', run: () => whileLive(async () => checkDelivery(context, provider, connection, await pipe())) },
    { id: 'items', run: () => checkItems(context, connection) },
    {
      id: 'maintenance',
      run: () =>
        whileLive(async () => {
          const [look, sync, state, open] = await Promise.all([
            context.store.tasks.get(...subject, 'reconcile'),
            context.store.tasks.get(...subject, 'sync'),
            context.store.syncStates.get(...subject),
            pipe(),
          ])
          return checkUpkeep(context.clock.now(), connection, { look, sync, state, open })
        }),
    },
  ]
}

/** A stored token proves nothing, so a new one is asked for; and only something that is read with it proves that it serves. */
async function checkGrant(context: Context, provider: AnyProvider, connection: Connection): Promise<CheckOutcome> {
  await accessToken(context, connection, { renew: true })
  const call = providerCall(context, provider, connection, { paced: false })
  await (provider.probeAccount === undefined ? provider.probe(call) : provider.probeAccount(call))
  const token = await context.store.tokens.get(connection.tenantId, connection.id)
  return {
    actual: connection.account?.address ?? null,
    facts: { grantedAt: iso(token?.grantedAt ?? null), endsAt: iso(token?.refreshExpiresAt ?? null) },
  }
}

function checkScopes(provider: AnyProvider, { grantedScopes, settings }: Connection): CheckOutcome {
  const { scopes } = firstAudience(provider, settings)
  const seen = { expected: scopes.join(' '), actual: grantedScopes.join(' ') }
  const missing = missingScopes(scopes, grantedScopes.join(' '))
  return missing.length === 0 ? seen : { ...seen, status: 'fail', code: 'scopes_missing', values: { scopes: missing.join(', ') } }
}

async function checkPipe(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  pipe: SubscriptionRecord | null,
): Promise<CheckOutcome> {
  const facts = {
    delivery: connection.delivery,
    openedAt: iso(pipe?.createdAt ?? null),
    renewAt: iso(pipe === null ? null : provider.renewAt(pipe)),
    expiresAt: iso(pipe?.expiresAt ?? null),
  }
  const seen = { actual: iso(pipe?.expiresAt ?? null), facts }
  if (connection.delivery === 'polling') {
    const { deliveryReason: code, reason, reasonValues } = connection
    const status = code === null || chosenPolling.includes(code) ? 'pass' : 'warn'
    // What kept the pipe from being opened is often what the connection itself lacks, and then its words are known.
    return { ...seen, status, code, ...(code === reason && { values: reasonValues }) }
  }
  if (pipe === null) return { ...seen, status: 'fail', code: 'watch_lapsed' }
  const state = pipeState(provider, pipe, context.clock.now())
  if (state === 'lapsed') return { ...seen, status: 'fail', code: 'watch_lapsed' }
  const target = await provider.pipeTarget(providerCall(context, provider, connection, { paced: false }))
  if (target !== null && target !== pipe.target) {
    const values = { expected: target, actual: pipe.target }
    return { facts, ...values, status: 'fail', code: 'pubsub_audience_mismatch', values, fix: { id: 'repair', automatic: true } }
  }
  return state === 'late' ? { ...seen, status: 'warn', code: 'renewal_late' } : seen
}

/** Opening a pipe makes the vendor announce something at once, so silence after it says that nothing gets through. */
async function checkDelivery(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  pipe: SubscriptionRecord | null,
): Promise<CheckOutcome> {
  const { delivery, lastPushAt, lastSyncAt, createdAt } = connection
  const now = context.clock.now()
  const facts = {
    delivery,
    lastPushAt: iso(lastPushAt),
    lastLookAt: iso(lastSyncAt),
    lookEveryMs: lookEveryMs(context, provider, delivery),
    received: await context.store.inbox.count(connection.tenantId, connection.id),
  }
  const seen = { actual: iso(lastPushAt), facts }
  if (delivery === 'polling') return seen
  const openedAt = pipe?.createdAt ?? createdAt
  const isProven = lastPushAt !== null && lastPushAt >= openedAt - graceMs
  if (!isProven && provider.quietPipe !== true && now >= openedAt + proofMs) return { ...seen, status: 'fail', code: 'push_silent' }
  const since = lastPushAt ?? openedAt
  if (now - since >= quietMs) return { ...seen, status: 'warn', code: 'nothing_arrived', values: { since: new Date(since).toISOString() } }
  return seen
}

async function checkItems({ store }: Context, { tenantId, id }: Connection): Promise<CheckOutcome> {
  const [waiting, quarantined] = await Promise.all([
    store.outbox.count(tenantId, id, 'pending'),
    store.outbox.count(tenantId, id, 'quarantined'),
  ])
  const facts = { waiting, quarantined }
  return quarantined === 0 ? { facts } : { facts, status: 'warn', code: 'items_quarantined', values: { count: String(quarantined) } }
}

interface Upkeep {
  readonly look: TaskRecord | null
  readonly sync: TaskRecord | null
  readonly state: SyncStateRecord | null
  readonly open: SubscriptionRecord | null
}

/** Whether anybody sweeps: what was due an hour ago has to be done by now. */
function checkUpkeep(now: number, connection: Connection, { look, sync, state, open }: Upkeep): CheckOutcome {
  const backlog = (state?.requested ?? 0) - (state?.processed ?? 0)
  const facts = {
    nextLookAt: iso(look?.dueAt ?? null),
    syncDueAt: iso(sync?.dueAt ?? null),
    syncAttempts: sync?.attempts ?? 0,
    syncBacklog: backlog,
    watchEndsAt: iso(open?.expiresAt ?? null),
  }
  const overdue = [look, backlog > 0 ? sync : null].flatMap((task) => (task !== null && now - task.dueAt > upkeepLateMs ? task.dueAt : []))
  const seen = { actual: facts.nextLookAt, facts }
  // A connection that was just made gets its first look within the hour.
  if (look === null && now - connection.createdAt > upkeepLateMs) overdue.push(connection.lastSyncAt ?? connection.createdAt)
  if (overdue.length === 0) return seen
  const values = { since: new Date(Math.min(...overdue)).toISOString(), ...(facts.watchEndsAt !== null && { endsAt: facts.watchEndsAt }) }
  return { ...seen, status: 'fail', code: 'upkeep_stalled', values }
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
