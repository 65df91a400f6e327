import { formOf } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { findBy } from '../state/find-by.ts'
import type { ClientState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { exchangeAssertion } from './exchange-assertion.ts'
import { exchangeCode } from './exchange-code.ts'
import { oauthError } from './oauth-error.ts'
import { refresh } from './refresh.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** The token endpoint. */
export function createTokenOperations(world: World): Operation[] {
  return [{ name: 'oauth.token', method: 'POST', path: '/oauth2.googleapis.com/token', handle: (call) => exchange(world, call) }]
}

async function exchange(world: World, call: Call): Promise<Response> {
  const form = formOf(call)
  const grantType = form.get('grant_type')
  if (grantType === JWT_BEARER) return exchangeAssertion(world, form)
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
    return grantType
      ? oauthError(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`)
      : oauthError(400, 'invalid_request', 'Missing required parameter: grant_type')
  }
  const client = authenticateClient(world, call, form)
  if (client instanceof Response) return client
  return grantType === 'refresh_token' ? refresh(world, form, client) : exchangeCode(world, form, client)
}

function authenticateClient(world: World, call: Call, form: URLSearchParams): ClientState | Response {
  const basic = readBasic(call.request.headers.get('authorization'))
  const clientId = basic?.id ?? form.get('client_id')
  if (!clientId) return oauthError(400, 'invalid_request', 'Could not determine client ID from request.')
  const client = findBy(world.state.clients, 'clientId', clientId)
  if (!client || client.deleted) return oauthError(401, 'invalid_client', 'The OAuth client was not found.')
  const secret = basic?.secret ?? form.get('client_secret')
  if (!secret) return oauthError(400, 'invalid_request', 'client_secret is missing.')
  return client.secrets.includes(secret) ? client : oauthError(401, 'invalid_client', 'Unauthorized')
}

function readBasic(header: string | null): { id: string; secret: string } | null {
  const encoded = header?.match(/^Basic ([A-Za-z0-9+/]+={0,2})$/i)?.[1]
  if (!encoded) return null
  const [id = '', secret = ''] = atob(encoded).split(':').map(decodeURIComponent)
  return { id, secret }
}
