import { encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import { Secret } from '../model/secret.ts'
import type { Crypto, Random } from '../ports/index.ts'

/** A verifier of 32 random bytes and its S256 challenge. RFC 7636. */
export async function createPkce(ports: { random: Random; crypto: Crypto }): Promise<{ verifier: Secret; challenge: string }> {
  const verifier = encodeBase64Url(ports.random.bytes(32))
  return { verifier: new Secret(verifier), challenge: encodeBase64Url(await ports.crypto.sha256(encodeText(verifier))) }
}

/** SHA-256 as base64url: how cookies, nonces and channel tokens are kept. */
export async function hashText(crypto: Crypto, text: string): Promise<string> {
  return encodeBase64Url(await crypto.sha256(encodeText(text)))
}
