import type { Context } from '../context.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import type { SecretName } from '../ports/index.ts'

/** How a vendor's app bundle lies in the secrets. */
export interface BundleFormat<Bundle> {
  readonly name: SecretName
  /** `null`: nothing was ever saved. @throws `secrets_unreadable` */
  read(stored: string | null): Bundle
  write(bundle: Bundle): Secret
}

export interface LoadedBundle<Bundle> {
  readonly bundle: Bundle
  /** `null` when nothing was ever saved. */
  readonly version: string | null
}

/** The tenant's app. @throws `unavailable` when the secrets cannot be asked, `secrets_unreadable` */
export async function loadBundle<Bundle>(context: Context, tenantId: string, format: BundleFormat<Bundle>): Promise<LoadedBundle<Bundle>> {
  const stored = await context.secrets.get({ tenantId, name: format.name })
  return stored === null
    ? { bundle: format.read(null), version: null }
    : { bundle: format.read(revealSecret(stored.value)), version: stored.version }
}
