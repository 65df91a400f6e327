import type { Sealer } from '../crypto/envelope.ts'
import type { Secret } from '../model/secret.ts'
import type { TokenRecord } from '../ports/index.ts'
import { writeAccess } from './access-set.ts'
import type { AccessSet } from './access-set.ts'
import { tokenContext } from './token-context.ts'

/** The row of a grant, both tokens sealed for its version. */
export async function sealGrant(
  sealer: Pick<Sealer, 'seal'>,
  row: { readonly tenantId: string; readonly connectionId: string },
  grant: { readonly access: AccessSet; readonly refreshToken: Secret },
  facts: Pick<TokenRecord, 'version' | 'grantedAt' | 'refreshExpiresAt'> & Partial<Pick<TokenRecord, 'rejected'>>,
): Promise<TokenRecord> {
  const target = { tenantId: row.tenantId, connectionId: row.connectionId, version: facts.version }
  return {
    ...target,
    sealedAccess: await sealer.seal(tokenContext(target, 'access'), writeAccess(grant.access)),
    sealedRefresh: await sealer.seal(tokenContext(target, 'refresh'), grant.refreshToken),
    accessExpiresAt: grant.access.first.expiresAt,
    refreshExpiresAt: facts.refreshExpiresAt,
    grantedAt: facts.grantedAt,
    doubtedAt: null,
    rejected: facts.rejected ?? false,
  }
}
