import type { StoreTable } from '@tenantry/sdk/testing/contracts'
import type { Database } from '../schema.ts'

/** Runs a query past the store and gives back its rows. */
export type RawQuery = (text: string) => Promise<readonly { row: unknown }[]>

const tableOf: Record<StoreTable, keyof Database> = {
  connections: 'tenantry_connections',
  tokens: 'tenantry_tokens',
  flows: 'tenantry_flows',
  subscriptions: 'tenantry_subscriptions',
  pushEndpoints: 'tenantry_push_endpoints',
  syncStates: 'tenantry_sync_states',
  inbox: 'tenantry_inbox',
  outbox: 'tenantry_outbox',
  contents: 'tenantry_contents',
  items: 'tenantry_items',
  tasks: 'tenantry_tasks',
  dataKeys: 'tenantry_data_keys',
  breakers: 'tenantry_breakers',
  budgets: 'tenantry_budgets',
  attempts: 'tenantry_attempts',
  refreshes: 'tenantry_refreshes',
  goodbyes: 'tenantry_goodbyes',
  audit: 'tenantry_audit',
}

export async function readRows(query: RawQuery, table: StoreTable): Promise<readonly unknown[]> {
  return (await query(`select to_jsonb(t) as row from ${tableOf[table]} t`)).map(({ row }) => row)
}

/** Deletes, because on small tables that is many times faster than truncating. */
export async function emptyTables(query: RawQuery): Promise<void> {
  const tables = [...Object.values(tableOf), 'tenantry_audit_locks', 'tenantry_secrets']
  await query(`with ${tables.map((table) => `from_${table} as (delete from ${table})`).join(', ')} select 1 as row`)
}
