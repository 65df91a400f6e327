import type { Repositories } from '@tenantry/sdk/ports'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { createAudit } from './audit.ts'
import { createConnections } from './connections.ts'
import { createContents } from './contents.ts'
import { createDataKeys } from './data-keys.ts'
import { createFlows } from './flows.ts'
import { createInbox } from './inbox.ts'
import { createItems } from './items.ts'
import { createOutbox } from './outbox.ts'
import { createPushEndpoints } from './push-endpoints.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createSyncStates } from './sync-states.ts'
import { createTasks } from './tasks.ts'
import { createTokens } from './tokens.ts'

/** All repositories on one database handle, which may be a transaction. */
export function createRepositories(db: Kysely<Database>): Repositories {
  return {
    connections: createConnections(db),
    tokens: createTokens(db),
    flows: createFlows(db),
    subscriptions: createSubscriptions(db),
    pushEndpoints: createPushEndpoints(db),
    syncStates: createSyncStates(db),
    inbox: createInbox(db),
    outbox: createOutbox(db),
    contents: createContents(db),
    items: createItems(db),
    tasks: createTasks(db),
    dataKeys: createDataKeys(db),
    audit: createAudit(db),
  }
}
