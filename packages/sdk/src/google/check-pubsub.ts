import type { CheckDefinition } from '../connections/run-checks.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { ServiceAccountKey } from '../model/service-account-key.ts'
import type { GoogleGateway } from '../ports/index.ts'
import { isAsWanted, mayPublish } from '../providers/gmail/provision.ts'
import { googlePushNames } from '../vendors/google/names.ts'

interface PubSubState {
  readonly google: GoogleGateway
  readonly key: ServiceAccountKey
  readonly names: ReturnType<typeof googlePushNames>
  /** Whether the resources were there once. */
  readonly isProvisioned: boolean
}

/**
 * Reads what provisioning wrote. Before the first mailbox is connected nothing is there yet, which is no failure; that the key may look, and that
 * the API answers, is proven all the same.
 */
export function checkPubSub(context: Context, tenantId: string, bundle: GoogleBundle): CheckDefinition[] {
  const read = async (): Promise<PubSubState> => {
    const { serviceAccountKey: key, projectId } = bundle
    if (context.google === null || key === undefined || projectId === undefined)
      throw new TenantryError('google_not_configured', { values: { missing: 'serviceAccountKey' } })
    const endpoint = await context.store.pushEndpoints.get(tenantId, 'google')
    const names = googlePushNames({
      projectId,
      environment: context.environment,
      pushUrl: context.pushUrl,
      key: endpoint?.key ?? 'setup-check',
    })
    return { google: context.google, key, names, isProvisioned: endpoint !== null && endpoint.topic !== null }
  }
  return [
    {
      id: 'sa_key',
      run: async () => {
        const { google, key } = await read()
        await google.pubsub.checkKey(key)
        return { actual: key.client_email }
      },
    },
    {
      id: 'topic',
      needs: 'sa_key',
      run: async () => {
        const { google, key, names, isProvisioned } = await read()
        if ((await google.pubsub.getTopic(key, names.topic)) !== null) return { actual: names.topic }
        if (isProvisioned) throw new TenantryError('pubsub_read_back_failed')
        return { status: 'skip' }
      },
    },
    {
      id: 'publisher',
      needs: 'topic',
      run: async () => {
        const { google, key, names } = await read()
        if (!mayPublish(await google.pubsub.getTopicPolicy(key, names.topic))) throw new TenantryError('pubsub_publisher_missing')
        return {}
      },
    },
    {
      id: 'subscription',
      needs: 'topic',
      run: async () => {
        const { google, key, names } = await read()
        const found = await google.pubsub.getSubscription(key, names.subscription)
        const wanted = {
          name: names.subscription,
          topic: names.topic,
          pushEndpoint: names.endpoint,
          audience: names.audience,
          signer: key.client_email,
        }
        const good = found !== null && isAsWanted(found, wanted)
        return {
          status: good ? 'pass' : 'fail',
          code: good ? null : 'pubsub_read_back_failed',
          expected: names.endpoint,
          actual: found?.pushEndpoint ?? null,
        }
      },
    },
  ]
}
