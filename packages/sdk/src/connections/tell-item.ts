import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { CalendarChanged } from '../model/events.ts'
import type { ItemRecord, OutboxRecord, Repositories } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { isOwn } from './mark-own.ts'
import type { KeptState } from './queue-event.ts'

/**
 * What the host is told of an item's state, in the transaction that hands it over: by what it was told last, so that the words hold whatever was
 * put off or set aside in between. `null` when a newer state is on its way, or was told already.
 * @throws `event_unreadable`
 */
export async function tellItem(
  context: Context,
  transaction: Repositories,
  record: OutboxRecord,
  { provider, event }: { readonly provider: AnyProvider | undefined; readonly event: Omit<CalendarChanged, 'change'> & KeptState },
): Promise<CalendarChanged | null> {
  const { tenantId, connectionId } = record
  const { item, change, own: saysOwn, unreadable, ...base } = event
  const [known] = await transaction.items.get(tenantId, connectionId, [item.id])
  if (known?.eventId !== record.id) return null
  if (unreadable !== undefined) throw new TenantryError(unreadable)
  if (item.gone) await transaction.items.remove(tenantId, connectionId, item.id, record.id)
  else await transaction.items.setTold(tenantId, connectionId, item.id, item.place)
  const key = provider?.ownKey?.(change)
  const own = saysOwn || (key !== undefined && (await isOwn(context, transaction, record, key)))
  return { ...base, change: { ...change, kind: kindOf(change.status, item.place, known), own } }
}

function kindOf(status: string, place: string, { toldPlace }: ItemRecord): CalendarChanged['change']['kind'] {
  if (status === 'cancelled') return 'cancelled'
  if (toldPlace === null) return 'created'
  return toldPlace === place ? 'updated' : 'moved'
}
