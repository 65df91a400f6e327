import { formOf } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { findBy } from '../state/find-by.ts'
import type { World } from '../state/world.ts'
import { oauthError } from './oauth-error.ts'
import { publishKeys } from './signing-key.ts'
import { findAccessToken, findRefreshToken, revokeGrant } from './tokens.ts'

/** Revocation, tokeninfo, userinfo and the published keys. */
export function createTokenServiceOperations(world: World): Operation[] {
  return [
    { name: 'oauth.revoke', method: 'POST', path: '/oauth2.googleapis.com/revoke', handle: (call) => revoke(world, call) },
    {
      name: 'oauth.tokeninfo',
      method: 'GET',
      path: '/oauth2.googleapis.com/tokeninfo',
      handle: ({ query }) => describeToken(world, query.get('access_token')),
    },
    {
      name: 'oauth.tokeninfo',
      method: 'POST',
      path: '/oauth2.googleapis.com/tokeninfo',
      handle: (call) => describeToken(world, formOf(call).get('access_token') ?? call.query.get('access_token')),
    },
    {
      name: 'oauth.userinfo',
      method: 'GET',
      path: '/openidconnect.googleapis.com/v1/userinfo',
      handle: ({ request }) => describeUser(world, request),
    },
    {
      name: 'oauth.certs',
      method: 'GET',
      path: '/www.googleapis.com/oauth2/v3/certs',
      handle: async () =>
        Response.json(await publishKeys(world), { headers: { 'cache-control': 'public, max-age=21600, must-revalidate' } }),
    },
  ]
}

function revoke(world: World, call: Call): Response {
  const token = formOf(call).get('token') ?? call.query.get('token') ?? ''
  const access = findAccessToken(world, token)
  const grant = findRefreshToken(world, token) ?? (access?.holder.kind === 'client' ? access.holder : null)
  if (!grant) return oauthError(400, 'invalid_token', 'Token expired or revoked')
  revokeGrant(world, grant.address, grant.clientId)
  return Response.json({})
}

function describeToken(world: World, token: string | null): Response {
  const access = findAccessToken(world, token ?? '')
  if (!access) return oauthError(400, 'invalid_token', 'Invalid Value')
  const { holder } = access
  const owner = holder.kind === 'client' ? holder.clientId : holder.email
  const subject = holder.kind === 'client' ? findBy(world.state.accounts, 'address', holder.address)?.subject : undefined
  return Response.json({
    azp: owner,
    aud: owner,
    ...(subject ? { sub: subject } : {}),
    scope: access.scopes.join(' '),
    exp: String(Math.floor(access.expiresAt / 1000)),
    expires_in: String(Math.floor((access.expiresAt - world.clock.now()) / 1000)),
    ...(holder.kind === 'client' && access.scopes.some((scope) => scope.endsWith('userinfo.email'))
      ? { email: holder.address, email_verified: 'true' }
      : {}),
    access_type: access.refreshToken ? 'offline' : 'online',
  })
}

function describeUser(world: World, request: Request): Response {
  const access = findAccessToken(world, request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? '')
  const { holder } = access ?? {}
  if (!access || holder?.kind !== 'client' || !access.scopes.includes('openid'))
    return oauthError(401, 'invalid_request', 'Invalid Credentials')
  const account = findBy(world.state.accounts, 'address', holder.address)
  const may = (scope: string) => access.scopes.some((granted) => granted.endsWith(`userinfo.${scope}`))
  return Response.json({
    sub: account?.subject,
    ...(may('profile') ? { name: account?.name } : {}),
    ...(may('email') ? { email: account?.address, email_verified: true } : {}),
  })
}
