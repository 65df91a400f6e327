import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import { equalBytes } from '../crypto/equal-bytes.ts'
import { TenantryError } from '../errors/index.ts'
import type { Account } from '../model/connection.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import { hashText } from '../oauth/pkce.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

/** Who signed in, from the id token of this very flow. OpenID Connect Core 3.1.3.7. @throws `id_token_invalid` */
export async function identify(
  context: Context,
  input: { provider: AnyProvider; app: OAuthApp; nonceHash: string; idToken: Secret | null },
): Promise<Account> {
  const { provider, app } = input
  if (input.idToken === null) throw new TenantryError('id_token_invalid')
  const claims = await context.verifyJwt(app.endpoints.jwks)(revealSecret(input.idToken), {
    issuers: (unverified) => provider.vendor.issuers(app, unverified),
    audience: app.clientId,
  })
  const account = claims === null ? null : provider.vendor.readAccount(claims, app)
  const nonce = claims?.['nonce']
  if (account === null || typeof nonce !== 'string') throw new TenantryError('id_token_invalid')
  const hash = await hashText(context.crypto, nonce)
  if (!equalBytes(encodeText(hash), encodeText(input.nonceHash))) throw new TenantryError('id_token_invalid')
  return account
}
