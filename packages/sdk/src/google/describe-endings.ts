import type { Context } from '../context.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { GoogleSetupStatus } from '../wire/index.ts'

/** Sign-ins that Google ends by itself, soonest first: the sign of an app in Testing. @throws `unavailable` */
export async function describeEndings(context: Context, connections: readonly Connection[]): Promise<GoogleSetupStatus['endingSignIns']> {
  const google = connections.filter(
    ({ provider, account, status }) => context.providers.get(provider)?.vendor.name === 'google' && account !== null && isLive(status),
  )
  const [first] = google
  if (first === undefined) return []
  const names = new Map(google.map(({ id, name }) => [id, name]))
  const endings = await context.store.tokens.listEnds(first.tenantId, [...names.keys()])
  return endings
    .toSorted((left, right) => left.endsAt - right.endsAt)
    .map(({ connectionId, endsAt }) => ({ connectionId, name: names.get(connectionId) ?? '', endsAt: new Date(endsAt).toISOString() }))
}
