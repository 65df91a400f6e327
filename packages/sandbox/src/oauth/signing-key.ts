import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import type { SigningKeyState } from '../state/sandbox-state.ts'
import { newId } from '../state/new-id.ts'
import type { World } from '../state/world.ts'

const underway = new WeakMap<World, Promise<SigningKeyState>>()

/** Google's own signing key: made when first needed, then part of the state. */
export function signingKey(world: World): Promise<SigningKeyState> {
  if (world.state.signingKey) return Promise.resolve(world.state.signingKey)
  const pending = underway.get(world) ?? createKey().then((key) => (world.state.signingKey = key))
  underway.set(world, pending)
  return pending
}

/** Signs as Google does: RS256, with the key of the published JWKS. */
export async function signAsGoogle(world: World, payload: JWTPayload): Promise<string> {
  const key = await signingKey(world)
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' }).sign(await importJWK(key.privateJwk, 'RS256'))
}

/** The JSON Web Key Set that Google publishes. */
export async function publishKeys(world: World): Promise<{ keys: Record<string, unknown>[] }> {
  const key = await signingKey(world)
  return { keys: [{ ...key.publicJwk, kid: key.kid, use: 'sig', alg: 'RS256' }] }
}

async function createKey(): Promise<SigningKeyState> {
  const pair = await generateKeyPair('RS256', { extractable: true })
  return { kid: newId(40), privateJwk: { ...(await exportJWK(pair.privateKey)) }, publicJwk: { ...(await exportJWK(pair.publicKey)) } }
}
