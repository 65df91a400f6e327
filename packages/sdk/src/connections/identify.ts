import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import { equalBytes } from '../crypto/equal-bytes.ts'
import { TenantryError } from '../errors/index.ts'
import type { Account } from '../model/connection.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import { hashText } from '../oauth/pkce.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** Who signed in, from the id token of this very flow. OpenID Connect Core 3.1.3.7. @throws `id_token_invalid` */
export async function identify(
  context: Context,
  input: { provider: AnyProvider; clientId: string; nonceHash: string; idToken: Secret | null },
): Promise<Account> {
  if (input.idToken === null) throw new TenantryError('id_token_invalid')
  const claims = await context.verifyJwt(input.provider)(revealSecret(input.idToken), {
    issuers: issuersOf(input.provider),
    audience: input.clientId,
  })
  const { sub, email, email_verified: verified, nonce } = claims ?? {}
  if (typeof sub !== 'string' || sub === '' || typeof email !== 'string' || verified !== true || typeof nonce !== 'string')
    throw new TenantryError('id_token_invalid')
  const hash = await hashText(context.crypto, nonce)
  if (!equalBytes(encodeText(hash), encodeText(input.nonceHash))) throw new TenantryError('id_token_invalid')
  return { subject: sub, address: email }
}

/** Google signs with and without the scheme. */
function issuersOf(provider: AnyProvider): string[] {
  const { issuer } = provider.vendor.oauth
  return [issuer, issuer.replace('https://', '')]
}
