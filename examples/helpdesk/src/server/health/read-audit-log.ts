import type { AuditVerdict } from '@tenantry/sdk'
import type { AuditRecord } from '@tenantry/sdk/ports'
import type { HelpdeskTenantry } from '../tenantry.ts'
import { keepHead, readHead } from './audit-heads.ts'

export interface AuditLog {
  readonly verdict: AuditVerdict
  /** Newest first; of a broken log those around the break. */
  readonly lines: readonly Pick<AuditRecord, 'sequence' | 'at' | 'actor' | 'action' | 'subject' | 'outcome'>[]
}

const shown = 20

/** Verifies a tenant's whole log, so it is read when somebody asks and not by the clock. @throws `unavailable`, `secrets_unreadable` */
export async function readAuditLog(sdk: HelpdeskTenantry, headsFolder: string, tenantId: string): Promise<AuditLog> {
  const expectedHead = await readHead(headsFolder, tenantId)
  const verdict = await sdk.audit.verify({ tenantId, ...(expectedHead && { expectedHead }) })
  if (verdict.ok && verdict.head) await keepHead(headsFolder, tenantId, verdict.head)
  const after = verdict.ok ? verdict.lines - shown : verdict.brokenAt - shown / 2
  const { lines } = await sdk.audit.list({ tenantId, after: Math.max(after, 0), limit: shown })
  return {
    verdict,
    lines: lines
      .map(({ sequence, at, actor, action, subject, outcome }) => ({ sequence, at, actor, action, subject, outcome }))
      .toReversed(),
  }
}
