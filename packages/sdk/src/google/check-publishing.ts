import type { Context } from '../context.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { CheckOutcome } from '../connections/run-checks.ts'
import { describeEndings } from './describe-endings.ts'

const testingLifeMs = 7 * 24 * 60 * 60_000

/** Whether the app is in Testing cannot be asked; Google says with each sign-in whether it will end it, and none outlives seven days there. */
export async function checkPublishing(context: Context, bundle: GoogleBundle, connections: readonly Connection[]): Promise<CheckOutcome> {
  const google = connections.filter(
    ({ provider, account, status }) => context.providers.get(provider)?.vendor.name === 'google' && account !== null && isLive(status),
  )
  const [endings, tokens] = await Promise.all([
    describeEndings(context, connections),
    Promise.all(google.map(({ tenantId, id }) => context.store.tokens.get(tenantId, id))),
  ])
  const oldest = tokens.reduce((earliest, token) => Math.min(earliest, token?.grantedAt ?? earliest), Number.POSITIVE_INFINITY)
  const facts = {
    userType: bundle.userType,
    endingSignIns: endings.length,
    oldestSignInAt: Number.isFinite(oldest) ? new Date(oldest).toISOString() : null,
  }
  const first = endings[0]
  if (first !== undefined) return { status: 'warn', code: 'sign_in_ending', values: { date: first.endsAt }, facts }
  const isProven = bundle.userType === 'internal' || context.clock.now() - oldest > testingLifeMs
  return { status: isProven ? 'pass' : 'skip', facts }
}
