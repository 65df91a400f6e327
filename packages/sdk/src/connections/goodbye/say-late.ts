import type { Context } from '../../context.ts'
import type { Connection } from '../../model/connection.ts'
import { systemTenantId } from '../../model/principal.ts'
import type { Repositories } from '../../ports/index.ts'
import { gather } from './gather.ts'
import { keepGoodbye } from './journal.ts'
import type { Held } from './material.ts'
import { pursueConnection } from './pursue-connection.ts'
import { signInOf } from './sign-in-of.ts'
import { tryFirst } from './try-first.ts'

/**
 * What was made at the provider for a connection and is not kept, as it came too late or is not what was asked for: journaled with what undoes it, and
 * undone now or by a task. @param current the connection as it is now; `null` when it is gone @throws `unavailable`
 */
export async function sayLate(
  context: Context,
  { revoke, alongside, ...held }: Held & { readonly revoke: boolean; readonly alongside?: (transaction: Repositories) => Promise<void> },
  current: Connection | null,
): Promise<void> {
  const { connection } = held
  // With the connection the tenant may be gone, and nothing of it is made anew.
  const tenantId = current === null ? systemTenantId : connection.tenantId
  const sealer = await context.envelope.sealerFor(tenantId)
  const signIn = await signInOf(context, connection)
  const cause = current === null ? 'delete' : 'disconnect'
  const record = await gather(context, { ...held, tenantId, sealer, cause, signIn, revoke })
  if (record === null) return
  await context.store.transaction(async (transaction) => {
    await alongside?.(transaction)
    await keepGoodbye(transaction, record)
  })
  await tryFirst(context, [record], [{ kind: 'connection', pursue: (key) => pursueConnection(context, key) }])
}
