import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What a key-encryption key still wraps, counted and listed without a look at what others wrap. */
export const addKeyRotation: Migration = {
  name: '0012-key-rotation',
  statements: [sql`create index if not exists tenantry_data_keys_wrapped_by on tenantry_data_keys (key_id collate "C", tenant_id, id)`],
}
