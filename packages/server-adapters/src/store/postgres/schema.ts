import type { Account, ConnectionStatus, DeliveryMode, EventOrigin } from '@tenantry/sdk/model'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type {
  FlowOutcome,
  GoodbyeRecord,
  GoodbyeStep,
  OutboxRecord,
  PushEndpointRecord,
  SubscriptionRecord,
  TaskKind,
} from '@tenantry/sdk/ports'
import type { Generated } from 'kysely'
import type { Integer, Json, LeaseColumns, NullableInteger, NullableJson } from './columns.ts'

export interface ConnectionTable {
  tenant_id: string
  id: string
  provider: string
  owner_user_id: string
  owner_name: string | null
  name: string
  settings: Json<Readonly<Record<string, unknown>>>
  account: NullableJson<Account>
  /** The account's address in lower case, for look-ups. */
  address_key: string | null
  status: ConnectionStatus
  reason: ErrorCode | null
  reason_values: Json<Readonly<Record<string, string>>>
  status_since: Integer
  delivery: DeliveryMode
  delivery_reason: ErrorCode | null
  granted_scopes: Json<readonly string[]>
  app_version: string | null
  created_at: Integer
  updated_at: Integer
  last_sync_at: NullableInteger
  last_push_at: NullableInteger
  last_item_at: NullableInteger
  next_attempt_at: NullableInteger
  failures: Integer
  version: Integer
  generation: Integer
}

export interface TokenTable extends LeaseColumns {
  tenant_id: string
  connection_id: string
  sealed_access: string | null
  sealed_refresh: string
  access_expires_at: Integer
  refresh_expires_at: NullableInteger
  granted_at: Integer
  version: Integer
  doubted_at: NullableInteger
  rejected: boolean
  /** Refreshes of this version that were begun and not answered, as far as is known. */
  refreshes_begun: Integer
}

export interface FlowTable {
  tenant_id: string
  id: string
  user_id: string
  provider: string
  connection_id: string
  generation: Integer
  callback_path: string
  redirect_uri: string
  settings: NullableJson<Readonly<Record<string, unknown>>>
  scopes: Json<readonly string[]>
  app_version: string
  sealed_verifier: string
  nonce_hash: string
  binding_hash: string
  return_to: string
  opener_origin: string
  created_at: Integer
  expires_at: Integer
  consumed_at: NullableInteger
  outcome: NullableJson<FlowOutcome>
}

export interface SubscriptionTable {
  tenant_id: string
  connection_id: string
  id: string
  provider: string
  state: SubscriptionRecord['state']
  token_hash: string | null
  resource_id: string | null
  target: string
  expires_at: NullableInteger
  created_at: Integer
}

export interface PushEndpointTable {
  tenant_id: string
  vendor: PushEndpointRecord['vendor']
  key: string
  topic: string | null
  subscription: string | null
  audience: string | null
  signer: string | null
  created_at: Integer
  verified_at: NullableInteger
  journal: string | null
  last_received_at: NullableInteger
  malformed: Integer
}

export interface SyncStateTable extends LeaseColumns {
  tenant_id: string
  connection_id: string
  cursor: string | null
  run: string | null
  requested: Integer
  processed: Integer
}

export interface InboxTable {
  tenant_id: string
  connection_id: string
  dedupe_key: string
  received_at: Integer
}

export interface OutboxTable {
  tenant_id: string
  connection_id: string
  id: string
  /** Order of insertion. */
  position: Generated<string | number | bigint>
  type: string
  origin: EventOrigin
  occurred_at: Integer
  sealed_payload: string
  to_fetch: boolean
  content_hash: string | null
  state: OutboxRecord['state']
  attempts: Integer
  next_attempt_at: Integer
  created_at: Integer
}

export interface ContentTable {
  tenant_id: string
  hash: string
  sealed: Uint8Array
  size: Integer
  created_at: Integer
}

export interface ItemTable {
  tenant_id: string
  connection_id: string
  id: string
  version: string
  place: string
  event_id: string
  told_place: string | null
  seen_in: string
}

export interface TaskTable extends LeaseColumns {
  tenant_id: string
  connection_id: string
  kind: TaskKind
  due_at: Integer
  attempts: Integer
  /** When somebody scheduled the task during its claim. */
  again_at: NullableInteger
}

export interface DataKeyTable {
  tenant_id: string
  id: string
  /** 1 for the tenant's first key; unique per tenant, so that there is one first key. */
  position: Integer
  key_id: string
  wrapped: string
  created_at: Integer
}

export interface BreakerTable {
  tenant_id: string
  key: string
  reason: string
  of: string | null
  blocked_until: Integer
  failures: Integer
  since: Integer
  /** How often it was tripped since then. */
  trips: Integer
}

export interface BudgetTable {
  tenant_id: string
  key: string
  full_at: Integer
}

export interface AttemptTable {
  tenant_id: string
  connection_id: string
  key: string
  content_hash: string
  begun_at: Integer
  lease_until: Integer
  /** The holder's; null once it let go. */
  fence: NullableInteger
  /** How often it was begun. */
  tries: Integer
  sealed_result: string | null
}

export interface RefreshTable {
  tenant_id: string
  vendor: string
  /** Its begin. */
  minute: Integer
  asked: Integer
  refused: Integer
}

export interface AuditTable {
  tenant_id: string
  sequence: Integer
  at: Integer
  actor: string
  action: string
  subject: string
  outcome: string
  previous_hash: string
  hash: string
}

export interface GoodbyeTable {
  tenant_id: string
  id: string
  kind: GoodbyeRecord['kind']
  connection_id: string | null
  provider: string
  sign_in: string | null
  name: string
  cause: GoodbyeRecord['cause']
  sealed: string | null
  steps: Json<readonly GoodbyeStep[]>
  attempts: Integer
  next_attempt_at: NullableInteger
  created_at: Integer
  expires_at: Integer
  ended_at: NullableInteger
  version: Integer
}

/** Rows of the secrets adapter; sealed before they come here. */
export interface SecretTable {
  tenant_id: string
  name: string
  version: string
  sealed: string
  created_at: Integer
}

export interface MigrationTable {
  name: string
  applied_at: Generated<Date>
}

/** Every table of ours. Times are epoch milliseconds. */
export interface Database {
  tenantry_connections: ConnectionTable
  tenantry_tokens: TokenTable
  tenantry_flows: FlowTable
  tenantry_subscriptions: SubscriptionTable
  tenantry_push_endpoints: PushEndpointTable
  tenantry_sync_states: SyncStateTable
  tenantry_inbox: InboxTable
  tenantry_outbox: OutboxTable
  tenantry_contents: ContentTable
  tenantry_items: ItemTable
  tenantry_tasks: TaskTable
  tenantry_data_keys: DataKeyTable
  tenantry_breakers: BreakerTable
  tenantry_budgets: BudgetTable
  tenantry_attempts: AttemptTable
  tenantry_refreshes: RefreshTable
  tenantry_goodbyes: GoodbyeTable
  tenantry_audit: AuditTable
  /** One row per tenant, locked while its audit log grows. */
  tenantry_audit_locks: { tenant_id: string }
  tenantry_secrets: SecretTable
  tenantry_migrations: MigrationTable
}
