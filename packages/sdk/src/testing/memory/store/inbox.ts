import type { InboxRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { receive } from './receive.ts'
import { deleteOver, keyOf } from './tables.ts'

export function createMemoryInbox(door: Door): InboxRepository {
  return {
    receive: (receipt) => door.write((tables) => receive(tables, receipt)),
    insert(record) {
      const row = copyOf(record)
      return door.write(({ inbox }) => {
        const key = keyOf(row.tenantId, row.connectionId, row.dedupeKey)
        if (inbox.has(key)) return false
        inbox.set(key, row)
        return true
      })
    },
    count: (tenantId, connectionId) => door.read(({ inbox }) => inbox.listBy('connection', keyOf(tenantId, connectionId)).length),
    removeBefore: (time, limit) => door.write(({ inbox }) => deleteOver(inbox, time, limit)),
  }
}
