import { ApiError } from '../http/api-error.ts'
import type { Call } from '../http/operation.ts'
import type { AccountState } from '../state/account-state.ts'
import { findBy } from '../state/find-by.ts'
import type { AccessTokenState } from '../state/oauth-state.ts'
import type { ApiName } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { findAccessToken } from './tokens.ts'

const SERVICES: Record<ApiName, { host: string; title: string }> = {
  gmail: { host: 'gmail.googleapis.com', title: 'Gmail API' },
  calendar: { host: 'calendar-json.googleapis.com', title: 'Google Calendar API' },
  pubsub: { host: 'pubsub.googleapis.com', title: 'Cloud Pub/Sub API' },
}

/**
 * Who calls: a valid token, with one of `scopes`, of a project that has the API enabled.
 * @throws ApiError 401 UNAUTHENTICATED, 403 insufficient scopes, 403 SERVICE_DISABLED
 */
export function authenticate(world: World, call: Call, api: ApiName, scopes: string[]): AccessTokenState {
  const bearer = call.request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? call.query.get('access_token')
  const legacy = api !== 'pubsub'
  const token = bearer ? findAccessToken(world, bearer) : null
  if (!token) throw unauthenticated(bearer !== null && bearer !== undefined, legacy)
  const project = findBy(world.state.projects, 'projectId', token.projectId)
  if (!project?.apis[api]) throw serviceDisabled(api, project?.number ?? '0', legacy)
  if (!token.scopes.some((scope) => scopes.includes(scope))) throw insufficientScopes(api, legacy)
  return token
}

/** The person behind the token. Service accounts have neither mail nor calendars here. */
export function accountOf(world: World, token: AccessTokenState): AccountState {
  const { holder } = token
  const account = holder.kind === 'client' ? findBy(world.state.accounts, 'address', holder.address) : undefined
  if (account) return account
  throw new ApiError({ code: 400, status: 'FAILED_PRECONDITION', message: 'Precondition check failed.', reason: 'failedPrecondition' })
}

function unauthenticated(presented: boolean, legacy: boolean): ApiError {
  const expected =
    'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'
  return new ApiError({
    code: 401,
    status: 'UNAUTHENTICATED',
    message: `Request ${presented ? 'had invalid' : 'is missing required'} authentication ${presented ? 'credentials' : 'credential'}. ${expected}`,
    ...(legacy ? { reason: presented ? 'authError' : 'required', location: 'Authorization', locationType: 'header' } : {}),
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: presented ? 'ACCESS_TOKEN_EXPIRED' : 'CREDENTIALS_MISSING',
        domain: 'googleapis.com',
      },
    ],
    headers: { 'www-authenticate': `Bearer realm="https://accounts.google.com/"${presented ? ', error="invalid_token"' : ''}` },
  })
}

function insufficientScopes(api: ApiName, legacy: boolean): ApiError {
  return new ApiError({
    code: 403,
    status: 'PERMISSION_DENIED',
    message: 'Request had insufficient authentication scopes.',
    ...(legacy ? { reason: 'insufficientPermissions' } : {}),
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: SERVICES[api].host },
      },
    ],
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"' },
  })
}

function serviceDisabled(api: ApiName, number: string, legacy: boolean): ApiError {
  const { host, title } = SERVICES[api]
  const url = `https://console.developers.google.com/apis/api/${host}/overview?project=${number}`
  const message = `${title} has not been used in project ${number} before or it is disabled. Enable it by visiting ${url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`
  return new ApiError({
    code: 403,
    status: 'PERMISSION_DENIED',
    message,
    ...(legacy ? { reason: 'accessNotConfigured', domain: 'usageLimits' } : {}),
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: { service: host, serviceTitle: title, consumer: `projects/${number}`, containerInfo: number, activationUrl: url },
      },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
      { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ description: 'Google developers console API activation', url }] },
    ],
  })
}
