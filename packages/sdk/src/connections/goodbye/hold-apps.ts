import type { Context } from '../../context.ts'
import type { Sealer } from '../../crypto/envelope.ts'
import { isTenantryError, TenantryError } from '../../errors/index.ts'
import type { GoodbyeRecord, SecretName } from '../../ports/index.ts'
import type { OAuthApp } from '../../vendors/vendor.ts'
import { isOnTenantsApp, resolveOwnApp } from '../resolve-app.ts'
import { openHeld, sealHeld } from './material.ts'
import type { Held } from './material.ts'

/** The tenant's apps by the provider that uses them. */
export type HeldApps = ReadonlyMap<string, OAuthApp>

/** The apps that are about to be forgotten, of one vendor or all; one that is not complete or cannot be read serves nobody. @throws `unavailable` */
export async function loadApps(context: Context, tenantId: string, vendor?: SecretName): Promise<HeldApps> {
  const apps = new Map<string, OAuthApp>()
  for (const provider of context.providers.values()) {
    if (vendor !== undefined && provider.vendor.name !== vendor) continue
    try {
      apps.set(provider.name, await resolveOwnApp(context, tenantId, provider))
    } catch (error) {
      if (!isTenantryError(error) || error.code === 'unavailable') throw error
    }
  }
  return apps
}

const tries = 5

/** Gives the goodbyes that are still said the app that they need, before it is forgotten. @throws `unavailable` */
export async function keepApps(context: Context, tenantId: string, apps: HeldApps): Promise<void> {
  const sealer = await context.envelope.sealerFor(tenantId)
  for (const { id, provider, kind, endedAt } of await context.store.goodbyes.list(tenantId)) {
    const app = apps.get(provider)
    if (app !== undefined && kind === 'connection' && endedAt === null) await keepApp(context, sealer, { tenantId, id }, app)
  }
}

async function keepApp(
  context: Context,
  sealer: Sealer,
  { tenantId, id }: Pick<GoodbyeRecord, 'tenantId' | 'id'>,
  app: OAuthApp,
): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const record = await context.store.goodbyes.get(tenantId, id)
    const held = record === null || record.endedAt !== null ? null : await openOrNull(context, record)
    if (record === null || held === null || !isOnTenantsApp(context, held.connection)) return
    const sealed = await sealHeld(sealer, record, { ...held, app: held.app ?? app })
    if ((await context.store.goodbyes.update(tenantId, id, record.version, { sealed })) !== null) return
  }
  throw new TenantryError('unavailable')
}

/** What a goodbye holds; `null` when nobody can read it any more. @throws `unavailable` */
export async function openOrNull(context: Context, record: GoodbyeRecord): Promise<Held | null> {
  try {
    return await openHeld(context, record)
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    return null
  }
}
