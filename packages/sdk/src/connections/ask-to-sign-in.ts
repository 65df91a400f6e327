import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { TokenRecord } from '../ports/index.ts'
import { setStatusWithin } from './change.ts'
import type { StatusCause } from './change.ts'

interface DeadGrant extends StatusCause {
  /** Whether the grant that is stored by now is the one that was refused. */
  readonly isStill: (stored: TokenRecord) => boolean
}

/** Calls a grant dead, unless somebody signed in again meanwhile: looked at in the write itself. @returns whether it is @throws `unavailable` */
export async function askToSignIn(context: Context, connection: Connection, { isStill, ...because }: DeadGrant): Promise<boolean> {
  const { tenantId, id } = connection
  const sealer = await context.envelope.sealerFor(tenantId)
  return context.store.transaction(async (transaction) => {
    // As everybody does who stores a new sign-in.
    await transaction.connections.hold(tenantId, id)
    const stored = await transaction.tokens.get(tenantId, id)
    if (stored !== null && !isStill(stored)) return false
    await setStatusWithin(context, transaction, sealer, connection, 'needs_reauth', because)
    return true
  })
}
