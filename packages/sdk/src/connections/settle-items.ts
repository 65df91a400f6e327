import { itemSkipped } from './item-skipped.ts'
import type { FetchedItem } from './fetch-item.ts'
import type { Repositories } from '../ports/index.ts'
import { readRun, writeRun } from './sync-run.ts'
import { advance, scheduleDelivery } from './sync-work.ts'
import type { SyncWork } from './sync-work.ts'

/** Whether an item was missing before a recovery found it. */
export function isFound({ record, settlement }: FetchedItem): boolean {
  return settlement.kind === 'fetched' && record.origin === 'gapfill'
}

/** Writes what became of fetched items, and tells the host of each that was set aside. */
export async function settleItems(work: SyncWork, items: readonly FetchedItem[]): Promise<void> {
  if (items.length === 0) return
  const { context, connection, sealer } = work
  const { tenantId, id } = connection
  const skipped = await Promise.all(
    items.flatMap(({ record, settlement, code = 'internal' }) =>
      settlement.kind === 'failed' && settlement.quarantine
        ? itemSkipped(context, sealer, record, { stage: 'fetch', code, attempts: settlement.attempts })
        : [],
    ),
  )
  const settlements = items.map(({ settlement }) => settlement)
  const contents = items.flatMap(({ content }) => content ?? [])
  const found = items.filter(isFound).length
  const isNews = skipped.length > 0 || settlements.some(({ kind }) => kind === 'fetched')
  await context.store.transaction(async (transaction) => {
    await advance(work, transaction)
    if (found > 0) await countFound(work, transaction, found)
    if (contents.length > 0) await transaction.contents.put(contents)
    await transaction.outbox.settle(tenantId, id, settlements)
    if (skipped.length > 0) await transaction.outbox.insert(skipped)
    if (isNews) await scheduleDelivery(work, transaction)
  })
}

/** Counted together with the items, so that a recovery that is resumed tells the whole number. */
async function countFound(work: SyncWork, transaction: Repositories, found: number): Promise<void> {
  const { tenantId, id } = work.connection
  const run = readRun((await transaction.syncStates.get(tenantId, id))?.run ?? null)
  if (run?.mode === 'recover') await advance(work, transaction, { run: writeRun({ ...run, count: run.count + found }) })
}
