/** The RSA public key of a JWK set, base64url. RFC 7517. */
export interface RsaJwk {
  readonly kid: string
  readonly n: string
  readonly e: string
}

/** Primitives only; protocols are built on them in `crypto/`. WebCrypto by default, node:crypto where it is faster. */
export interface Crypto {
  sha256(data: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  hmacSha256(key: Uint8Array, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  /** RFC 5869. */
  hkdfSha256(key: Uint8Array, info: string, length: number): Promise<Uint8Array<ArrayBuffer>>
  /** AES-256-GCM, 12-byte IV, returns ciphertext followed by the 16-byte tag. */
  seal(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  /** Throws when key, IV, AAD or tag do not fit, or the tag is not 16 bytes. */
  open(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  /** RSASSA-PKCS1-v1_5 with SHA-256 (JWS RS256). */
  verifyRs256(key: RsaJwk, data: Uint8Array, signature: Uint8Array): Promise<boolean>
  /** Throws when the PKCS 8 PEM is not an RSA key of at least 2048 bits. */
  signRs256(privateKeyPem: string, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
}
