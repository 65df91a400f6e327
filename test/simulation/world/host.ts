import type { EventHandlers, TenantryEvent } from '@tenantry/sdk'
import type { MemoryTransaction } from '@tenantry/sdk/testing'

/** What a host was told of a calendar's event last. */
export interface ToldEvent {
  readonly etag: string | null
  readonly status: string
}

export interface HostWatcher {
  /** When a handler runs; what it writes may still be rolled back. */
  told(event: TenantryEvent): void
}

/** Where a host that does as the documentation says keeps things: in the very transaction that it is given. */
export const hostKeys = {
  times: (event: { readonly connectionId: string; readonly id: string }) => `times/${event.connectionId}/${event.id}`,
  mail: (connectionId: string, messageId: string) => `mail/${connectionId}/${messageId}`,
  event: (connectionId: string, eventId: string) => `event/${connectionId}/${eventId}`,
}

/** The product that embeds the sdk. `fails` says that its own code throws now. */
export function createHost(watcher: HostWatcher, fails: () => boolean): EventHandlers {
  const note = (event: TenantryEvent, { transaction }: { readonly transaction: unknown }): void => {
    if (fails()) throw new Error('the host has a bad minute')
    const store = transaction as MemoryTransaction
    const add = (key: string) => store.set(key, Number(store.get(key) ?? 0) + 1)
    if (event.type === 'message.received') add(hostKeys.mail(event.connectionId, event.message.providerMessageId))
    if (event.type === 'calendar.changed') {
      add(hostKeys.times(event))
      const { eventId, etag, status } = event.change
      store.set(hostKeys.event(event.connectionId, eventId), { etag, status } satisfies ToldEvent)
    }
    watcher.told(event)
  }
  return {
    'message.received': note,
    'calendar.changed': note,
    'connection.gap_recovered': note,
    'connection.item_skipped': note,
    'connection.sign_in_ending': note,
    'connection.connected': note,
    'connection.needs_reauth': note,
    'connection.blocked_by_app': note,
    'connection.degraded': note,
    'connection.error': note,
    'connection.paused': note,
    'connection.disconnected': note,
  }
}
