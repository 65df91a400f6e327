import type { BudgetRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'

export function createMemoryBudgets(door: Door): BudgetRepository {
  return {
    take: (tenantId, key, { costMs, burstMs, now }) =>
      door.write(({ budgets }) => {
        const place = keyOf(tenantId, key)
        const fullAt = Math.max(budgets.get(place)?.fullAt ?? 0, now)
        // Further ahead than it can be, by more than clocks differ: the clock went back.
        const after = (fullAt > now + 2 * burstMs ? now : fullAt) + costMs
        if (after > now + burstMs) return after - burstMs - now
        budgets.set(place, { tenantId, key, fullAt: after })
        return 0
      }),
    removeBefore: (time, limit) =>
      door.write(({ budgets }) => {
        const idle = [...budgets].filter(([, { fullAt }]) => fullAt < time).slice(0, limit)
        for (const [place] of idle) budgets.delete(place)
        return idle.length
      }),
  }
}
