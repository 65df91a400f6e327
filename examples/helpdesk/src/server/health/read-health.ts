import type { ExpiringSoon, MaintenanceReport } from '@tenantry/sdk'
import { tenants } from '../people.ts'
import type { Tenant } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'

/** How upkeep stands, over all tenants. */
export interface HealthReport extends MaintenanceReport, Pick<ExpiringSoon, 'ok' | 'pipes'> {
  readonly tenants: readonly Tenant[]
  /** There is more of something than is told. */
  readonly isCut: boolean
}

const limit = 1000

/** @throws `unavailable` */
export async function readHealth(sdk: HelpdeskTenantry): Promise<HealthReport> {
  const [report, { ok, pipes }] = await Promise.all([sdk.maintenance.report({ limit }), sdk.maintenance.expiringSoon({ limit })])
  const isCut = [report.tasks, report.connections, report.broken, pipes].some(({ length }) => length >= limit)
  return { ...report, ok, pipes, tenants, isCut }
}
