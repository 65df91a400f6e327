import { actorOf, noteAudit } from '../audit/append-audit.ts'
import { forgetApp } from '../connections/breaker.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { FieldStamp } from '../model/google-setup.ts'
import type { Principal } from '../model/principal.ts'
import { loadBundle } from './load-bundle.ts'
import type { BundleFormat } from './load-bundle.ts'

export interface SavedBundle<Bundle> {
  readonly before: Bundle
  readonly after: Bundle
  /** Of the bundle after the save. */
  readonly version: string
}

interface SaveInput<Bundle> {
  readonly principal: Principal
  /** The version that the form was opened with; absent: whatever is there. */
  readonly ifVersion: string | null | undefined
  /** The bundle as it will be. @throws what is wrong with the changes */
  readonly apply: (bundle: Bundle, stamp: FieldStamp) => Bundle | Promise<Bundle>
  /** Journals what has to be undone with the bundle before, just before that is forgotten. The save may fail all the same. */
  readonly journal?: (change: Pick<SavedBundle<Bundle>, 'before' | 'after'>) => Promise<void>
}

/**
 * Saves the tenant's app: one version, all of it or none of it. What was known of the app before says nothing any more.
 * @throws `conflict` when someone saved meanwhile, `unavailable`, `secrets_unreadable`, what `apply` throws
 */
export async function saveBundle<Bundle>(
  context: Context,
  format: BundleFormat<Bundle>,
  { principal, ifVersion, apply, journal }: SaveInput<Bundle>,
): Promise<SavedBundle<Bundle>> {
  const { tenantId } = principal
  const { bundle: before, version } = await loadBundle(context, tenantId, format)
  if (ifVersion !== undefined && ifVersion !== version) throw new TenantryError('conflict')
  const after = await apply(before, { updatedAt: context.clock.now(), updatedBy: principal.displayName ?? principal.userId })
  await journal?.({ before, after })
  const saved = await context.secrets.put({ tenantId, name: format.name }, format.write(after), version ?? 'absent')
  await noteAudit(context, { tenantId, actor: actorOf(principal), action: 'app.saved', subject: `app:${format.name}`, outcome: 'ok' })
  await forgetApp(context, tenantId, format.name)
  return { before, after, version: saved.version }
}
