import type { Context } from '../context.ts'
import type { MicrosoftBundle } from '../model/microsoft-setup.ts'
import { loadBundle as load } from '../setup/load-bundle.ts'
import type { BundleFormat, LoadedBundle } from '../setup/load-bundle.ts'
import { readBundle, writeBundle } from '../vendors/microsoft/bundle.ts'

export const microsoftFormat: BundleFormat<MicrosoftBundle> = { name: 'microsoft', read: readBundle, write: writeBundle }

/** The tenant's Entra app. @throws `unavailable` when the secrets cannot be asked, `secrets_unreadable` */
export function loadBundle(context: Context, tenantId: string): Promise<LoadedBundle<MicrosoftBundle>> {
  return load(context, tenantId, microsoftFormat)
}
