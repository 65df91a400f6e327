import type { CheckId, CheckReport } from '@tenantry/sdk/wire'

/** What one checks: the tenant's own Google app, or one connection. */
export type DiagnosticsScope = 'setup' | { readonly connectionId: string }

export interface Diagnosis {
  /** As it is now: single checks may have been run since. */
  readonly report: CheckReport
  /** As the last whole run left it. */
  readonly whole: CheckReport
}

/** The report with some checks run again; its times stay those of the whole run. */
export function mergeChecks({ report, whole }: Diagnosis, part: CheckReport): Diagnosis {
  const renewed = new Map(part.checks.map((check) => [check.id, check]))
  return { whole, report: { ...report, checks: report.checks.map((check) => renewed.get(check.id) ?? check) } }
}

/** A check and all that were skipped because of it, directly or through another. */
export function withDependents(report: CheckReport, id: CheckId): CheckId[] {
  const found: CheckId[] = [id]
  for (const needed of found)
    for (const check of report.checks) if (check.blockedBy === needed && !found.includes(check.id)) found.push(check.id)
  return found
}
