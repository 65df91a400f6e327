import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { revealSecret } from '../model/secret.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

/** The tenant's own app for a provider; there is no other to fall back to. @throws `google_not_configured`, `unavailable`, `secrets_unreadable` */
export async function resolveApp(context: Context, tenantId: string, provider: AnyProvider): Promise<OAuthApp> {
  const stored = await context.secrets.get({ tenantId, name: provider.vendor.name })
  if (stored === null) return provider.vendor.resolveApp('', '', provider.service)
  return provider.vendor.resolveApp(revealSecret(stored.value), stored.version, provider.service)
}

/** The app at the version that a flow began with, so that a code is never sent with other credentials. @throws `conflict` when it was changed since */
export async function resolveAppAt(context: Context, tenantId: string, provider: AnyProvider, version: string): Promise<OAuthApp> {
  const app = await resolveApp(context, tenantId, provider)
  if (app.version !== version) throw new TenantryError('conflict')
  return app
}
