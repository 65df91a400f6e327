import { actorOf, appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { encodeBase64Url } from '../crypto/base64url.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { setBindingCookie } from '../oauth/binding-cookie.ts'
import { createPkce, hashText } from '../oauth/pkce.ts'
import { parseReturnTo } from '../oauth/return-to.ts'
import { signState } from '../oauth/state.ts'
import type { FlowRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { isAppGrant, scopesOf } from './audience.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import type { ConnectResult } from '../wire/index.ts'

export interface FlowTarget {
  /** Path or allowed URL to come back to. */
  readonly returnTo?: string | undefined
  /** Origin of the page that waits for the answer; default the base URL. */
  readonly openerOrigin?: string | undefined
}

/** A started sign-in. `setCookie` has to reach the same browser as a `Set-Cookie` header; without it the answer is refused. */
export interface BegunFlow extends ConnectResult {
  readonly setCookie: string
}

const lifeMs = 10 * 60_000
const liveLimit = 5

/** Opens a flow row and builds the authorization URL. RFC 6749 4.1.1, RFC 7636, OpenID Connect Core 3.1.2.1. @throws `flow_limit`, `return_to_invalid` */
export async function beginFlow(
  context: Context,
  input: {
    principal: Principal
    provider: AnyProvider
    connection: Connection
    /** What the connection is set to when the sign-in succeeds; `null`: as it is. */
    settings: Connection['settings'] | null
    app: OAuthApp
    target: FlowTarget
    forceConsent: boolean
  },
): Promise<BegunFlow> {
  const { principal, provider, connection, app } = input
  const settings = input.settings ?? connection.settings
  const now = context.clock.now()
  const returnTo = parseReturnTo(input.target.returnTo, context.baseUrl, context.allowedOrigins)
  const openerOrigin = input.target.openerOrigin ?? context.baseUrl
  if (!context.allowedOrigins.includes(openerOrigin)) throw new TenantryError('origin_not_allowed')
  if ((await context.store.flows.countLive(principal.tenantId, principal.userId, now)) >= liveLimit) throw new TenantryError('flow_limit')

  const id = context.random.uuid()
  const { verifier, challenge } = await createPkce(context)
  const binding = encodeBase64Url(context.random.bytes(32))
  const nonce = encodeBase64Url(context.random.bytes(16))
  const flow: FlowRecord = {
    tenantId: principal.tenantId,
    id,
    userId: principal.userId,
    provider: provider.name,
    connectionId: connection.id,
    generation: connection.generation,
    callbackPath: provider.callbackPath,
    redirectUri: context.baseUrl + provider.callbackPath,
    settings: input.settings,
    scopes: scopesOf(provider, app, settings),
    appVersion: app.version,
    sealedVerifier: await context.envelope.seal(verifierContext(principal.tenantId, id), verifier),
    nonceHash: await hashText(context.crypto, nonce),
    bindingHash: await hashText(context.crypto, binding),
    returnTo,
    openerOrigin,
    createdAt: now,
    expiresAt: now + lifeMs,
    consumedAt: null,
    outcome: null,
  }
  await keep(context, flow)
  const state = await signState(context, {
    tenantId: flow.tenantId,
    flowId: id,
    callbackPath: flow.callbackPath,
    expiresAt: flow.expiresAt,
  })
  const asked = { app, state, challenge, nonce, loginHint: provider.loginHint(settings), forceConsent: input.forceConsent }
  const adminConsent = isAppGrant(provider, settings)
    ? provider.vendor.adminConsentUrl?.(app, { redirectUri: flow.redirectUri, state })
    : undefined
  return {
    connectionId: connection.id,
    flowId: id,
    authorizationUrl: adminConsent ?? authorizationUrl(provider, flow, asked),
    expiresAt: new Date(flow.expiresAt).toISOString(),
    setCookie: setBindingCookie(context.baseUrl, id, binding, lifeMs / 1000),
  }
}

async function keep(context: Context, flow: FlowRecord): Promise<void> {
  const { tenantId, connectionId } = flow
  const sealer = await context.envelope.sealerFor(tenantId)
  await context.store.transaction(async (transaction) => {
    await transaction.flows.insert(flow)
    const line = { tenantId, actor: actorOf(flow), subject: `connection:${connectionId}`, outcome: 'ok' }
    await appendAudit(context, transaction, sealer, { ...line, action: 'flow.started' })
  })
}

export function verifierContext(tenantId: string, flowId: string) {
  return { tenantId, table: 'tenantry_flows', rowId: flowId, field: 'verifier', version: 1 }
}

function authorizationUrl(
  provider: AnyProvider,
  flow: FlowRecord,
  input: { app: OAuthApp; state: string; challenge: string; nonce: string; loginHint: string | undefined; forceConsent: boolean },
): string {
  const url = new URL(input.app.endpoints.authorization)
  const parameters = {
    ...provider.vendor.authorizationParameters(input),
    client_id: input.app.clientId,
    response_type: 'code',
    redirect_uri: flow.redirectUri,
    scope: flow.scopes.join(' '),
    state: input.state,
    nonce: input.nonce,
    code_challenge: input.challenge,
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
