import { actorOf } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { isTenantryError, ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { Account, Connection } from '../model/connection.ts'
import { missingScopes } from '../model/scopes.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import { exchangeCode, requestAppGrant } from '../oauth/token-client.ts'
import type { Grant } from '../oauth/token-client.ts'
import type { ConnectionPatch, FlowRecord, Repositories, TokenRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import { firstAudience, tokenScope } from './audience.ts'
import { verifierContext } from './begin-flow.ts'
import { writeChoices } from './change-choices.ts'
import { takeBack } from './goodbye/take-back.ts'
import { healSiblings } from './heal-siblings.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'
import { identify } from './identify.ts'
import { openAudiences } from './open-audiences.ts'
import { probeGrant, settleProbe } from './probe-grant.ts'
import { refuseTwin } from './refuse-twin.ts'
import { isOnOwnApp } from './resolve-app.ts'
import { sealGrant } from './seal-grant.ts'
import { tokenContext } from './token-context.ts'

interface GrantInput {
  readonly provider: AnyProvider
  readonly connection: Connection
  readonly flow: FlowRecord
  /** The app at the version that the flow began with. */
  readonly app: OAuthApp
  /** What came back: a person's code, or whom an admin's consent makes the app act for. */
  readonly answer: { readonly code: string } | Account
}

/**
 * Spends the code, checks scopes and account, stores the tokens, and only then probes access: what the probe finds is a status, save the
 * wrong account, which undoes everything.
 */
export async function storeGrant(context: Context, input: GrantInput): Promise<void> {
  const { provider, connection } = input
  const grant = await exchange(context, input)
  const account = await acceptGrant(context, input, grant)
  const { kept, row } = await keep(context, input, account, grant)
  const stored = await probe(context, { ...input, connection: kept }, account, grant, row)
  // Without a new refresh token the others have nothing to gain.
  if (grant.refreshToken === null) return
  await healSiblings(context, { provider, connection, account, record: stored, scope: grant.scope, facts: factsOfGrant(input, grant) })
}

/** An app of its own has nothing to refresh with. */
const noToken = new Secret('-')

async function exchange(context: Context, { provider, connection, flow, app, answer }: GrantInput): Promise<Grant> {
  const asked = { vendor: provider.vendor.name, app, scope: tokenScope(provider, app, connection.settings) }
  try {
    if (!('code' in answer)) return await requestAppGrant(context, asked)
    const verifier = await context.envelope.open(verifierContext(flow.tenantId, flow.id), flow.sealedVerifier)
    return await exchangeCode(context, { ...asked, code: answer.code, redirectUri: flow.redirectUri, verifier })
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    const { error: failure } = provider.vendor.classify(error)
    // A refused code is not a revoked grant.
    throw failure.code === 'grant_revoked' ? new TenantryError('oauth_refused') : failure
  }
}

async function acceptGrant(context: Context, input: GrantInput, grant: Grant): Promise<Account> {
  const { provider, connection, flow, app, answer } = input
  let account: Account | null = null
  try {
    account = 'code' in answer ? await identify(context, { provider, app, nonceHash: flow.nonceHash, idToken: grant.idToken }) : answer
    const missing = 'code' in answer ? missingScopes(firstAudience(provider, connection.settings).scopes, grant.scope) : []
    if (missing.length > 0) throw new TenantryError('insufficient_scope', { values: { scopes: missing.join(', ') } })
    provider.checkAccount(connection.settings, account)
    // What the settings name themselves stays the same whoever signs in for it.
    if (provider.address === undefined && connection.account !== null && connection.account.subject !== account.subject) {
      throw new TenantryError('account_mismatch', { values: { expected: connection.account.address, actual: account.address } })
    }
    await refuseTwin(context.store, provider, connection, account)
    return account
  } catch (error) {
    await takeBack(context, { ...input, account, grant })
    throw error
  }
}

async function earlierRefreshToken(
  context: Context,
  { provider, connection }: GrantInput,
  earlier: TokenRecord | null,
  account: Account,
): Promise<Secret> {
  const stored = await context.store.connections.get(connection.tenantId, connection.id)
  const isSameApp = stored !== null && isOnOwnApp(provider, stored.settings) === isOnOwnApp(provider, connection.settings)
  // One that asked for this sign-in is dead.
  const serves = earlier !== null && connection.account?.subject === account.subject && connection.status !== 'needs_reauth'
  if (!serves || !isSameApp) throw new TenantryError('needs_consent')
  return context.envelope.open(tokenContext(earlier, 'refresh'), earlier.sealedRefresh)
}

/** The grant before was refreshed in the meantime. */
class Replaced extends Error {}

const tries = 5

interface Kept {
  readonly kept: Connection
  readonly row: TokenRecord
}

/** @throws `not_found` when the connection was ended while the person signed in, and the new grant is taken back; `needs_consent`, `unavailable` */
async function keep(context: Context, input: GrantInput, account: Account, grant: Grant): Promise<Kept> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      return await keepOnce(context, input, account, grant)
    } catch (error) {
      if (error instanceof Replaced) continue
      if (!(error instanceof LostLease)) throw error
      await takeBack(context, { ...input, account, grant })
      throw new TenantryError('not_found')
    }
  }
  throw new TenantryError('unavailable')
}

async function keepOnce(context: Context, input: GrantInput, account: Account, grant: Grant): Promise<Kept> {
  const { tenantId, id: connectionId } = input.connection
  const earlier = await context.store.tokens.get(tenantId, connectionId)
  const isNew = grant.refreshToken !== null
  const refreshToken =
    'code' in input.answer ? (grant.refreshToken ?? (await earlierRefreshToken(context, input, earlier, account))) : noToken
  const access = { first: { token: revealSecret(grant.accessToken), expiresAt: grant.expiresAt }, others: {} }
  const facts = {
    version: (earlier?.version ?? 0) + 1,
    grantedAt: isNew || earlier === null ? context.clock.now() : earlier.grantedAt,
    refreshExpiresAt: grant.refreshExpiresAt ?? (isNew ? null : (earlier?.refreshExpiresAt ?? null)),
  }
  const sealer = await context.envelope.sealerFor(tenantId)
  const row = await sealGrant(sealer, { tenantId, connectionId }, { access, refreshToken }, facts)
  return context.store.transaction(async (transaction) => {
    const current = await assertSameLife(transaction, input.connection)
    const kept = await applySettings(context, transaction, sealer, input, current)
    if (!(await transaction.tokens.put(row))) throw new Replaced()
    return { kept, row }
  })
}

/** What the sign-in was for. @throws LostLease when the connection was ended meanwhile */
async function applySettings(
  context: Context,
  transaction: Repositories,
  sealer: Sealer,
  { provider, flow }: GrantInput,
  current: Connection,
): Promise<Connection> {
  if (flow.settings === null) return current
  const change = { name: current.name, settings: flow.settings }
  const written = await writeChoices(context, transaction, sealer, { provider, connection: current, change, actor: actorOf(flow) })
  if (written === null) throw new LostLease()
  return written
}

/** @returns the grant as it is stored by then @throws `account_mismatch`; `not_found` when the connection was ended meanwhile: the new grant is taken back */
async function probe(context: Context, input: GrantInput, account: Account, grant: Grant, row: TokenRecord): Promise<TokenRecord> {
  const { provider } = input
  const connection = { ...input.connection, account }
  let own = row
  try {
    const probed = await probeGrant(context, provider, connection, async () => {
      try {
        return await openAudiences(context, provider, connection, grant.accessToken)
      } finally {
        own = await latest(context, row)
      }
    })
    const sealer = await context.envelope.sealerFor(connection.tenantId)
    const because = { actor: actorOf(input.flow), patch: { account, ...factsOfGrant(input, grant), failures: 0, nextAttemptAt: null } }
    await context.store.transaction((transaction) => settleProbe(context, transaction, sealer, input.connection, probed, because))
    return own
  } catch (error) {
    if (error instanceof LostLease) {
      await undo(context, own, account)
      await takeBack(context, { ...input, account, grant })
      throw new TenantryError('not_found')
    }
    if (!isTenantryError(error) || error.code !== 'account_mismatch') throw error
    await context.store.tokens.remove(row.tenantId, row.connectionId)
    await takeBack(context, { ...input, account, grant })
    throw error
  }
}

/** A connection that only reads something else by now keeps the new grant of its account. */
async function undo({ store }: Context, { tenantId, connectionId, version }: TokenRecord, { subject }: Account): Promise<void> {
  const current = await store.connections.get(tenantId, connectionId)
  if (current !== null && current.status !== 'disconnected' && current.account?.subject === subject) return
  if ((await store.tokens.get(tenantId, connectionId))?.version === version) await store.tokens.remove(tenantId, connectionId)
}

/** The grant after its own refreshes, which keep the time when it was given; a newer sign-in's is not ours. */
async function latest(context: Context, row: TokenRecord): Promise<TokenRecord> {
  const stored = await context.store.tokens.get(row.tenantId, row.connectionId)
  return stored?.grantedAt === row.grantedAt ? stored : row
}

/** What the sign-in says of the grant, for every connection that lives on it. */
const factsOfGrant = ({ flow }: GrantInput, { scope }: Grant): ConnectionPatch => ({
  grantedScopes: scope.split(' ').filter(Boolean),
  appVersion: flow.appVersion,
})
