import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import { changeConnection } from './change.ts'
import { distrustPipe } from './distrust-pipe.ts'

/**
 * Another feed of the same account: the place in the old one is forgotten, and with it whoever still reads there. What the host knows stays known
 * until the new feed was read whole; then it is told what is not in it.
 * @returns the connection, or `null` when it was ended meanwhile
 */
export async function beginAnew(
  context: Context,
  transaction: Repositories,
  connection: Connection,
  change: { readonly name: string; readonly settings: Readonly<Record<string, unknown>> },
): Promise<Connection | null> {
  const { tenantId, id } = connection
  const written = await changeConnection(transaction, connection, context.clock.now(), (current) => ({
    ...change,
    generation: current.generation + 1,
    lastSyncAt: null,
  }))
  if (written === null) return null
  await transaction.syncStates.setCursor(tenantId, id, null)
  await distrustPipe(transaction, connection)
  return written
}
