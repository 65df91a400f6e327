import type { AuditRepository } from './audit.ts'
import type { BreakerRepository } from './breakers.ts'
import type { AttemptRepository } from './attempts.ts'
import type { BudgetRepository } from './budgets.ts'
import type { ConnectionRepository } from './connections.ts'
import type { ContentRepository } from './contents.ts'
import type { DataKeyRepository } from './data-keys.ts'
import type { FlowRepository } from './flows.ts'
import type { GoodbyeRepository } from './goodbyes.ts'
import type { InboxRepository } from './inbox.ts'
import type { ItemRepository } from './items.ts'
import type { OutboxRepository } from './outbox.ts'
import type { PushEndpointRepository } from './push-endpoints.ts'
import type { RefreshRepository } from './refreshes.ts'
import type { SubscriptionRepository } from './subscriptions.ts'
import type { SyncStateRepository } from './sync-states.ts'
import type { TaskRepository } from './tasks.ts'
import type { TenantRepository } from './tenants.ts'
import type { TokenRepository } from './tokens.ts'

/** Every repository method takes the tenant first and sees no other tenant's rows, save where its words say otherwise. */
export interface Repositories {
  readonly connections: ConnectionRepository
  readonly tokens: TokenRepository
  readonly flows: FlowRepository
  readonly subscriptions: SubscriptionRepository
  readonly pushEndpoints: PushEndpointRepository
  readonly syncStates: SyncStateRepository
  readonly inbox: InboxRepository
  readonly outbox: OutboxRepository
  readonly contents: ContentRepository
  readonly items: ItemRepository
  readonly tasks: TaskRepository
  readonly dataKeys: DataKeyRepository
  readonly breakers: BreakerRepository
  readonly budgets: BudgetRepository
  readonly attempts: AttemptRepository
  readonly refreshes: RefreshRepository
  readonly goodbyes: GoodbyeRepository
  readonly tenants: TenantRepository
  readonly audit: AuditRepository
}

export interface StoreTransaction extends Repositories {
  /** The adapter's own transaction handle, passed on to the host's event handlers (Postgres: a Kysely transaction). */
  readonly native: unknown
}

/**
 * Durable state. Version 1 of the port. Everything that goes wrong below it is thrown as `unavailable`, and nothing is thrown as "not there".
 */
export interface Store extends Repositories {
  /** All or nothing. An error thrown by `work` rolls back and is passed on unchanged. Not nested; no HTTP inside. */
  transaction<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T>
  /** Brings the schema up to date; safe to run twice and from several processes at once. */
  migrate(): Promise<void>
  close(): Promise<void>
}
