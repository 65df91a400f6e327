import type { CalendarChanged } from '@tenantry/sdk'
import { dropGone, markGone } from './mark-gone.ts'
import { putEvent } from './put-event.ts'
import { raiseRevision } from './revision.ts'
import type { HelpdeskTransaction } from './tables.ts'

/**
 * Keeps the helpdesk's copy of a calendar, in the transaction of the change: the event is put under its id, as it comes. Only a cancelled
 * single event or series goes, with all its instances; a cancelled instance stays, because it takes a date out of its series. `now`: epoch ms.
 */
export async function keepEvent(transaction: HelpdeskTransaction, told: CalendarChanged, now: number): Promise<void> {
  const { tenantId, connectionId, origin, occurredAt } = told
  const { kind, own, ...event } = told.change
  // First, because its row is what writers of one tenant wait for.
  await raiseRevision(transaction, tenantId)
  // What an import brings is no news.
  const changedAt = origin === 'backfill' ? null : new Date(occurredAt)
  const mark = { tenantId, connectionId, own, changedAt }
  if (kind === 'cancelled' && event.recurringEventId === null) await markGone(transaction, event, mark)
  else await putEvent(transaction, event, { ...mark, isCreated: kind === 'created' })
  await dropGone(transaction, tenantId, now)
}
