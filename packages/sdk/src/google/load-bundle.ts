import type { Context } from '../context.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import { revealSecret } from '../model/secret.ts'
import { readBundle } from '../vendors/google/bundle.ts'

export interface LoadedBundle {
  readonly bundle: GoogleBundle
  /** `null` when nothing was ever saved. */
  readonly version: string | null
}

/** The tenant's Google app. @throws `unavailable` when the secrets cannot be asked, `secrets_unreadable` */
export async function loadBundle(context: Context, tenantId: string): Promise<LoadedBundle> {
  const stored = await context.secrets.get({ tenantId, name: 'google' })
  return stored === null
    ? { bundle: readBundle(null), version: null }
    : { bundle: readBundle(revealSecret(stored.value)), version: stored.version }
}
