import { findBy } from '../state/find-by.ts'
import { newId } from '../state/new-id.ts'
import type { AccessTokenState, RefreshTokenState } from '../state/oauth-state.ts'
import type { World } from '../state/world.ts'
import { GMAIL_SCOPES } from './scopes.ts'

/** Seconds that Google states for every access token. */
export const ACCESS_TOKEN_SECONDS = 3599
export const TESTING_GRANT_SECONDS = 604_799
const REFRESH_TOKENS_PER_CLIENT = 100
const UNUSED_AFTER = 180 * 86_400_000

/** Issues an opaque access token, and forgets the expired ones when they are the most. */
export function issueAccessToken(world: World, token: Omit<AccessTokenState, 'token' | 'expiresAt'>): AccessTokenState {
  const now = world.clock.now()
  const issued = { ...token, token: `ya29.EXAMPLE_${newId(64)}`, expiresAt: now + ACCESS_TOKEN_SECONDS * 1000 }
  const { accessTokens } = world.state
  // They all live equally long, so the oldest end first.
  const middle = accessTokens[accessTokens.length >> 1]
  if (middle !== undefined && middle.expiresAt <= now) world.state.accessTokens = accessTokens.filter((other) => other.expiresAt > now)
  world.state.accessTokens.push(issued)
  return issued
}

/** Issues a refresh token; beyond a hundred sign-ins of one account at one client, the oldest ends. */
export function issueRefreshToken(
  world: World,
  token: Omit<RefreshTokenState, 'token' | 'issuedAt' | 'lastUsedAt' | 'expiresAt'>,
): RefreshTokenState {
  const now = world.clock.now()
  const testing = projectOfClient(world, token.clientId)?.publishing === 'testing'
  const expiresAt = testing ? now + TESTING_GRANT_SECONDS * 1000 : null
  const issued = { ...token, token: newRefreshToken(), issuedAt: now, lastUsedAt: now, expiresAt }
  world.state.refreshTokens.push(issued)
  const siblings = world.state.refreshTokens.filter((other) => other.clientId === token.clientId && other.address === token.address)
  const families = [...new Set(siblings.map(({ code }) => code))]
  if (families.length > REFRESH_TOKENS_PER_CLIENT) endFamily(world, siblings[0] ?? issued)
  return issued
}

/** What a refresh answers as the refresh token: itself when it stays. */
export function rotateRefreshToken(world: World, used: RefreshTokenState): RefreshTokenState {
  const { rotation } = world.state
  if (rotation === 'none') return used
  const now = world.clock.now()
  const next = { ...used, token: newRefreshToken(), issuedAt: now, lastUsedAt: now }
  if (rotation === 'strict-family') used.replacedAt = now
  world.state.refreshTokens.push(next)
  return next
}

/** Ends everything that came of one sign-in. */
export function endFamily(world: World, { code }: RefreshTokenState): void {
  killRefreshTokens(world, (token) => token.code === code)
}

/** A refresh token that has not ended. A strict server may have replaced it. */
export function findRefreshToken(world: World, token: string): RefreshTokenState | null {
  const now = world.clock.now()
  const found = findBy(world.state.refreshTokens, 'token', token)
  if (!found || (found.expiresAt !== null && found.expiresAt <= now) || found.lastUsedAt + UNUSED_AFTER <= now) return null
  return found
}

/** An access token that still works. */
export function findAccessToken(world: World, token: string): AccessTokenState | null {
  const found = findBy(world.state.accessTokens, 'token', token)
  return found !== undefined && found.expiresAt > world.clock.now() ? found : null
}

/** Ends refresh tokens and the access tokens they brought forth. */
export function killRefreshTokens(world: World, matches: (token: RefreshTokenState) => boolean): void {
  const dead = new Set(world.state.refreshTokens.filter(matches).map((token) => token.token))
  world.state.refreshTokens = world.state.refreshTokens.filter((token) => !dead.has(token.token))
  world.state.accessTokens = world.state.accessTokens.filter((token) => token.refreshToken === null || !dead.has(token.refreshToken))
}

/** The person takes the app's access away: consent, refresh tokens and access tokens end. */
export function revokeGrant(world: World, address: string, clientId: string): void {
  const own = (token: { address: string; clientId: string }) => token.address === address && token.clientId === clientId
  world.state.consents = world.state.consents.filter((consent) => !own(consent))
  world.state.codes = world.state.codes.filter((code) => !own(code))
  killRefreshTokens(world, own)
  world.state.accessTokens = world.state.accessTokens.filter((token) => token.holder.kind !== 'client' || !own(token.holder))
}

/** A changed password kills the refresh tokens that reach mail. */
export function killMailTokens(world: World, address: string): void {
  killRefreshTokens(world, (token) => token.address === address && token.scopes.some((scope) => GMAIL_SCOPES.includes(scope)))
}

const newRefreshToken = () => `1//EXAMPLE_${newId(64)}`

function projectOfClient(world: World, clientId: string) {
  const client = findBy(world.state.clients, 'clientId', clientId)
  return findBy(world.state.projects, 'projectId', client?.projectId)
}
