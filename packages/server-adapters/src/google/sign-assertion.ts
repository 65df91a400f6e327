import { encodeBase64Url, encodeText } from '@tenantry/sdk/crypto'
import { TenantryError } from '@tenantry/sdk/errors'
import { googleScopes } from '@tenantry/sdk/model'
import type { ServiceAccountKey } from '@tenantry/sdk/model'
import type { Clock, Crypto } from '@tenantry/sdk/ports'

/** Google's name of itself, also where a sandbox answers; never the key file's `token_uri`, which its uploader chooses. */
const audience = 'https://oauth2.googleapis.com/token'
const lifeSeconds = 3600

/**
 * The JWT with which a service account asks for an access token (RFC 7523). Source: developers.google.com/identity/protocols/oauth2/service-account.
 * @throws `key_private_key_invalid` when the key cannot sign
 */
export async function signAssertion(key: ServiceAccountKey, crypto: Crypto, clock: Clock): Promise<string> {
  const iat = Math.floor(clock.now() / 1000)
  const header = { alg: 'RS256', typ: 'JWT', kid: key.private_key_id }
  const claims = { iss: key.client_email, scope: googleScopes.pubsub.join(' '), aud: audience, iat, exp: iat + lifeSeconds }
  const signed = `${encodeJson(header)}.${encodeJson(claims)}`
  return `${signed}.${encodeBase64Url(await sign(key, crypto, encodeText(signed)))}`
}

async function sign(key: ServiceAccountKey, crypto: Crypto, data: Uint8Array): Promise<Uint8Array> {
  try {
    return await crypto.signRs256(key.private_key, data)
  } catch {
    // Google was not asked, so this is no refusal of Google's; the platform's words may quote the key.
    throw new TenantryError('key_private_key_invalid', { field: 'serviceAccountKey' })
  }
}

function encodeJson(value: object): string {
  return encodeBase64Url(encodeText(JSON.stringify(value)))
}
