import type { OverdueTasks } from '@tenantry/sdk'

/** Adds up over tenants; the longest wait first. */
export function tallyByKind(tasks: readonly OverdueTasks[]): readonly Omit<OverdueTasks, 'tenantId'>[] {
  const kinds = new Map<OverdueTasks['kind'], Omit<OverdueTasks, 'tenantId'>>()
  for (const { kind, due, latenessMs } of tasks) {
    const known = kinds.get(kind) ?? { kind, due: 0, latenessMs: 0 }
    kinds.set(kind, { kind, due: known.due + due, latenessMs: Math.max(known.latenessMs, latenessMs) })
  }
  return [...kinds.values()].toSorted((left, right) => right.latenessMs - left.latenessMs)
}
