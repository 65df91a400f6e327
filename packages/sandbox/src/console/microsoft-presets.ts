import type { Fault } from '../faults/fault-book.ts'
import { entraFault } from '../microsoft/entra/entra-error.ts'
import { graphFault } from '../microsoft/graph/graph-error.ts'

/** Ready-made faults of Microsoft. */
export const MICROSOFT_PRESETS: Record<string, { label: string; fault: Fault }> = {
  'entra-down': { label: 'Entra’s token endpoint answers 503', fault: { operation: 'entra.token', kind: 'status', status: 503 } },
  'entra-revoked': { label: 'Entra calls every grant revoked', fault: entraFault(50173) },
  'entra-blocked': { label: 'Conditional access blocks every token', fault: entraFault(53003) },
  'graph-down': { label: 'Graph answers 503', fault: graphFault(/^graph\./, 503, 'ServiceUnavailable') },
  'graph-throttled': { label: 'Graph is throttled', fault: graphFault(/^graph\./, 429, 'ApplicationThrottled', { retryAfter: 30 }) },
  'graph-send-denied': { label: 'Sending as the mailbox is denied', fault: graphFault('graph.sendMail', 403, 'ErrorSendAsDenied') },
  'graph-silent': { label: 'Graph notifications are lost', fault: { delivery: 'graph', kind: 'drop' } },
  'graph-duplicate': { label: 'Every Graph notification comes twice', fault: { delivery: 'graph', kind: 'duplicate' } },
}
