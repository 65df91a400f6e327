import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { Action, SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { ConnectionSummary, Health } from '../wire/index.ts'
import { lookEveryMs } from './look-every.ts'
import { factsOf, isAllowed } from './guard.ts'
import { describeGoodbye } from './goodbye/describe-goodbye.ts'
import { describeTechnical } from './describe-technical.ts'
import { loadSummaryFacts } from './load-summary-facts.ts'
import type { SummaryFacts } from './load-summary-facts.ts'
import { pipeAlarm } from './pipe-state.ts'
import { sharesSignIn } from './shares-sign-in.ts'

/** What the outside sees of a connection, for this person. `facts`: where they are known already. @throws `unavailable` */
export async function summarize(
  context: Context,
  principal: Principal,
  connection: Connection,
  facts?: SummaryFacts,
): Promise<ConnectionSummary> {
  const provider = providerNamed(context, connection.provider)
  const { pipe, signInEndsAt, quarantined, goodbyes, siblings } = facts ?? (await loadFacts(context, connection))
  const [permissions, isShared] = await Promise.all([
    permissionsOf(context, principal, connection),
    isSignInShared(context, connection, siblings),
  ])
  const { goodbye, mayHaveAccess } = describeGoodbye(goodbyes)
  return {
    id: connection.id,
    provider: connection.provider,
    name: connection.name,
    settings: { ...connection.settings },
    address: connection.account?.address ?? null,
    owner: { userId: connection.ownerUserId, name: connection.ownerName },
    health: {
      ...statusOf(provider, connection, pipe, { now: context.clock.now(), mayHaveAccess }),
      nextAttemptAt: isoOrNull(connection.nextAttemptAt),
      failures: connection.failures,
      delivery: connection.delivery,
      deliveryReason: connection.deliveryReason,
      lastSyncAt: isoOrNull(connection.lastSyncAt),
      lastPushAt: isoOrNull(connection.lastPushAt),
      lastItemAt: isoOrNull(connection.lastItemAt),
      renewBy: isoOrNull(pipe?.expiresAt ?? null),
      signInEndsAt: isoOrNull(signInEndsAt),
      lookEveryMs: lookEveryMs(context, provider, connection.delivery),
      quarantined,
    },
    createdAt: iso(connection.createdAt),
    updatedAt: iso(connection.updatedAt),
    version: connection.version,
    technical: describeTechnical(provider, pipe),
    sharesSignIn: isShared,
    goodbye,
    permissions,
  }
}

async function loadFacts(context: Context, connection: Connection): Promise<SummaryFacts> {
  const { tenantId, account } = connection
  const all = account === null ? [] : await context.store.connections.list(tenantId, { subjects: [account.subject] })
  return (await loadSummaryFacts(context, { tenantId, connections: [connection], all }))(connection)
}

type Status = Pick<Health, 'status' | 'reason' | 'values' | 'since'>

/** A stored `connected` says nothing about a pipe that ended while nobody swept. */
function statusOf(
  provider: AnyProvider,
  connection: Connection,
  pipe: SubscriptionRecord | null,
  { now, mayHaveAccess }: { readonly now: number; readonly mayHaveAccess: boolean },
): Status {
  const { status, reason, reasonValues, statusSince, delivery } = connection
  const alarm = status === 'connected' && delivery === 'push' && pipe !== null ? pipeAlarm(provider, pipe, now) : null
  if (alarm === null && status === 'disconnected' && reason === null && mayHaveAccess)
    return { status, reason: 'provider_unavailable', values: {}, since: iso(statusSince) }
  if (alarm === null) return { status, reason, values: { ...reasonValues }, since: iso(statusSince) }
  return { status: 'degraded', reason: alarm.reason, values: {}, since: iso(alarm.since) }
}

/** Whether taking the access back would end another connection too; yes where it cannot be told now. */
async function isSignInShared(context: Context, connection: Connection, siblings: readonly Connection[]): Promise<boolean> {
  const others = siblings.filter(({ status }) => status !== 'disconnected')
  try {
    for (const other of others) if (await sharesSignIn(context, { connection, app: null }, other)) return true
    return false
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return true
  }
}

async function permissionsOf(context: Context, principal: Principal, connection: Connection): Promise<ConnectionSummary['permissions']> {
  const may = (action: Action) => isAllowed(context, principal, action, factsOf(connection))
  const [update, reconnect, disconnect, remove, sync, diagnose] = await Promise.all([
    may('connection.update'),
    may('connection.reconnect'),
    may('connection.disconnect'),
    may('connection.remove'),
    may('connection.sync'),
    may('connection.diagnose'),
  ])
  return { update, reconnect, disconnect, remove, sync, diagnose }
}

const iso = (time: number): string => new Date(time).toISOString()

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))
