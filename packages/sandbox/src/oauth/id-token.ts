import { base64url } from 'jose'
import { findBy } from '../state/find-by.ts'
import type { World } from '../state/world.ts'
import { signAsGoogle } from './signing-key.ts'

/** Signs the id_token that comes with a token response; its claims follow the granted sign-in scopes. */
export async function issueIdToken(
  world: World,
  grant: { clientId: string; address: string; scopes: string[] },
  accessToken: string,
  nonce: string | null,
): Promise<string> {
  const account = findBy(world.state.accounts, 'address', grant.address)
  if (!account) throw new Error(`No account ${grant.address}`)
  const iat = Math.floor(world.clock.now() / 1000)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken)))
  const has = (scope: string) => grant.scopes.includes(`https://www.googleapis.com/auth/userinfo.${scope}`)
  return signAsGoogle(world, {
    iss: 'https://accounts.google.com',
    azp: grant.clientId,
    aud: grant.clientId,
    sub: account.subject,
    ...(has('email') ? { email: account.address, email_verified: true } : {}),
    ...(has('profile') ? { name: account.name } : {}),
    at_hash: base64url.encode(digest.slice(0, 16)),
    ...(nonce === null ? {} : { nonce }),
    iat,
    exp: iat + 3600,
  })
}
