import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { Secret } from '../model/secret.ts'
import { revokeToken } from '../oauth/token-client.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

interface SignIn {
  readonly provider: AnyProvider
  readonly tenantId: string
  readonly connectionId: string
  /** The account; `null` when it is not known, and then nothing is revoked, because others may live on it. */
  readonly subject: string | null
}

/**
 * Takes a grant back at the vendor, unless another connection of the tenant lives on it: Google ends every token of the account and client.
 * @returns `revoked`, `shared`, or `failed` when the vendor did not confirm
 */
export async function revokeUnlessShared(
  context: Context,
  input: SignIn & { readonly app: OAuthApp; readonly token: Secret },
): Promise<'revoked' | 'shared' | 'failed'> {
  if (await isShared(context, input)) return 'shared'
  try {
    await revokeToken(context, { endpoints: input.app.endpoints, vendor: input.provider.vendor.name, token: input.token })
    return 'revoked'
  } catch (error) {
    context.logger.log('warn', 'grant.revoke_failed', {
      connectionId: input.connectionId,
      name: error instanceof Error ? error.name : 'unknown',
    })
    return 'failed'
  }
}

/** Whether another connection lives on the sign-in; with `orItself` also whether the connection signed in again. */
export async function isShared(
  context: Context,
  { orItself = false, ...signIn }: SignIn & { readonly orItself?: boolean },
): Promise<boolean> {
  const { tenantId, connectionId } = signIn
  if (signIn.subject === null) return true
  // Its new grant is stored a moment before its status is.
  if (orItself && (await context.store.tokens.get(tenantId, connectionId)) !== null) return true
  const all = await context.store.connections.list(tenantId)
  return all.some((other) => (orItself || other.id !== connectionId) && livesOn(context, signIn, other))
}

/** Whether a connection lives on a sign-in. */
export function livesOn(context: Context, { provider, subject }: Pick<SignIn, 'provider' | 'subject'>, other: Connection): boolean {
  const vendor = context.providers.get(other.provider)?.vendor.name
  return subject !== null && vendor === provider.vendor.name && other.account?.subject === subject && other.status !== 'disconnected'
}
