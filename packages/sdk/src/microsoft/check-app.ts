import type { CheckOutcome } from '../connections/run-checks.ts'
import type { Context } from '../context.ts'
import { ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import { missingForMicrosoft } from '../model/microsoft-setup.ts'
import type { MicrosoftBundle } from '../model/microsoft-setup.ts'
import { daysUntil } from '../model/secret-expiry.ts'
import { readBody } from '../oauth/read-body.ts'
import { requestAppGrant } from '../oauth/token-client.ts'
import { authorityOf } from '../vendors/microsoft/authority.ts'
import { resolveMicrosoftApp } from '../vendors/microsoft/bundle.ts'
import { classifyMicrosoft } from '../vendors/microsoft/refusals.ts'
import { consentUrlOf } from './status.ts'

/**
 * Asks for a token of the app itself, which nothing is done with. A code that nobody has would prove less: Entra looks at the code before it looks at the
 * secret.
 */
export async function checkPair(context: Context, bundle: MicrosoftBundle, version: string | null): Promise<CheckOutcome> {
  const { cloud, directoryId } = bundle
  if (context.microsoft === null)
    throw new TenantryError('microsoft_not_configured', { values: { missing: missingForMicrosoft(bundle).join(', ') } })
  const app = resolveMicrosoftApp(context.microsoft.endpoints, bundle, version ?? '')
  try {
    await requestAppGrant(context, { vendor: 'microsoft', app, scope: `${context.microsoft.endpoints[cloud].resources.graph}/.default` })
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    const { error: failure } = classifyMicrosoft(error)
    if (failure.code !== 'directory_not_found') throw failure
    throw new TenantryError('directory_not_found', { values: { directory: directoryId ?? '' } })
  }
  return { facts: { cloud, directoryId: directoryId ?? null } }
}

const warnDays = 30

/** Microsoft does not tell when a secret ends, so this goes by what the admin typed. */
export function checkSecretExpiry(context: Context, { clientSecret, secretExpiresOn }: MicrosoftBundle): CheckOutcome {
  if (clientSecret === undefined || secretExpiresOn === undefined) return { status: 'skip' }
  const daysLeft = daysUntil(secretExpiresOn, context.clock.now())
  const seen = { actual: secretExpiresOn, facts: { daysLeft } }
  if (daysLeft < 0) return { ...seen, status: 'fail', code: 'app_secret_expired' }
  return daysLeft > warnDays ? seen : { ...seen, status: 'warn', code: 'app_secret_ending', values: { date: secretExpiresOn } }
}

const consentCodes: readonly (ErrorCode | null)[] = ['admin_consent_required', 'consent_required']

/** Nobody can ask whether an administrator approved the app: a connection that works is the proof that whoever had to did. */
export function checkConsent(context: Context, bundle: MicrosoftBundle, connections: readonly Connection[]): CheckOutcome {
  const seen = { expected: consentUrlOf(context, bundle), facts: { consentProven: connections.some(isWorking) } }
  const waiting = connections.find(({ reason }) => consentCodes.includes(reason))
  if (waiting?.reason) return { ...seen, status: 'fail', code: waiting.reason }
  return { ...seen, status: seen.facts.consentProven ? 'pass' : 'warn' }
}

const isWorking = ({ status, reason }: Connection): boolean => isLive(status) && reason === null

const skewSeconds = 60

/** Sign-ins are refused when the clocks are further apart; Microsoft's is in the head of each of its answers. */
export async function checkClock(context: Context, { cloud, directoryId }: MicrosoftBundle): Promise<CheckOutcome> {
  if (context.microsoft === null) return { status: 'skip' }
  const { jwks } = authorityOf(context.microsoft.endpoints[cloud], cloud, directoryId ?? 'organizations')
  const { headers } = await readBody(context.fetch, new Request(jwks, { headers: { accept: 'application/json' } }))
  const theirs = Date.parse(headers.get('date') ?? '')
  if (!Number.isFinite(theirs)) return { status: 'skip' }
  const seconds = Math.round(Math.abs(context.clock.now() - theirs) / 1000)
  const seen = { actual: new Date(context.clock.now()).toISOString(), expected: new Date(theirs).toISOString(), facts: { seconds } }
  return seconds > skewSeconds ? { ...seen, status: 'fail', code: 'clock_wrong', values: { seconds: String(seconds) } } : seen
}
