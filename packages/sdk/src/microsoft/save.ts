import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import type { MicrosoftBundle } from '../model/microsoft-setup.ts'
import type { Principal } from '../model/principal.ts'
import { askToReconnect } from '../setup/ask-to-reconnect.ts'
import { parseChanges } from '../setup/parse-changes.ts'
import { saveBundle } from '../setup/save-bundle.ts'
import { scheduleProvisioning } from '../setup/schedule-provisioning.ts'
import { microsoftChangesSchema } from '../wire/index.ts'
import type { MicrosoftChanges, MicrosoftSetupStatus } from '../wire/index.ts'
import { applyChanges } from './apply-changes.ts'
import { microsoftFormat } from './load-bundle.ts'
import { usesOwnApp } from './own-connections.ts'
import { describeSetup } from './status.ts'

/**
 * Saves changes to the tenant's Entra app: one version, all of it or none of it. Untouched fields stay; live connections use a new secret at their next
 * refresh, and another app or directory asks them for a new sign-in.
 * @throws `forbidden`, the fields' codes, `conflict` when someone saved meanwhile, `unavailable`, `secrets_unreadable`
 */
export async function save(
  context: Context,
  options: { readonly principal: Principal; readonly changes: MicrosoftChanges },
): Promise<MicrosoftSetupStatus> {
  const { principal } = options
  const { tenantId } = principal
  await guard(context, principal, 'microsoft.save')
  const changes = parseChanges(microsoftChangesSchema, options.changes)
  const { before, after, version } = await saveBundle(context, microsoftFormat, {
    principal,
    ifVersion: changes.ifVersion,
    apply: (bundle, stamp) => applyChanges(bundle, changes, stamp),
  })
  const client = { from: clientOf(before), to: clientOf(after), isUsedBy: usesOwnApp.bind(null, context) }
  await askToReconnect(context, tenantId, { clients: [client], version })
  await scheduleProvisioning(context, tenantId, 'microsoft')
  return describeSetup(context, principal)
}

/** Names the app where it is: the same id elsewhere is another app. */
function clientOf({ cloud, directoryId, clientId }: MicrosoftBundle): string | undefined {
  return directoryId === undefined || clientId === undefined ? undefined : `${cloud}/${directoryId}/${clientId}`
}
