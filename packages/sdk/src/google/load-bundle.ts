import type { Context } from '../context.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import { loadBundle as load } from '../setup/load-bundle.ts'
import type { BundleFormat, LoadedBundle } from '../setup/load-bundle.ts'
import { readBundle, writeBundle } from '../vendors/google/bundle.ts'

export const googleFormat: BundleFormat<GoogleBundle> = { name: 'google', read: readBundle, write: writeBundle }

/** The tenant's Google app. @throws `unavailable` when the secrets cannot be asked, `secrets_unreadable` */
export function loadBundle(context: Context, tenantId: string): Promise<LoadedBundle<GoogleBundle>> {
  return load(context, tenantId, googleFormat)
}
