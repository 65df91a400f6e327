import { guard } from '../connections/guard.ts'
import { within } from '../connections/within.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { provision as setUp } from '../providers/gmail/provision/provision.ts'
import { pinManual } from '../providers/gmail/push/manual.ts'
import { loadPushSetup } from '../providers/gmail/push/setup.ts'
import { scheduleProvisioning } from '../setup/schedule-provisioning.ts'
import type { GoogleSetupStatus } from '../wire/index.ts'
import { loadGmail } from './load-gmail.ts'
import type { HostGmail } from './load-gmail.ts'
import { describeSetup } from './status.ts'

/** Whoever asked waits this long; the run goes on and its journal tells how. */
const patienceMs = 25_000

/**
 * Sets Gmail's notifications up now, or repairs them, and lets every mailbox open its watch anew. What Google refuses is in the returned status, step
 * by step, and is no exception. @throws `forbidden`, `google_not_configured`, `unavailable`, `secrets_unreadable`
 */
export async function provision(context: Context, options: { readonly principal: Principal }): Promise<GoogleSetupStatus> {
  const { principal } = options
  await guard(context, principal, 'google.save')
  const gmail = loadGmail(context)
  if (gmail !== null) await within(patienceMs, setUpNow(context, gmail, principal.tenantId), () => undefined)
  await scheduleProvisioning(context, principal.tenantId, 'google', 'gmail')
  return describeSetup(context, principal)
}

async function setUpNow(context: Context, { ports, google, options }: HostGmail, tenantId: string): Promise<void> {
  const setup = await loadPushSetup(ports, tenantId, options)
  const { plan } = setup
  if (plan.mode === 'manual') await pinManual(ports, { ...setup, plan })
  if (plan.mode !== 'managed') return
  try {
    await setUp(ports, google.pubsub, { ...setup, plan })
  } catch (error) {
    if (!isTenantryError(error) || error.code === 'unavailable') throw error
    context.logger.log('warn', 'google.provision_failed', { tenantId, code: error.code })
  }
}
