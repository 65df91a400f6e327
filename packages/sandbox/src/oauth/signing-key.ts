import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import type { SigningKeyState } from '../state/signing-key-state.ts'
import { newId } from '../state/new-id.ts'
import type { World } from '../state/world.ts'

const read = new WeakMap<SigningKeyState, ReturnType<typeof importJWK>>()
const underway = new WeakMap<World, Promise<SigningKeyState>>()

/** Google's own signing key: made when first needed, then part of the state. */
export function signingKey(world: World): Promise<SigningKeyState> {
  if (world.state.signingKey) return Promise.resolve(world.state.signingKey)
  const pending = underway.get(world) ?? createSigningKey().then((key) => (world.state.signingKey = key))
  underway.set(world, pending)
  return pending
}

/** Signs as Google does: RS256, with the key of the published JWKS. */
export async function signAsGoogle(world: World, payload: JWTPayload): Promise<string> {
  return signWith(await signingKey(world), payload)
}

/** A JWT, RS256. */
export async function signWith(key: SigningKeyState, payload: JWTPayload): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' }).sign(await readPrivate(key))
}

/** Once: reading a key takes as long as signing with it. */
function readPrivate(key: SigningKeyState): ReturnType<typeof importJWK> {
  const known = read.get(key) ?? importJWK(key.privateJwk, 'RS256')
  read.set(key, known)
  return known
}

/** The JSON Web Key Set that Google publishes. */
export async function publishKeys(world: World): Promise<{ keys: Record<string, unknown>[] }> {
  return keySet(await signingKey(world))
}

/** As RFC 7517 writes it. */
export function keySet(key: SigningKeyState): { keys: Record<string, unknown>[] } {
  return { keys: [{ ...key.publicJwk, kid: key.kid, use: 'sig', alg: 'RS256' }] }
}

/** A new key pair, as it is saved. */
export async function createSigningKey(): Promise<SigningKeyState> {
  const pair = await generateKeyPair('RS256', { extractable: true })
  return { kid: newId(40), privateJwk: { ...(await exportJWK(pair.privateKey)) }, publicJwk: { ...(await exportJWK(pair.publicKey)) } }
}
