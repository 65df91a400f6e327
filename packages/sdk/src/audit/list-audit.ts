import type { Context } from '../context.ts'
import type { AuditRecord } from '../ports/index.ts'

export interface ListAuditOptions {
  readonly tenantId: string
  /** The sequence of the last line that is known; default from the first on. */
  readonly after?: number
  /** 1 to 500; default 100. */
  readonly limit?: number
}

/** A tenant's audit log, oldest first. The host calls it, and decides who may read. @throws `unavailable` */
export async function listAudit(
  context: Context,
  { tenantId, after = 0, limit = 100 }: ListAuditOptions,
): Promise<{ lines: readonly AuditRecord[] }> {
  return { lines: await context.store.audit.list(tenantId, after, Math.min(Math.max(Math.trunc(limit), 1), 500)) }
}
