import { guard } from '../connections/guard.ts'
import { runChecks } from '../connections/run-checks.ts'
import type { CheckDefinition } from '../connections/run-checks.ts'
import type { Context } from '../context.ts'
import { microsoftRedirectUri } from '../model/addresses.ts'
import type { CheckId } from '../model/check.ts'
import { fixOf } from '../model/fix-of.ts'
import type { Principal } from '../model/principal.ts'
import { checkBaseUrl } from '../setup/check-base-url.ts'
import { checkRedirects } from '../setup/check-redirects.ts'
import type { CheckReport } from '../wire/index.ts'
import { checkClock, checkConsent, checkPair, checkSecretExpiry } from './check-app.ts'
import { loadBundle } from './load-bundle.ts'
import { ownConnections } from './own-connections.ts'

export interface TestOptions {
  readonly principal: Principal
  /** Answers these alone; what they need is run too. */
  readonly checks?: readonly CheckId[] | undefined
}

/**
 * Checks the setup against what Microsoft says now; each check fails alone, and one that cannot run says which one it waits for.
 * @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function test(context: Context, options: TestOptions): Promise<CheckReport> {
  const { principal, checks: only } = options
  await guard(context, principal, 'microsoft.test')
  const { bundle, version } = await loadBundle(context, principal.tenantId)
  const connections = await ownConnections(context, principal.tenantId)
  const redirect = { name: 'redirect', uri: microsoftRedirectUri(context.baseUrl), isProven: connections.length > 0 }
  const definitions: CheckDefinition[] = [
    { id: 'base_url', run: async () => checkBaseUrl(context) },
    { id: 'clock', run: () => checkClock(context, bundle) },
    { id: 'client_pair', run: () => checkPair(context, bundle, version) },
    { id: 'secret_expiry', run: async () => checkSecretExpiry(context, bundle) },
    { id: 'redirect_uris', needs: 'client_pair', run: async () => checkRedirects([redirect]) },
    { id: 'admin_consent', needs: 'client_pair', run: async () => checkConsent(context, bundle, connections) },
  ]
  return runChecks(context, definitions, { only, fixOf: (code, values) => fixOf(code, values, null) })
}
