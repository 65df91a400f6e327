import type { Context } from '../../context.ts'
import { isTenantryError } from '../../errors/index.ts'
import type { TokenRecord } from '../../ports/index.ts'
import { tokenContext } from '../token-context.ts'
import type { Held } from './material.ts'

type HeldGrant = Pick<Held, 'refresh' | 'access'>

const nothing: HeldGrant = { refresh: null, access: null }

/** The tokens of a grant that is about to be destroyed. One that nobody can read any more cannot be taken back either. @throws `unavailable` */
export async function holdGrant(context: Context, record: TokenRecord | null): Promise<HeldGrant> {
  if (record === null) return nothing
  const { sealedAccess, sealedRefresh, accessExpiresAt: expiresAt } = record
  try {
    const refresh = await context.envelope.open(tokenContext(record, 'refresh'), sealedRefresh)
    const access =
      sealedAccess === null ? null : { token: await context.envelope.open(tokenContext(record, 'access'), sealedAccess), expiresAt }
    return { refresh, access }
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    context.logger.log('warn', 'grant.unreadable', { connectionId: record.connectionId })
    return nothing
  }
}
