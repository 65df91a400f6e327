import { emptyGoogleBundle } from '../../../model/google-setup.ts'
import type { GoogleBundle } from '../../../model/google-setup.ts'
import { revealSecret } from '../../../model/secret.ts'
import type { PushEndpointRecord } from '../../../ports/index.ts'
import { readBundle } from '../../../vendors/google/bundle.ts'
import { googlePushNames, ownerLabels } from '../../../vendors/google/names.ts'
import { ensurePushEndpoint } from '../../../vendors/google/push-endpoint.ts'
import type { ProviderPorts } from '../../provider.ts'
import type { PushOptions } from './options.ts'
import { planPush } from './plan.ts'
import type { ManagedPlan, PushPlan } from './plan.ts'

export interface PushSetup {
  readonly plan: PushPlan
  readonly endpoint: PushEndpointRecord
  /** Version of the bundle that the plan was made from. */
  readonly version: string | null
}

/** The tenant's plan as of now, with its push endpoint, which is made when there is none. @throws `google_not_configured`, `unavailable`, `secrets_unreadable` */
export async function loadPushSetup(ports: ProviderPorts, tenantId: string, options: PushOptions): Promise<PushSetup> {
  const { bundle, version } = await loadBundle(ports, tenantId)
  const endpoint = await ensurePushEndpoint(ports, tenantId)
  return { plan: planPush(ports, options, bundle, endpoint.key), endpoint, version }
}

/** What the tenant's key may have created, whatever the mode is now. */
export interface OwnedSetup extends Pick<ManagedPlan, 'key' | 'labels' | 'names' | 'projectId'> {
  readonly endpoint: PushEndpointRecord
}

/** @returns `null` without a key or without an endpoint: then nothing was created that could be deleted. @throws `unavailable`, `secrets_unreadable` */
export async function loadOwnedSetup(ports: ProviderPorts, tenantId: string): Promise<OwnedSetup | null> {
  const { bundle } = await loadBundle(ports, tenantId)
  const endpoint = await ports.store.pushEndpoints.get(tenantId, 'google')
  return endpoint && ownedSetupOf(ports, bundle, endpoint)
}

/** @returns `null` without a key */
export function ownedSetupOf(
  ports: Pick<ProviderPorts, 'environment' | 'pushUrl'>,
  { serviceAccountKey, projectId }: GoogleBundle,
  endpoint: PushEndpointRecord,
): OwnedSetup | null {
  if (serviceAccountKey === undefined || projectId === undefined) return null
  const names = googlePushNames({ ...ports, projectId, key: endpoint.key })
  return { key: serviceAccountKey, labels: ownerLabels({ ...ports, key: endpoint.key }), names, projectId, endpoint }
}

/** @see topicsOf @throws `unavailable`, `secrets_unreadable` */
export async function loadTopics(ports: ProviderPorts, { tenantId, key }: PushEndpointRecord): Promise<readonly string[]> {
  return topicsOf(ports, (await loadBundle(ports, tenantId)).bundle, key)
}

/** The topics that an app holds: ours while there is a key, which sets it up and deletes it, and the one that mail is announced to by hand. */
export function topicsOf(
  ports: Pick<ProviderPorts, 'environment' | 'pushUrl'>,
  { projectId, notifications, serviceAccountKey, topicName }: GoogleBundle,
  key: string,
): readonly string[] {
  if (projectId === undefined) return []
  const ours = { ...ports, projectId, key }
  return [
    ...(serviceAccountKey === undefined ? [] : [googlePushNames(ours).topic]),
    ...(notifications === 'manual' ? [googlePushNames({ ...ours, topicName }).topic] : []),
  ]
}

async function loadBundle(
  ports: Pick<ProviderPorts, 'secrets'>,
  tenantId: string,
): Promise<{ bundle: GoogleBundle; version: string | null }> {
  const stored = await ports.secrets.get({ tenantId, name: 'google' })
  if (stored === null) return { bundle: emptyGoogleBundle, version: null }
  return { bundle: readBundle(revealSecret(stored.value)), version: stored.version }
}
