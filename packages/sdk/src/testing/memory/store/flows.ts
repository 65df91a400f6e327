import { TenantryError } from '../../../errors/index.ts'
import type { FlowRecord, FlowRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { deleteWhere, keyOf, rowsOf } from './tables.ts'

const isLive = (flow: FlowRecord, now: number): boolean => flow.consumedAt === null && flow.expiresAt > now

export function createMemoryFlows(door: Door): FlowRepository {
  return {
    async insert(flow) {
      const row = copyOf(flow)
      await door.write(({ flows }) => {
        const key = keyOf(row.tenantId, row.id)
        if (flows.has(key)) throw new TenantryError('unavailable')
        flows.set(key, row)
      })
    },
    get: (tenantId, id) => door.read(({ flows }) => flows.get(keyOf(tenantId, id)) ?? null),
    consume: (tenantId, id, now) =>
      door.write(({ flows }) => {
        const key = keyOf(tenantId, id)
        const flow = flows.get(key)
        if (flow === undefined || !isLive(flow, now)) return null
        const taken = { ...flow, consumedAt: now }
        flows.set(key, taken)
        return taken
      }),
    finish(tenantId, id, outcome) {
      const kept = copyOf(outcome)
      return door.write(({ flows }) => {
        const key = keyOf(tenantId, id)
        const flow = flows.get(key)
        if (flow !== undefined) flows.set(key, { ...flow, outcome: kept })
      })
    },
    countLive: (tenantId, userId, now) =>
      door.read(
        ({ flows }) => rowsOf(flows.listBy('tenant', tenantId)).filter((flow) => flow.userId === userId && isLive(flow, now)).length,
      ),
    removeExpired: (before) => door.write(({ flows }) => deleteWhere(flows, (flow) => flow.expiresAt < before)),
  }
}
