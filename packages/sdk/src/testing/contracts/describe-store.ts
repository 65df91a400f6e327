import { describeAttempts } from './store/attempts.ts'
import { describeAudit } from './store/audit.ts'
import { describeBreakers } from './store/breakers.ts'
import { describeBudgets } from './store/budgets.ts'
import { describeInbox, describeOutbox, describeReceive } from './store/boxes.ts'
import { describeConnections } from './store/connections.ts'
import { describeContents } from './store/contents.ts'
import { describeDataKeys } from './store/data-keys.ts'
import { describeDataKeysModel } from './store/data-keys-model.ts'
import { describeFetching } from './store/fetching.ts'
import { describeFlows } from './store/flows.ts'
import { describeStoreSuite } from './store/harness.ts'
import type { StoreContractOptions } from './store/harness.ts'
import { describeGoodbyes, describeTenants } from './store/goodbyes.ts'
import { describeIsolation } from './store/isolation.ts'
import { describeItems } from './store/items.ts'
import { describeItemsModel } from './store/items-model.ts'
import { describeLifecycle } from './store/lifecycle.ts'
import { describeModel } from './store/model.ts'
import { describeOutboxModel } from './store/outbox-model.ts'
import { describeOutboxUpkeep } from './store/outbox-upkeep.ts'
import { describePushEndpoints } from './store/push-endpoints.ts'
import { describeRefreshes } from './store/refreshes.ts'
import { describeSubscriptions } from './store/subscriptions.ts'
import { describeSyncStates } from './store/sync-states.ts'
import { describeTaskBatches } from './store/task-batches.ts'
import { describeTasks } from './store/tasks.ts'
import { describeTokenDoubts } from './store/token-doubts.ts'
import { describeTokens } from './store/tokens.ts'
import { describeTransactions } from './store/transactions.ts'

/**
 * What every `Store` must do, version 1 of the port. Each test gets a fresh harness, looks through the probe as well as through
 * the store, and races two connections where the harness has a peer. Needs vitest and fast-check.
 *
 * @example
 * describeStore('my store', { create: async () => ({ store, probe, peer, lose, close }) })
 */
export function describeStore(name: string, options: StoreContractOptions): void {
  describeStoreSuite(`Store: ${name}`, options, (suite) => {
    describeConnections(suite)
    describeTokens(suite)
    describeTokenDoubts(suite)
    describeFlows(suite)
    describeSubscriptions(suite)
    describePushEndpoints(suite)
    describeSyncStates(suite)
    describeInbox(suite)
    describeReceive(suite)
    describeOutbox(suite)
    describeFetching(suite)
    describeOutboxUpkeep(suite)
    describeContents(suite)
    describeItems(suite)
    describeTasks(suite)
    describeTaskBatches(suite)
    describeDataKeys(suite)
    describeBreakers(suite)
    describeBudgets(suite)
    describeAttempts(suite)
    describeRefreshes(suite)
    describeGoodbyes(suite)
    describeTenants(suite)
    describeAudit(suite)
    describeTransactions(suite)
    describeIsolation(suite)
    describeLifecycle(suite)
  })
  describeModel(`Store model: ${name}`, options)
  describeOutboxModel(`Outbox model: ${name}`, options)
  describeItemsModel(`Items model: ${name}`, options)
  describeDataKeysModel(`Data keys model: ${name}`, options)
}
