import { boolean, constantFrom, nat, record, subarray } from 'fast-check'
import type { OutboxSettlement, Repositories, Store } from '../../../ports/index.ts'
import { compareWithMemory } from './compare-with-memory.ts'
import type { StoreContractOptions } from './harness.ts'
import { newContent, newItem, newOutboxRecord, start } from './records.ts'

interface Draw {
  readonly name: string
  readonly tenantId: string
  /** Which items, in an order of their own. */
  readonly items: readonly number[]
  readonly kind: OutboxSettlement['kind']
  readonly time: number
  readonly limit: number
  readonly flag: boolean
}

type Command = (on: Repositories, draw: Draw) => Promise<unknown>

const numbers = [0, 1, 2, 3, 4, 5]

const idOf = (item: number): string => `item-${item}`
const hashOf = (item: number): string => `EXAMPLE_hash_${item % 3}`

const at = ({ tenantId }: Draw) => [tenantId, 'connection-1'] as const

const first = ({ items }: Draw): string => idOf(items[0] ?? 0)

const commands: Record<string, Command> = {
  insert: (on, { tenantId, items, time, flag }) =>
    on.outbox.insert(items.map((item) => newItem({ tenantId, id: idOf(item), toFetch: flag, nextAttemptAt: time, createdAt: time }))),
  insertItems: (on, { tenantId, items, time }) =>
    on.outbox.insert(items.map((item) => newItem({ tenantId, id: idOf(item), nextAttemptAt: time }))),
  insertStatuses: (on, { tenantId, items, time }) =>
    on.outbox.insert(items.map((item) => newOutboxRecord({ tenantId, id: idOf(item), type: 'connection.paused', nextAttemptAt: time }))),
  listStatuses: (on, draw) => on.outbox.listStatuses(...at(draw), draw.limit),
  take: (on, draw) => on.outbox.takeToFetch(...at(draw), { now: draw.time, retryAt: draw.time + 3, limit: draw.limit }),
  takeAll: (on, draw) => on.outbox.takeToFetch(...at(draw), { now: draw.time, retryAt: draw.time, limit: 9 }),
  settleAlike: (on, draw) =>
    on.outbox.settle(
      ...at(draw),
      draw.items.map((item) => settlementOf(item, draw.kind, draw)),
    ),
  settleMixed: (on, draw) =>
    on.outbox.settle(
      ...at(draw),
      draw.items.map((item) => settlementOf(item, (['fetched', 'dropped', 'failed'] as const)[(item + draw.limit) % 3] ?? draw.kind, draw)),
    ),
  complete: (on, draw) => on.outbox.complete(...at(draw), first(draw)),
  fail: (on, draw) => on.outbox.fail(...at(draw), first(draw), { attempts: draw.limit, nextAttemptAt: draw.time, quarantine: draw.flag }),
  redrive: (on, draw) => on.outbox.redrive(...at(draw), draw.time),
  removeDone: (on, { time }) => on.outbox.removeDone(time, 99),
  listDue: (on, draw) => on.outbox.listDue(...at(draw), draw.time, draw.limit),
  putContents: (on, { tenantId, items, time }) =>
    on.contents.put(items.map((item) => newContent({ tenantId, hash: hashOf(item), createdAt: time + item }))),
  removeUnused: (on, { time }) => on.contents.removeUnused(time, 99),
}

function settlementOf(item: number, kind: OutboxSettlement['kind'], { time, limit, flag }: Draw): OutboxSettlement {
  const id = idOf(item)
  if (kind === 'dropped') return { id, kind }
  if (kind === 'failed') return { id, kind, attempts: limit, nextAttemptAt: time, quarantine: flag }
  return { id, kind, sealedPayload: `EXAMPLE_sealed_${time}`, contentHash: flag ? hashOf(item) : null, occurredAt: time, origin: 'gapfill' }
}

const draws = record({
  name: constantFrom(...Object.keys(commands)),
  tenantId: constantFrom('tenant-a', 'tenant-a', 'tenant-b'),
  items: subarray(numbers, { minLength: 1 }).chain((items) => boolean().map((back) => (back ? items.toReversed() : items))),
  kind: constantFrom('fetched', 'dropped', 'failed'),
  time: nat(12).map((offset) => start + offset),
  limit: nat(3).map((count) => count + 1),
  flag: boolean(),
})

/** The life of an item, from its discovery to its end, in any order of events. */
export function describeOutboxModel(name: string, options: StoreContractOptions, runs = 60): void {
  compareWithMemory(name, options, {
    title: 'leads items through any order of taking, settling, handing over and redriving as the memory store does',
    draws,
    start: () => async (on, draw) => commands[draw.name]?.(on, draw),
    readAll,
    runs,
  })
}

async function readAll(store: Store): Promise<unknown> {
  const tenants = ['tenant-a', 'tenant-b'].map(async (tenantId) => {
    const place = [tenantId, 'connection-1'] as const
    return [
      await store.outbox.listDue(...place, start + 99, 99),
      await store.outbox.listStatuses(...place, 99),
      await store.outbox.nextDueAt(...place),
      await store.outbox.nextFetchAt(...place),
      await Promise.all((['pending', 'done', 'quarantined'] as const).map((state) => store.outbox.count(...place, state))),
      await Promise.all(numbers.map((item) => store.outbox.get(...place, idOf(item)))),
      await Promise.all(numbers.map((item) => store.contents.get(tenantId, hashOf(item)))),
      (await store.outbox.takeToFetch(...place, { now: start + 99, retryAt: start + 99, limit: 99 })).map(({ id }) => id),
    ]
  })
  return Promise.all(tenants)
}
