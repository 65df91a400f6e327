import type { Check, CheckReport } from '@tenantry/sdk/wire'

const rank: Readonly<Record<Check['status'], number>> = { fail: 0, warn: 1, skip: 2, pass: 3 }

export interface OrderedChecks {
  /** To look at, worst first. */
  readonly attention: readonly Check[]
  readonly passed: readonly Check[]
}

/** Sorts by need. What did not pass in the last whole run keeps its place while it is mended, so that nothing moves under a pointer. */
export function orderChecks(report: CheckReport, whole: CheckReport = report): OrderedChecks {
  const before = new Map(whole.checks.map((check) => [check.id, rank[check.status]]))
  const place = (check: Check) => {
    const first = before.get(check.id) ?? rank.pass
    return first === rank.pass ? rank[check.status] : first
  }
  const sorted = report.checks.toSorted((a, b) => place(a) - place(b))
  return {
    attention: sorted.filter((check) => place(check) < rank.pass),
    passed: sorted.filter((check) => place(check) === rank.pass),
  }
}

/** How many checks have a status. */
export function countChecks(report: CheckReport, status: Check['status']): number {
  return report.checks.filter((check) => check.status === status).length
}
