import type { Repositories } from '@tenantry/sdk/ports'
import type { Kysely } from 'kysely'
import type { LeaseClock } from '../leases.ts'
import type { Database } from '../schema.ts'
import { createAttempts } from './attempts.ts'
import { createAudit } from './audit.ts'
import { createBreakers } from './breakers.ts'
import { createBudgets } from './budgets.ts'
import { createConnections } from './connections.ts'
import { createContents } from './contents.ts'
import { createDataKeys } from './data-keys.ts'
import { createFlows } from './flows.ts'
import { createGoodbyes } from './goodbyes.ts'
import { createInbox } from './inbox.ts'
import { createItems } from './items.ts'
import { createOutbox } from './outbox.ts'
import { createPushEndpoints } from './push-endpoints.ts'
import { createRefreshes } from './refreshes.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createSyncStates } from './sync-states.ts'
import { createTasks } from './tasks.ts'
import { createTenants } from './tenants.ts'
import { createTokens } from './tokens.ts'

/** All repositories on one database handle, which may be a transaction. */
export function createRepositories(db: Kysely<Database>, leaseClock: LeaseClock): Repositories {
  return {
    connections: createConnections(db),
    tokens: createTokens(db, leaseClock),
    flows: createFlows(db),
    subscriptions: createSubscriptions(db),
    pushEndpoints: createPushEndpoints(db),
    syncStates: createSyncStates(db, leaseClock),
    inbox: createInbox(db),
    outbox: createOutbox(db),
    contents: createContents(db),
    items: createItems(db),
    tasks: createTasks(db, leaseClock),
    dataKeys: createDataKeys(db),
    breakers: createBreakers(db),
    budgets: createBudgets(db, leaseClock),
    attempts: createAttempts(db, leaseClock),
    refreshes: createRefreshes(db),
    goodbyes: createGoodbyes(db),
    tenants: createTenants(db),
    audit: createAudit(db),
  }
}
