import { actorOf, appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { isTenantryError, TenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import { isDraft } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { bindingCookieName, clearBindingCookie } from '../oauth/binding-cookie.ts'
import { hashText } from '../oauth/pkce.ts'
import { readState } from '../oauth/state.ts'
import type { FlowState } from '../oauth/state.ts'
import { encodeText } from '../crypto/base64url.ts'
import { equalBytes } from '../crypto/equal-bytes.ts'
import type { FlowOutcome, FlowRecord } from '../ports/index.ts'
import { isAppGrant } from './audience.ts'
import { factsOf, guard } from './guard.ts'
import { changeConnection } from './change.ts'
import { resolveAppAt } from './resolve-app.ts'
import { storeGrant } from './store-grant.ts'

export interface CallbackInput {
  /** The path that the browser was sent to. */
  readonly callbackPath: string
  readonly params: URLSearchParams
  readonly cookie: (name: string) => string | undefined
  /** The host's session of this very request. */
  readonly principal: Principal | null
}

/** How a sign-in ended. Carries nothing that the vendor wrote. */
export interface CompletedFlow {
  readonly flowId: string | null
  readonly connectionId: string | null
  readonly outcome: 'connected' | 'failed'
  readonly code: ErrorCode | null
  readonly values: Readonly<Record<string, string>>
  readonly openerOrigin: string | null
  readonly returnTo: string | null
  readonly clearCookie: string | null
}

/**
 * Ends an OAuth round trip. The order is the defence: signature, then the one use of the flow, then browser and session, then the issuer, and
 * only then the code is spent. Bad input is an outcome, not an exception. RFC 9700 4.7, RFC 9207.
 */
export async function completeConnect(context: Context, input: CallbackInput): Promise<CompletedFlow> {
  let flow: FlowRecord | null = null
  try {
    flow = await consumeFlow(context, input)
    const result = await finishFlow(context, input, flow)
    return describe(context, input, flow, result)
  } catch (error) {
    const failure = isTenantryError(error) ? error : new TenantryError('internal')
    if (!isTenantryError(error)) context.logger.log('error', 'flow.crashed', { name: error instanceof Error ? error.name : 'unknown' })
    const outcome: FlowOutcome = { outcome: 'failed', code: failure.code, values: failure.values }
    if (flow !== null) await recordFailure(context, flow, outcome, input.principal)
    return describe(context, input, flow, outcome)
  }
}

async function consumeFlow(context: Context, input: CallbackInput): Promise<FlowRecord> {
  const state = await readSignedState(context, input)
  const now = context.clock.now()
  const flow = await context.store.flows.consume(state.tenantId, state.flowId, now)
  if (flow !== null) return flow
  const spent = await context.store.flows.get(state.tenantId, state.flowId)
  if (spent === null) throw new TenantryError('state_invalid')
  throw new TenantryError(spent.consumedAt === null ? 'state_expired' : 'state_used')
}

async function readSignedState(context: Context, input: CallbackInput): Promise<FlowState> {
  const texts = input.params.getAll('state')
  const state = texts.length === 1 ? await readState(context, texts[0] ?? '') : null
  if (state === null || state.callbackPath !== input.callbackPath) throw new TenantryError('state_invalid')
  if (state.expiresAt <= context.clock.now()) throw new TenantryError('state_expired')
  return state
}

async function finishFlow(context: Context, input: CallbackInput, flow: FlowRecord): Promise<FlowOutcome> {
  await assertSameBrowser(context, input, flow)
  const principal = assertSamePerson(input, flow)
  const provider = providerNamed(context, flow.provider)
  const stored = await context.store.connections.get(flow.tenantId, flow.connectionId)
  if (stored === null || stored.generation !== flow.generation) throw new TenantryError('not_found')
  const connection = { ...stored, settings: flow.settings ?? stored.settings }
  // Asked again at the end: a right may be gone by now.
  await guard(context, principal, isDraft(stored) ? 'connection.connect' : 'connection.reconnect', factsOf(stored))
  const app = await resolveAppAt(context, connection, provider, flow.appVersion)
  assertIssuer(input.params, provider.vendor.issuers(app, {}))
  const refused = single(input.params, 'error')
  if (refused !== null) throw new TenantryError(provider.vendor.callbackError(refused, single(input.params, 'error_description') ?? ''))
  const consented = isAppGrant(provider, connection.settings) ? (provider.vendor.readAdminConsent?.(input.params, app) ?? null) : null
  const code = single(input.params, 'code')
  // Codes of Microsoft are some kilobytes long.
  if (consented === null && (code === null || code === '' || code.length > 8192)) throw new TenantryError('state_invalid')
  await storeGrant(context, { provider, connection, flow, app, answer: consented ?? { code: code ?? '' } })
  const outcome: FlowOutcome = { outcome: 'connected', code: null, values: {} }
  await finish(context, flow, outcome, actorOf(principal))
  context.jobs.wake()
  return outcome
}

async function assertSameBrowser(context: Context, input: CallbackInput, flow: FlowRecord): Promise<void> {
  const binding = input.cookie(bindingCookieName(context.baseUrl, flow.id)) ?? ''
  const hash = await hashText(context.crypto, binding)
  if (!equalBytes(encodeText(hash), encodeText(flow.bindingHash))) throw new TenantryError('browser_mismatch')
}

function assertSamePerson(input: CallbackInput, flow: FlowRecord): Principal {
  const { principal } = input
  if (principal === null || principal.tenantId !== flow.tenantId || principal.userId !== flow.userId)
    throw new TenantryError('session_mismatch')
  return principal
}

/** RFC 9207: absent is allowed, because Google does not promise it; present it has to be the one. */
function assertIssuer(params: URLSearchParams, issuers: readonly string[]): void {
  const [found, ...more] = params.getAll('iss')
  if (more.length > 0 || (found !== undefined && found !== issuers[0])) throw new TenantryError('issuer_mismatch')
}

function single(params: URLSearchParams, name: string): string | null {
  const values = params.getAll(name)
  if (values.length > 1) throw new TenantryError('state_invalid')
  return values[0] ?? null
}

/** The outcome, and its line in the audit log. */
async function finish(context: Context, flow: FlowRecord, outcome: FlowOutcome, actor: string): Promise<void> {
  const { tenantId, id, connectionId } = flow
  const sealer = await context.envelope.sealerFor(tenantId)
  await context.store.transaction(async (transaction) => {
    await transaction.flows.finish(tenantId, id, outcome)
    await appendAudit(context, transaction, sealer, {
      tenantId,
      actor,
      action: outcome.outcome === 'connected' ? 'flow.completed' : 'flow.refused',
      subject: `connection:${connectionId}`,
      outcome: outcome.code ?? 'ok',
    })
  })
}

async function recordFailure(context: Context, flow: FlowRecord, outcome: FlowOutcome, principal: Principal | null): Promise<void> {
  // Whoever came back, if it is somebody of this tenant; another tenant's user is none of its business.
  await finish(context, flow, outcome, principal?.tenantId === flow.tenantId ? actorOf(principal) : 'service')
  // A connection that never lived is put aside; the clean-up task removes it. One that lived stays as it was.
  const subject = { tenantId: flow.tenantId, id: flow.connectionId, generation: flow.generation }
  await changeConnection(context.store, subject, context.clock.now(), (current) =>
    current.account === null && current.status === 'connecting'
      ? { status: 'disconnected', reason: outcome.code, reasonValues: outcome.values }
      : null,
  )
}

function describe(context: Context, { callbackPath }: CallbackInput, flow: FlowRecord | null, outcome: FlowOutcome): CompletedFlow {
  const provider = [...context.providers.values()].find((candidate) => candidate.callbackPath === callbackPath)
  return {
    ...outcome,
    values: { ...(provider !== undefined && { vendor: provider.vendor.title }), ...outcome.values },
    flowId: flow?.id ?? null,
    connectionId: flow?.connectionId ?? null,
    openerOrigin: flow?.openerOrigin ?? null,
    returnTo: flow?.returnTo ?? null,
    clearCookie: flow === null ? null : clearBindingCookie(context.baseUrl, flow.id),
  }
}
