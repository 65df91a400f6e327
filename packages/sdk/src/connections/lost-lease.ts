import type { Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'

/** Another worker took over, or the connection was ended: what this one still holds is not written. */
export class LostLease extends Error {
  constructor() {
    super('the work was taken over or ended meanwhile')
    this.name = 'LostLease'
  }
}

/** Refuses late work of a life that has ended, and keeps it from ending before the transaction does, in which it is called first. @returns the row as it is now @throws LostLease */
export async function assertSameLife(
  repositories: Repositories,
  connection: Pick<Connection, 'tenantId' | 'id' | 'generation'>,
): Promise<Connection> {
  const current = await repositories.connections.hold(connection.tenantId, connection.id)
  if (current?.generation !== connection.generation) throw new LostLease()
  return current
}
