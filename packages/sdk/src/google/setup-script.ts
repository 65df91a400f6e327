import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { defaultPushAccount, googlePushNames } from '../vendors/google/names.ts'
import type { SetupScript } from '../wire/index.ts'
import { ensurePushEndpoint } from '../vendors/google/push-endpoint.ts'
import { loadBundle } from './load-bundle.ts'
import { writeGcloudScript } from './write-gcloud-script.ts'
import { writeTerraform } from './write-terraform.ts'
import { servicesOf } from './status.ts'

/**
 * What sets up Gmail notifications by hand, with the tenant's own names: commands for Cloud Shell, which can be run again and then repair, and the
 * same as a Terraform configuration.
 * @throws `forbidden`, `google_not_configured`, `unavailable`
 */
export async function setupScript(context: Context, options: { readonly principal: Principal }): Promise<SetupScript> {
  const { principal } = options
  await guard(context, principal, 'google.read')
  const { bundle } = await loadBundle(context, principal.tenantId)
  const { projectId, topicName } = bundle
  if (projectId === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'projectId' } })
  const { key } = await ensurePushEndpoint(context, principal.tenantId)
  const input = {
    projectId,
    names: googlePushNames({ ...context, projectId, key, topicName }),
    pushAccount: bundle.pushServiceAccount ?? defaultPushAccount(projectId),
    services: servicesOf(context),
  }
  return { script: writeGcloudScript(input), terraform: writeTerraform(input) }
}
