import { redirectUris } from '@tenantry/sdk/model'
import { connectCalendar } from '@tenantry/sdk/testing'
import type { World } from './create-world.ts'
import { codeOf } from './expectations.ts'

/** A tenant of many. */
export interface Tenant {
  readonly principal: { readonly tenantId: string; readonly userId: string }
  readonly address: string
  readonly clientId: string
  readonly clientSecret: string
  readonly connectionId: string
}

/** A tenant with an app of its own, without a service account, whose one calendar is connected. */
export async function joinTenant(world: World, tenantId = 'acme'): Promise<Tenant> {
  const { google } = world.sandbox
  const principal = { tenantId, userId: 'dana' }
  const address = `dana@${tenantId}-calendar.test`
  google.createAccount({ address, seed: false })
  const { projectId } = google.createProject({ publishing: 'production' })
  const { clientId, clientSecret } = google.createClient({ projectId, redirectUris: Object.values(redirectUris(world.sdk.baseUrl)) })
  const replace = (value: string) => ({ action: 'replace' as const, value })
  await world.sdk.google.save({
    principal,
    changes: {
      notifications: 'polling',
      userType: 'external',
      projectId: replace(projectId),
      clientId: replace(clientId),
      clientSecret: replace(clientSecret),
    },
  })
  const connectionId = await connectCalendar(world, { principal, address })
  return { principal, address, clientId, clientSecret, connectionId }
}

/** What somebody who needs an access token gets. */
export async function askToken({ sdk }: Pick<World, 'sdk'>, { principal, connectionId }: Tenant): Promise<string> {
  return (await sdk.calendar.client({ principal, connectionId })).accessToken()
}

/** The code that asking for a token fails with, or `(succeeded)`. */
export const askCode = (world: Pick<World, 'sdk'>, tenant: Tenant): Promise<string> => codeOf(askToken(world, tenant))

export async function healthOf({ sdk }: Pick<World, 'sdk'>, { principal, connectionId }: Tenant) {
  return (await sdk.calendar.get({ principal, connectionId })).health
}

/** The refreshes that Google was asked for, of one grant or of all. */
export function refreshes({ sandbox }: Pick<World, 'sandbox'>, refreshToken?: string) {
  return sandbox.requests.filter(({ operation, body }) => {
    const form = new URLSearchParams(body)
    if (operation !== 'oauth.token' || form.get('grant_type') !== 'refresh_token') return false
    return refreshToken === undefined || form.get('refresh_token') === refreshToken
  })
}
