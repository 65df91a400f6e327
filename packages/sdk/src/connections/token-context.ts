import type { SealContext } from '../crypto/envelope.ts'
import type { TokenRecord } from '../ports/index.ts'

type TokenRow = Pick<TokenRecord, 'tenantId' | 'connectionId' | 'version'>

/** Where a token belongs. The version is part of it, so an old row put back does not open as a new one. */
export function tokenContext(row: TokenRow, field: 'access' | 'refresh'): SealContext {
  return { tenantId: row.tenantId, table: 'tenantry_tokens', rowId: row.connectionId, field, version: row.version }
}
