import { formOf, param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import { keySet } from '../../oauth/signing-key.ts'
import type { World } from '../../state/world.ts'
import { issuerOf, LOGIN_HOST } from '../clouds.ts'
import { authenticateApp, readTenant } from './check-tenant.ts'
import { EntraError } from './entra-error.ts'
import { exchangeCode } from './exchange-code.ts'
import { grantToApp } from './grant-to-app.ts'
import { refresh } from './refresh.ts'
import { entraKey } from './tokens.ts'

/** The token endpoint, and what others need to check its tokens. */
export function createEntraTokenOperations(world: World): Operation[] {
  const base = `${LOGIN_HOST}/:tenant`
  return [
    {
      name: 'entra.token',
      method: 'POST',
      path: `${base}/oauth2/v2.0/token`,
      handle: (call) => answer(world, () => exchange(world, call)),
    },
    { name: 'entra.keys', method: 'GET', path: `${base}/discovery/v2.0/keys`, handle: async () => keySet(await entraKey(world)) },
    {
      name: 'entra.configuration',
      method: 'GET',
      path: `${base}/v2.0/.well-known/openid-configuration`,
      handle: (call) => answer(world, () => describe(world, call)),
    },
  ]
}

async function answer(world: World, work: () => Promise<object> | object): Promise<Response> {
  try {
    return Response.json(await work())
  } catch (problem) {
    if (problem instanceof EntraError) return Response.json(problem.body(world.clock.now()), { status: problem.status })
    throw problem
  }
}

function exchange(world: World, call: Call): Promise<Record<string, unknown>> {
  const form = formOf(call)
  const grantType = form.get('grant_type')
  if (!grantType) throw new EntraError(900144, 'grant_type')
  const directory = readTenant(world, param(call, 'tenant'))
  const app = authenticateApp(world, form, directory)
  const context = { world, form, app, loginHost: param(call, 'host') }
  switch (grantType) {
    case 'authorization_code':
      return exchangeCode(context)
    case 'refresh_token':
      return refresh(context)
    case 'client_credentials':
      return grantToApp(context, directory)
    default:
      throw new EntraError(70003, grantType)
  }
}

function describe(world: World, call: Call): Record<string, unknown> {
  const directory = readTenant(world, param(call, 'tenant'))
  const host = param(call, 'host')
  const base = `${world.origin}/${host}/${directory?.directoryId ?? param(call, 'tenant')}`
  return {
    issuer: issuerOf(host, directory?.directoryId ?? '{tenantid}'),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
  }
}
