import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { assertPrincipal } from '../model/principal.ts'
import type { Principal } from '../model/principal.ts'
import type { Action, ConnectionFacts } from '../ports/index.ts'
import { within } from './within.ts'

const deadlineMs = 5_000

/** Asks the host before anything else happens. Throwing, hanging and anything but `true` deny. @throws `forbidden`, `unauthenticated` */
export async function guard(
  context: Context,
  principal: Principal,
  action: Action,
  connection: ConnectionFacts | null = null,
): Promise<void> {
  assertPrincipal(principal)
  if (!(await isAllowed(context, principal, action, connection))) throw new TenantryError('forbidden')
}

export async function isAllowed(
  context: Context,
  principal: Principal,
  action: Action,
  connection: ConnectionFacts | null = null,
): Promise<boolean> {
  try {
    const asked = (async () => (await context.authorize({ principal, action, connection })) === true)()
    return await within(deadlineMs, asked, () => {
      context.logger.log('warn', 'authorize.late', { action })
      return false
    })
  } catch {
    // The host's rule failed: that is a no, and its error may hold anything.
    context.logger.log('warn', 'authorize.failed', { action })
    return false
  }
}

/**
 * The connection, if the principal's tenant has it and may do this with it. One that is not there and one that is hidden look alike.
 * @throws `not_found`, `forbidden`
 */
export async function loadGuarded(context: Context, principal: Principal, action: Action, connectionId: string): Promise<Connection> {
  assertPrincipal(principal)
  // Ask once without the connection's facts, so that a stranger to the feature causes no query at all.
  await guard(context, principal, action, null)
  const connection = await context.store.connections.get(principal.tenantId, connectionId)
  if (connection === null) throw new TenantryError('not_found')
  if (!(await isAllowed(context, principal, 'connection.read', factsOf(connection)))) throw new TenantryError('not_found')
  if (action !== 'connection.read') await guard(context, principal, action, factsOf(connection))
  return connection
}

export function factsOf(connection: Connection): ConnectionFacts {
  return { id: connection.id, provider: connection.provider, ownerUserId: connection.ownerUserId }
}
