import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import { TenantryError } from '../errors/index.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { Principal } from '../model/principal.ts'
import type { GoodbyeRecord } from '../ports/index.ts'
import { parseChanges } from '../setup/parse-changes.ts'
import { saveBundle } from '../setup/save-bundle.ts'
import { scheduleProvisioning } from '../setup/schedule-provisioning.ts'
import { googleChangesSchema } from '../wire/index.ts'
import type { GoogleChanges, GoogleSetupStatus } from '../wire/index.ts'
import { applyChanges } from './apply-changes.ts'
import { askToReconnect } from './ask-to-reconnect.ts'
import { leaveProject } from './goodbye/leave-project.ts'
import { googleFormat } from './load-bundle.ts'
import { sayAll } from './reset.ts'
import { describeSetup } from './status.ts'

/**
 * Saves changes to the tenant's Google app: one version, all of it or none of it. Untouched fields stay; live connections use the new app at
 * their next refresh, and where a service has another OAuth client now, its connections ask for a new sign-in. What we had created in Pub/Sub is deleted
 * where the app leaves its project, or its key is taken away: see `goodbye` of the status.
 * @throws `forbidden`, the fields' codes, `conflict` when someone saved meanwhile, `unavailable`, `secrets_unreadable`
 */
export async function save(
  context: Context,
  options: { readonly principal: Principal; readonly changes: GoogleChanges },
): Promise<GoogleSetupStatus> {
  const { principal } = options
  const { tenantId } = principal
  await guard(context, principal, 'google.save')
  const changes = parseChanges(googleChangesSchema, options.changes)
  const left: GoodbyeRecord[] = []
  try {
    const saved = await saveBundle(context, googleFormat, {
      principal,
      ifVersion: changes.ifVersion,
      async apply(bundle, stamp) {
        const next = applyChanges(bundle, changes, stamp)
        if (next.serviceAccountKey !== undefined && next.serviceAccountKey !== bundle.serviceAccountKey)
          await assertUsableKey(context, next)
        return next
      },
      async journal(change) {
        const undo = await leaveProject(context, tenantId, change)
        if (undo !== null) left.push(undo)
      },
    })
    await askToReconnect(context, tenantId, saved)
    await scheduleProvisioning(context, tenantId, 'google')
  } finally {
    // Also when the save failed: what it would have left is in use, which ends the journal at once.
    await sayAll(context, left)
  }
  return describeSetup(context, principal)
}

/** Signs something, because only that proves the private key. @throws `key_private_key_invalid` */
async function assertUsableKey(context: Context, bundle: GoogleBundle): Promise<void> {
  try {
    await context.crypto.signRs256(bundle.serviceAccountKey?.private_key ?? '', encodeText('tenantry'))
  } catch {
    // The crypto library's message may quote the key.
    throw new TenantryError('key_private_key_invalid', { field: 'serviceAccountKey' })
  }
}
