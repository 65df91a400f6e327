import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { revealSecret } from '../model/secret.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

type Pinned = Pick<Connection, 'tenantId' | 'settings'>

/**
 * The app that a connection is pinned to: the tenant's own, or the host's where its settings say so. Neither stands in for the other.
 * @throws `google_not_configured`, `microsoft_not_configured`, `host_app_missing`, `unavailable`, `secrets_unreadable`
 */
export async function resolveApp(context: Context, { tenantId, settings }: Pinned, provider: AnyProvider): Promise<OAuthApp> {
  return provider.hostApp?.(settings) ?? resolveOwnApp(context, tenantId, provider)
}

/** The tenant's own app for a provider. @throws `google_not_configured`, `microsoft_not_configured`, `unavailable`, `secrets_unreadable` */
export async function resolveOwnApp(context: Context, tenantId: string, provider: AnyProvider): Promise<OAuthApp> {
  const stored = await context.secrets.get({ tenantId, name: provider.vendor.name })
  if (stored === null) return provider.vendor.resolveApp('', '', provider.service)
  return provider.vendor.resolveApp(revealSecret(stored.value), stored.version, provider.service)
}

/** The app at the version that a flow began with, so that a code is never sent with other credentials. @throws `conflict` when it was changed since */
export async function resolveAppAt(context: Context, pinned: Pinned, provider: AnyProvider, version: string): Promise<OAuthApp> {
  const app = await resolveApp(context, pinned, provider)
  if (app.version !== version) throw new TenantryError('conflict')
  return app
}

/** Whether what becomes of the tenant's own app concerns a connection; also of a provider that the host has no more. */
export function isOnTenantsApp(context: Context, { provider, settings }: Pick<Connection, 'provider' | 'settings'>): boolean {
  const its = context.providers.get(provider)
  return its === undefined || isOnOwnApp(its, settings)
}

/** Whether settings pin a connection to the tenant's own app. */
export function isOnOwnApp(provider: AnyProvider, settings: Connection['settings']): boolean {
  return provider.isOnHostApp?.(settings) !== true
}
