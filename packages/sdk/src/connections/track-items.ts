import type { ItemRecord, OutboxRecord } from '../ports/index.ts'
import type { ItemState } from '../providers/provider.ts'
import type { EventOrigin } from '../model/events.ts'
import { toOutbox } from './queue-event.ts'
import type { SyncRun } from './sync-run.ts'
import type { SyncWork } from './sync-work.ts'

export interface TrackedItems {
  readonly events: readonly OutboxRecord[]
  readonly items: readonly Omit<ItemRecord, 'toldPlace'>[]
}

/**
 * What is new in the states that a page tells: a state that is on its way already is only seen again, and of what the host knows nothing it is
 * told what it wants. Reads without a transaction, because only the holder of the lease writes states.
 */
export async function trackItems(work: SyncWork, states: readonly ItemState[], run: SyncRun, origin: EventOrigin): Promise<TrackedItems> {
  const { context, connection, sealer } = work
  const newest = new Map(states.map((state) => [state.item.id, state]))
  const wholes = [...newest.values()].flatMap(({ item: { partOf } }) => partOf ?? [])
  const known = await context.store.items.get(connection.tenantId, connection.id, [...new Set([...newest.keys(), ...wholes])])
  const rows = new Map(known.map((row) => [row.id, row]))
  // A full listing shows every part there ever was: only one that changes since is news.
  const isPartOfKnown = ({ item: { partOf } }: ItemState): boolean =>
    run.mode === 'pull' && partOf !== undefined && rows.has(partOf) && newest.get(partOf)?.item.gone !== true
  const events: OutboxRecord[] = []
  const items: Omit<ItemRecord, 'toldPlace'>[] = []
  for (const state of newest.values()) {
    const { item, occurredAt, body } = state
    const row = rows.get(item.id)
    const seenIn = run.mode === 'pull' ? (row?.seenIn ?? '') : run.id
    const id = { tenantId: connection.tenantId, connectionId: connection.id, id: item.id }
    if (row?.version === item.version) {
      if (row.seenIn !== seenIn) items.push({ ...id, version: row.version, place: row.place, eventId: row.eventId, seenIn })
    } else if (row !== undefined || item.wanted || isPartOfKnown(state)) {
      const tracked = { id: item.id, place: item.place, gone: item.gone }
      // A version may come back after the item was gone, so it does not name the change; the row beside it keeps it from being told twice.
      const change = { key: `item:${context.random.uuid()}`, occurredAt, body: { ...body, item: tracked } }
      const event = await toOutbox(context, sealer, connection, change, origin)
      events.push(event)
      items.push({ ...id, version: item.version, place: item.place, eventId: event.id, seenIn })
    }
  }
  return { events, items }
}
