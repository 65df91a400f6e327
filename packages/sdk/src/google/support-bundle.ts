import { guard } from '../connections/guard.ts'
import { describeChecks, seal, withoutNames } from '../connections/support-bundle.ts'
import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { GoogleSetupStatus, SupportBundle } from '../wire/index.ts'
import { describeSetup } from './status.ts'
import { test } from './test.ts'

export interface SupportBundleOptions {
  readonly principal: Principal
  /** Keeps e-mail addresses as they are. Default: the part in front of each @ is hashed. */
  readonly addresses?: boolean | undefined
}

/**
 * The setup checks and what is set up, as JSON for whoever helps: no secret and no part of one, and no text that a person wrote.
 * @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function supportBundle(context: Context, options: SupportBundleOptions): Promise<SupportBundle> {
  const { principal, addresses = false } = options
  await guard(context, principal, 'google.test')
  const report = await test(context, { principal })
  const bundle = {
    product: { name: 'Tenantry' },
    environment: context.environment,
    setup: describe(await describeSetup(context, principal)),
    checks: describeChecks(report),
  }
  return seal(context, principal.tenantId, { bundle, addresses })
}

/** The setup without the names of people, of connections, and of what is none of the helper's business. */
function describe(status: GoogleSetupStatus): Record<string, unknown> {
  const { fields, endingSignIns, goodbye, provisioning, permissions: _permissions, version: _version, ...told } = status
  return {
    ...told,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, fact]) => [name, fact.set ? { set: true, updatedAt: fact.updatedAt } : { set: false }]),
    ),
    goodbye: goodbye && { ...goodbye, pending: goodbye.pending.length, givenUp: goodbye.givenUp.length },
    endingSignIns: endingSignIns.map(({ connectionId, endsAt }) => ({ connectionId, endsAt })),
    provisioning: provisioning && {
      ...provisioning,
      steps: provisioning.steps.map((step) => ({ ...step, values: withoutNames(step.values) })),
    },
  }
}
