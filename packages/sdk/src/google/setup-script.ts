import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { gmailPublisher, googlePushNames, publisherRole } from '../vendors/google/names.ts'
import { ensurePushEndpoint } from '../vendors/google/push-endpoint.ts'
import { loadBundle } from './load-bundle.ts'

/** The commands that set up Gmail notifications by hand in Cloud Shell, with the tenant's own names. @throws `forbidden`, `google_not_configured` */
export async function setupScript(context: Context, options: { readonly principal: Principal }): Promise<{ script: string }> {
  const { principal } = options
  await guard(context, principal, 'google.read')
  const { bundle } = await loadBundle(context, principal.tenantId)
  if (bundle.projectId === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'projectId' } })
  const { key } = await ensurePushEndpoint(context, principal.tenantId)
  const names = googlePushNames({ projectId: bundle.projectId, environment: context.environment, pushUrl: context.pushUrl, key })
  const topic = names.topic.split('/').at(-1) ?? ''
  const subscription = names.subscription.split('/').at(-1) ?? ''
  const lines = [
    `gcloud config set project ${bundle.projectId}`,
    'gcloud services enable gmail.googleapis.com calendar-json.googleapis.com pubsub.googleapis.com',
    `gcloud pubsub topics create ${topic}`,
    `gcloud pubsub topics add-iam-policy-binding ${topic} --member=${gmailPublisher} --role=${publisherRole}`,
    'gcloud iam service-accounts create tenantry-push',
    `gcloud pubsub subscriptions create ${subscription} --topic=${topic} --push-endpoint="${names.endpoint}" --push-auth-service-account=tenantry-push@${bundle.projectId}.iam.gserviceaccount.com --push-auth-token-audience="${names.audience}" --ack-deadline=60 --expiration-period=never`,
  ]
  return { script: `${lines.join('\n')}\n` }
}
