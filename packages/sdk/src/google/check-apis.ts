import { classifyAny } from '../connections/classify-any.ts'
import type { Context } from '../context.ts'
import { ProviderRefusal } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { GoogleBundle, GoogleService } from '../model/google-setup.ts'
import type { CheckOutcome } from '../connections/run-checks.ts'

const recentMs = 24 * 60 * 60_000

const names = { gmail: 'Gmail API', calendar: 'Google Calendar API', pubsub: 'Cloud Pub/Sub API' } as const

type ApiState = 'enabled' | 'disabled' | 'unknown'

/**
 * Which APIs are switched on in the tenant's project. Pub/Sub is asked with the tenant's key; Gmail and Calendar answer nobody but a signed-in person,
 * so what they said to the connections last counts.
 */
export async function checkApis(
  context: Context,
  bundle: GoogleBundle,
  connections: readonly Connection[],
  services: readonly GoogleService[],
): Promise<CheckOutcome> {
  const asksPubSub = services.includes('gmail') && bundle.notifications === 'managed'
  const states: Partial<Record<keyof typeof names, ApiState>> = {
    ...Object.fromEntries(services.map((service) => [service, seenBy(context, connections, service)])),
    ...(asksPubSub && { pubsub: await askPubSub(context, bundle) }),
  }
  const entries = Object.entries(states) as [keyof typeof names, ApiState][]
  const facts = Object.fromEntries(entries)
  const disabled = entries.find(([, state]) => state === 'disabled')
  if (disabled !== undefined) return { status: 'fail', code: 'api_not_enabled', values: { api: names[disabled[0]] }, facts }
  return { status: entries.every(([, state]) => state === 'enabled') ? 'pass' : 'skip', facts }
}

function seenBy(context: Context, connections: readonly Connection[], service: GoogleService): ApiState {
  const own = connections.filter(({ provider, status }) => context.providers.get(provider)?.service === service && isLive(status))
  if (own.some(({ reason, reasonValues }) => reason === 'api_not_enabled' && reasonValues['api'] !== names.pubsub)) return 'disabled'
  return own.some(({ lastSyncAt }) => (lastSyncAt ?? 0) > context.clock.now() - recentMs) ? 'enabled' : 'unknown'
}

/** Any answer about a topic says that the API is on; there need not be one of this name. */
async function askPubSub(context: Context, { serviceAccountKey: key, projectId }: GoogleBundle): Promise<ApiState> {
  if (context.google === null || key === undefined || projectId === undefined) return 'unknown'
  try {
    await context.google.pubsub.getTopic(key, `projects/${projectId}/topics/tenantry-check`)
    return 'enabled'
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    const { code } = classifyAny(context, error)
    if (code === 'api_not_enabled') return 'disabled'
    return code === 'pubsub_forbidden' && error.httpStatus === 403 ? 'enabled' : 'unknown'
  }
}
