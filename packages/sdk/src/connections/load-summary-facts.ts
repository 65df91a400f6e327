import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import { groupBy } from '../model/group-by.ts'
import type { GoodbyeRecord, SubscriptionRecord } from '../ports/index.ts'

/** What is told of a connection beside its own row. */
export interface SummaryFacts {
  readonly pipe: SubscriptionRecord | null
  /** Epoch milliseconds, where the provider ends the sign-in by itself. */
  readonly signInEndsAt: number | null
  readonly quarantined: number
  /** Of its earlier lives, newest first. */
  readonly goodbyes: readonly GoodbyeRecord[]
  /** The others of the same account, which may live on the same sign-in. */
  readonly siblings: readonly Connection[]
}

/** Those of any number of a tenant's connections, with one question to each table. `all`: the tenant's, or at least those of the same accounts. @throws `unavailable` */
export async function loadSummaryFacts(
  { store }: Pick<Context, 'store'>,
  {
    tenantId,
    connections,
    all,
  }: { readonly tenantId: string; readonly connections: readonly Connection[]; readonly all: readonly Connection[] },
): Promise<(connection: Connection) => SummaryFacts> {
  const ids = connections.map(({ id }) => id)
  const [ends, subscriptions, quarantined, goodbyes] = await Promise.all([
    store.tokens.listEnds(tenantId, ids),
    store.subscriptions.listMany(ids.map((connectionId) => ({ tenantId, connectionId }))),
    store.outbox.countMany(tenantId, ids, 'quarantined'),
    store.goodbyes.list(tenantId, { connectionIds: ids }),
  ])
  const endOf = new Map(ends.map(({ connectionId, endsAt }) => [connectionId, endsAt]))
  const pipesOf = groupBy(subscriptions, ({ connectionId }) => connectionId)
  const countOf = new Map(quarantined.map(({ connectionId, count }) => [connectionId, count]))
  const goodbyesOf = groupBy(goodbyes, ({ connectionId }) => connectionId)
  const ofAccount = groupBy(all, ({ account }) => account?.subject)
  return ({ id, account }) => ({
    pipe: pipesOf.get(id)?.find(({ state }) => state === 'active') ?? null,
    signInEndsAt: endOf.get(id) ?? null,
    quarantined: countOf.get(id) ?? 0,
    goodbyes: goodbyesOf.get(id) ?? [],
    siblings: account === null ? [] : (ofAccount.get(account.subject) ?? []).filter((other) => other.id !== id),
  })
}
