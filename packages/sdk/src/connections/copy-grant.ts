import type { Context } from '../context.ts'
import type { TokenRecord } from '../ports/index.ts'
import { openAccess } from './access-set.ts'
import { sealGrant } from './seal-grant.ts'
import { tokenContext } from './token-context.ts'

/** The same grant for another connection of the tenant: opened, and sealed for that one alone. */
export async function copyGrant(
  context: Context,
  record: TokenRecord,
  to: { readonly connectionId: string; readonly version: number },
): Promise<TokenRecord> {
  const { tenantId, grantedAt, refreshExpiresAt } = record
  const grant = {
    access: (await openAccess(context, record)) ?? { first: { token: '', expiresAt: 0 }, others: {} },
    refreshToken: await context.envelope.open(tokenContext(record, 'refresh'), record.sealedRefresh),
  }
  return sealGrant(context.envelope, { tenantId, connectionId: to.connectionId }, grant, {
    version: to.version,
    grantedAt,
    refreshExpiresAt,
  })
}
