import { actorOf, noteAudit } from '../audit/append-audit.ts'
import { forgetApp } from '../connections/breaker.ts'
import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import { TenantryError } from '../errors/index.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { Principal } from '../model/principal.ts'
import { writeBundle } from '../vendors/google/bundle.ts'
import { googleChangesSchema } from '../wire/index.ts'
import type { GoogleChanges, GoogleSetupStatus } from '../wire/index.ts'
import { applyChanges } from './apply-changes.ts'
import { askToReconnect } from './ask-to-reconnect.ts'
import { loadBundle } from './load-bundle.ts'
import { scheduleProvisioning } from './schedule-provisioning.ts'
import { describeSetup } from './status.ts'

/**
 * Saves changes to the tenant's Google app: one version, all of it or none of it. Untouched fields stay; live connections use the new app at
 * their next refresh, and where a service has another OAuth client now, its connections ask for a new sign-in.
 * @throws `forbidden`, the fields' codes, `conflict` when someone saved meanwhile, `unavailable`, `secrets_unreadable`
 */
export async function save(
  context: Context,
  options: { readonly principal: Principal; readonly changes: GoogleChanges },
): Promise<GoogleSetupStatus> {
  const { principal } = options
  await guard(context, principal, 'google.save')
  const parsed = googleChangesSchema.safeParse(options.changes)
  if (!parsed.success) throw new TenantryError('invalid_input', { field: String(parsed.error.issues[0]?.path[0] ?? 'changes') })
  const changes = parsed.data
  const { bundle, version } = await loadBundle(context, principal.tenantId)
  if (changes.ifVersion !== undefined && changes.ifVersion !== version) throw new TenantryError('conflict')
  const next = applyChanges(bundle, changes, { updatedAt: context.clock.now(), updatedBy: principal.displayName ?? principal.userId })
  if (next.serviceAccountKey !== undefined && next.serviceAccountKey !== bundle.serviceAccountKey) await assertUsableKey(context, next)
  const saved = await context.secrets.put({ tenantId: principal.tenantId, name: 'google' }, writeBundle(next), version ?? 'absent')
  await noteAudit(context, {
    tenantId: principal.tenantId,
    actor: actorOf(principal),
    action: 'app.saved',
    subject: 'app:google',
    outcome: 'ok',
  })
  await forgetApp(context, principal.tenantId, 'google')
  await askToReconnect(context, principal.tenantId, { before: bundle, after: next, version: saved.version })
  await scheduleProvisioning(context, principal.tenantId)
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
