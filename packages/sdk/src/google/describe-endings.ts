import type { Context } from '../context.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { GoogleSetupStatus } from '../wire/index.ts'

/** Sign-ins that Google ends by itself, soonest first: the sign of an app in Testing. @throws `unavailable` */
export async function describeEndings(context: Context, connections: readonly Connection[]): Promise<GoogleSetupStatus['endingSignIns']> {
  const google = connections.filter(
    ({ provider, account, status }) => context.providers.get(provider)?.vendor.name === 'google' && account !== null && isLive(status),
  )
  const endings = await Promise.all(
    google.map(async ({ tenantId, id, name }) => {
      const endsAt = (await context.store.tokens.get(tenantId, id))?.refreshExpiresAt ?? null
      return endsAt === null ? [] : [{ connectionId: id, name, endsAt }]
    }),
  )
  return endings
    .flat()
    .toSorted((left, right) => left.endsAt - right.endsAt)
    .map((ending) => ({ ...ending, endsAt: new Date(ending.endsAt).toISOString() }))
}
