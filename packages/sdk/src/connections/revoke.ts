import type { Context } from '../context.ts'
import type { Secret } from '../model/secret.ts'
import { revokeToken } from '../oauth/token-client.ts'
import type { AnyProvider } from '../providers/provider.ts'

interface RevokeInput {
  readonly provider: AnyProvider
  readonly tenantId: string
  readonly connectionId: string
  /** The account; `null` when it is not known, and then nothing is revoked, because others may live on it. */
  readonly subject: string | null
  readonly token: Secret
}

/**
 * Takes a grant back at the vendor, unless another connection of the tenant lives on it: Google ends every token of the account and client.
 * @returns `revoked`, `shared`, or `failed` when the vendor did not confirm
 */
export async function revokeUnlessShared(context: Context, input: RevokeInput): Promise<'revoked' | 'shared' | 'failed'> {
  if (input.subject === null || (await isShared(context, input))) return 'shared'
  try {
    await revokeToken(context, { endpoints: input.provider.vendor.oauth, vendor: input.provider.vendor.name, token: input.token })
    return 'revoked'
  } catch (error) {
    context.logger.log('warn', 'grant.revoke_failed', {
      connectionId: input.connectionId,
      name: error instanceof Error ? error.name : 'unknown',
    })
    return 'failed'
  }
}

async function isShared(context: Context, input: RevokeInput): Promise<boolean> {
  const all = await context.store.connections.list(input.tenantId)
  return all.some((other) => {
    const vendor = context.providers.get(other.provider)?.vendor.name
    return (
      other.id !== input.connectionId &&
      vendor === input.provider.vendor.name &&
      other.account?.subject === input.subject &&
      other.status !== 'disconnected'
    )
  })
}
