import type { OutboxRecord, OutboxSettlement } from '../../../ports/index.ts'
import { keyOf } from './tables.ts'
import type { Tables } from './tables.ts'

/** The outbox's `settle`, on tables that the caller may write. Of two words on one item the last counts. */
export function settle({ outbox }: Tables, tenantId: string, connectionId: string, settlements: readonly OutboxSettlement[]): void {
  for (const settlement of new Map(settlements.map((given) => [given.id, given])).values()) {
    const key = keyOf(tenantId, connectionId, settlement.id)
    const row = outbox.get(key)
    if (row?.state !== 'pending' || !row.toFetch) continue
    if (settlement.kind === 'dropped') outbox.delete(key)
    else outbox.set(key, settled(row, settlement))
  }
}

function settled(row: OutboxRecord, settlement: Exclude<OutboxSettlement, { kind: 'dropped' }>): OutboxRecord {
  if (settlement.kind === 'failed') {
    const { attempts, nextAttemptAt, quarantine } = settlement
    return { ...row, attempts, nextAttemptAt, state: quarantine ? 'quarantined' : 'pending' }
  }
  const { sealedPayload, contentHash, occurredAt, origin } = settlement
  return { ...row, sealedPayload, contentHash, occurredAt, origin, toFetch: false, attempts: 0, nextAttemptAt: row.createdAt }
}
