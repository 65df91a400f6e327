import type { Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'

/** A provider keeps only a pipe that is active, and replaces every other; until then it is listened to. */
export async function distrustPipe(transaction: Repositories, { tenantId, id }: Pick<Connection, 'tenantId' | 'id'>): Promise<void> {
  for (const record of await transaction.subscriptions.list(tenantId, id))
    if (record.state === 'active') await transaction.subscriptions.put({ ...record, state: 'pending' })
}
