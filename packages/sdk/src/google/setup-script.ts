import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { defaultPushAccount, googlePushNames } from '../vendors/google/names.ts'
import { ensurePushEndpoint } from '../vendors/google/push-endpoint.ts'
import { loadBundle } from './load-bundle.ts'
import { writeGcloudScript } from './write-gcloud-script.ts'
import { servicesOf } from './status.ts'

/**
 * The commands that set up Gmail notifications by hand in Cloud Shell, with the tenant's own names; running them again repairs and harms nothing.
 * @throws `forbidden`, `google_not_configured`, `unavailable`
 */
export async function setupScript(context: Context, options: { readonly principal: Principal }): Promise<{ script: string }> {
  const { principal } = options
  await guard(context, principal, 'google.read')
  const { bundle } = await loadBundle(context, principal.tenantId)
  const { projectId, topicName } = bundle
  if (projectId === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'projectId' } })
  const { key } = await ensurePushEndpoint(context, principal.tenantId)
  return {
    script: writeGcloudScript({
      projectId,
      names: googlePushNames({ ...context, projectId, key, topicName }),
      pushAccount: bundle.pushServiceAccount ?? defaultPushAccount(projectId),
      services: servicesOf(context),
    }),
  }
}
