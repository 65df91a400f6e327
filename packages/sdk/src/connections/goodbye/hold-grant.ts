import type { Context } from '../../context.ts'
import { isTenantryError } from '../../errors/index.ts'
import { Secret } from '../../model/secret.ts'
import type { TokenRecord } from '../../ports/index.ts'
import { openAccess } from '../access-set.ts'
import { tokenContext } from '../token-context.ts'
import type { Held } from './material.ts'

type HeldGrant = Pick<Held, 'refresh' | 'access'>

const nothing: HeldGrant = { refresh: null, access: null }

/** The tokens of a grant that is about to be destroyed. One that nobody can read any more cannot be taken back either. @throws `unavailable` */
export async function holdGrant(context: Context, record: TokenRecord | null): Promise<HeldGrant> {
  if (record === null) return nothing
  try {
    const refresh = await context.envelope.open(tokenContext(record, 'refresh'), record.sealedRefresh)
    const first = (await openAccess(context, record))?.first
    // A pipe is stopped with the first audience's, which a refresh for another may have left out.
    const serves = first !== undefined && first.token !== ''
    return { refresh, access: serves ? { token: new Secret(first.token), expiresAt: first.expiresAt } : null }
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    context.logger.log('warn', 'grant.unreadable', { connectionId: record.connectionId })
    return nothing
  }
}
