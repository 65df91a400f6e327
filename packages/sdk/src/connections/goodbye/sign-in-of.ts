import type { Context } from '../../context.ts'
import { encodeBase64Url, encodeText } from '../../crypto/base64url.ts'
import type { Connection } from '../../model/connection.ts'
import { systemTenantId } from '../../model/principal.ts'

/** Names the sign-in that a connection lives on, by a keyed hash: the same for all that live on it. @throws `unavailable` */
export async function signInOf(context: Context, { tenantId, provider, account }: Connection): Promise<string | null> {
  const vendor = context.providers.get(provider)?.vendor.name
  if (account === null || vendor === undefined) return null
  const key = await context.envelope.deriveKey(systemTenantId, 'goodbye/sign-in')
  return encodeBase64Url(await context.crypto.hmacSha256(key, encodeText(JSON.stringify([tenantId, vendor, account.subject]))))
}
