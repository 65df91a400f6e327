import type { Context } from '../../context.ts'
import { TenantryError } from '../../errors/index.ts'
import { revealSecret } from '../../model/secret.ts'
import type { Secret } from '../../model/secret.ts'
import { refreshGrant, requestAppGrant } from '../../oauth/token-client.ts'
import type { AnyProvider } from '../../providers/provider.ts'
import { isAppGrant, tokenScope } from '../audience.ts'
import { resolveApp } from '../resolve-app.ts'
import type { Held } from './material.ts'

const marginMs = 30_000

/** Access of a connection that has ended, as long as its goodbye lasts: nothing of it is stored. */
export interface HeldAccess {
  /** @throws `grant_revoked` when there is none any more; what the token endpoint refuses with */
  token(): Promise<string>
  /** The provider refused the last one. @returns whether there may be another */
  reject(): boolean
  /** What takes the grant back. */
  grant(): Secret | null
}

export function openAccess(context: Context, provider: AnyProvider, { connection, access, app, refresh }: Held): HeldAccess {
  const serves = access !== null && access.expiresAt - marginMs > context.clock.now()
  let current: Promise<string> | null = serves ? Promise.resolve(revealSecret(access.token)) : null
  let held = refresh
  let exchanged = false

  const exchange = async (): Promise<string> => {
    if (held === null) throw new TenantryError('grant_revoked')
    exchanged = true
    // The one that the grant was given to, when that is forgotten here.
    const client = app ?? (await resolveApp(context, connection, provider))
    const asked = { vendor: provider.vendor.name, app: client, scope: tokenScope(provider, client, connection.settings) }
    const grant = isAppGrant(provider, connection.settings)
      ? await requestAppGrant(context, asked)
      : await refreshGrant(context, { ...asked, refreshToken: held })
    held = grant.refreshToken ?? held
    return revealSecret(grant.accessToken)
  }

  return {
    token: () => (current ??= exchange()),
    reject() {
      if (exchanged) return false
      current = null
      return true
    },
    grant: () => held ?? access?.token ?? null,
  }
}
