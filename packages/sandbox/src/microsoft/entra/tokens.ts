import type { JWTPayload } from 'jose'
import { base64url } from 'jose'
import { createSigningKey, signWith } from '../../oauth/signing-key.ts'
import { findBy } from '../../state/find-by.ts'
import { newId, newNumber } from '../../state/new-id.ts'
import type { SigningKeyState } from '../../state/signing-key-state.ts'
import type { World } from '../../state/world.ts'
import { issuerOf } from '../clouds.ts'
import type { AccessTokenState, RefreshTokenState, SignInState } from '../state/entra-state.ts'
import type { RecipientState } from '../state/recipient-state.ts'

/** A refresh token is used up within that time, or never: using it does not make it live longer, only the one that comes for it does. */
const LIFETIME = 90 * 86_400_000
/** Audience claims, as Entra writes them. */
const AUD = { graph: 'https://graph.microsoft.com', outlook: 'https://outlook.office.com' }

const underway = new WeakMap<World, Promise<SigningKeyState>>()

/** Entra's signing key: made when first needed, then part of the state. */
export function entraKey(world: World): Promise<SigningKeyState> {
  const { microsoft } = world.state
  if (microsoft.signingKey) return Promise.resolve(microsoft.signingKey)
  const pending = underway.get(world) ?? createSigningKey().then((key) => (microsoft.signingKey = key))
  underway.set(world, pending)
  return pending
}

/** A JWT that lives 60 to 90 minutes, as Entra's do, and forgets the expired ones when they are the most. */
export async function issueAccessToken(
  world: World,
  token: Omit<AccessTokenState, 'token' | 'expiresAt'>,
  person: RecipientState | null,
): Promise<{ token: string; seconds: number }> {
  const seconds = 3600 + (Number(newNumber(9)) % 1800)
  const iat = Math.floor(world.clock.now() / 1000)
  const who: JWTPayload = person
    ? { oid: person.id, upn: person.address, unique_name: person.address, name: person.name, scp: token.permissions.join(' ') }
    : { oid: token.clientId, idtyp: 'app', ...(token.permissions.length > 0 ? { roles: token.permissions } : {}) }
  const jwt = await signWith(await entraKey(world), {
    aud: AUD[token.audience],
    iss: `https://sts.windows.net/${token.directoryId}/`,
    iat,
    nbf: iat,
    exp: iat + seconds,
    appid: token.clientId,
    tid: token.directoryId,
    uti: newId(22),
    ver: '1.0',
    ...who,
  })
  const { microsoft } = world.state
  const now = world.clock.now()
  const middle = microsoft.accessTokens[microsoft.accessTokens.length >> 1]
  if (middle !== undefined && middle.expiresAt <= now)
    microsoft.accessTokens = microsoft.accessTokens.filter((other) => other.expiresAt > now)
  microsoft.accessTokens.push({ ...token, token: jwt, expiresAt: (iat + seconds) * 1000 })
  return { token: jwt, seconds }
}

/** Who signed in, for the app; `sub` is another one at each app. */
export async function issueIdToken(
  world: World,
  loginHost: string,
  { clientId, directoryId }: Pick<SignInState, 'clientId' | 'directoryId'>,
  person: RecipientState,
  scopes: string[],
  nonce: string | null,
): Promise<string> {
  const iat = Math.floor(world.clock.now() / 1000)
  const pair = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${person.id} ${clientId}`)))
  // A person without a mailbox has no `mail` in the directory, and then no claim.
  const hasMail = person.mailbox !== null && person.licensed
  return signWith(await entraKey(world), {
    ver: '2.0',
    iss: issuerOf(loginHost, directoryId),
    sub: base64url.encode(pair),
    aud: clientId,
    exp: iat + 3600,
    iat,
    nbf: iat,
    oid: person.id,
    tid: directoryId,
    ...(scopes.includes('profile') ? { name: person.name, preferred_username: person.address } : {}),
    ...(scopes.includes('email') && hasMail ? { email: person.address } : {}),
    ...(nonce === null ? {} : { nonce }),
    uti: newId(22),
  })
}

/** A new refresh token of the same sign-in. */
export function issueRefreshToken(world: World, signIn: SignInState): RefreshTokenState {
  const now = world.clock.now()
  const { clientId, directoryId, oid, family, signedInAt, mfa } = signIn
  const token = `1.EXAMPLE_${newId(110)}`
  const issued = { clientId, directoryId, oid, family, signedInAt, mfa, token, issuedAt: now, replacedAt: null }
  const { microsoft } = world.state
  // They all live equally long, so the oldest end first; they are remembered as long again, for the words of their refusal.
  const middle = microsoft.refreshTokens[microsoft.refreshTokens.length >> 1]
  if (middle !== undefined && middle.issuedAt + 2 * LIFETIME <= now)
    microsoft.refreshTokens = microsoft.refreshTokens.filter((other) => other.issuedAt + 2 * LIFETIME > now)
  microsoft.refreshTokens.push(issued)
  return issued
}

/** What a refresh answers as the refresh token: itself when it stays. */
export function rotateRefreshToken(world: World, used: RefreshTokenState): RefreshTokenState {
  const { rotation } = world.state.microsoft
  const now = world.clock.now()
  if (rotation === 'strict-family') used.replacedAt = now
  if (rotation !== 'none') return issueRefreshToken(world, used)
  used.issuedAt = now
  return used
}

export function findRefreshToken(world: World, token: string): RefreshTokenState | undefined {
  return findBy(world.state.microsoft.refreshTokens, 'token', token)
}

export function isExpired(world: World, token: RefreshTokenState): boolean {
  return token.issuedAt + LIFETIME <= world.clock.now()
}

/** Ends everything that came of one sign-in. */
export function endFamily(world: World, family: string): void {
  const { microsoft } = world.state
  microsoft.refreshTokens = microsoft.refreshTokens.filter((token) => token.family !== family)
}

/** Also one that has expired. */
export function findAccessToken(world: World, token: string): AccessTokenState | undefined {
  return findBy(world.state.microsoft.accessTokens, 'token', token)
}
