import type { HealthReport } from '../../server/health/read-health.ts'

/** What a report says of one tenant; what is shared by all stays. `null`: of all. */
export function chooseTenant(report: HealthReport, tenantId: string | null): HealthReport {
  if (tenantId === null) return report
  const isOf = (row: { readonly tenantId: string | null }) => row.tenantId === null || row.tenantId === tenantId
  return {
    ...report,
    tasks: report.tasks.filter(isOf),
    connections: report.connections.filter(isOf),
    broken: report.broken.filter(isOf),
    pipes: report.pipes.filter(isOf),
  }
}
