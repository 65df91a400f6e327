import { TenantryError } from '../../../errors/index.ts'
import type { ErrorCode } from '../../../errors/index.ts'
import { isPubliclyReachable } from '../../../model/addresses.ts'
import type { GoogleBundle } from '../../../model/google-setup.ts'
import type { ServiceAccountKey } from '../../../model/service-account-key.ts'
import type { ResourceLabels, WantedSubscription } from '../../../ports/index.ts'
import { defaultPushAccount, googlePushNames, ownerLabels, projectNumberOf, pubSubAgent } from '../../../vendors/google/names.ts'
import type { GooglePushNames } from '../../../vendors/google/names.ts'
import type { ProviderPorts } from '../../provider.ts'
import type { PushOptions } from './options.ts'

/** Mail is looked for at intervals, and why. */
export interface PollingPlan {
  readonly mode: 'polling'
  readonly reason: Extract<ErrorCode, 'polling_chosen' | 'push_not_possible'>
}

/** The tenant's service account sets Pub/Sub up. */
export interface ManagedPlan {
  readonly mode: 'managed'
  readonly transport: 'push' | 'pull'
  readonly projectId: string
  readonly names: GooglePushNames
  /** What a watch's record says as its target: another one means that the pipe has to be opened anew. */
  readonly target: string
  readonly key: ServiceAccountKey
  /** On everything that we create. */
  readonly labels: ResourceLabels
  readonly wanted: WantedSubscription
  readonly deadLetter: DeadLetterPlan | null
}

export interface DeadLetterPlan {
  readonly maxDeliveryAttempts: number
  /** Google's account that forwards, as an IAM member; `null` while the OAuth client does not tell the project's number. */
  readonly agent: string | null
}

/** The tenant set Pub/Sub up; we have no key and only verify by what arrives. */
export interface ManualPlan {
  readonly mode: 'manual'
  readonly projectId: string
  readonly names: GooglePushNames
  readonly target: string
  readonly signer: string
  /** Whether the signer was named by the tenant. */
  readonly namedSigner: boolean
}

export type PushPlan = PollingPlan | ManagedPlan | ManualPlan

/**
 * How the tenant's mail is to be announced, from its bundle and the host's options alone. Asks nobody.
 * @throws `google_not_configured`
 */
export function planPush(
  ports: Pick<ProviderPorts, 'environment' | 'pushUrl'>,
  options: PushOptions,
  bundle: GoogleBundle,
  key: string,
): PushPlan {
  if (bundle.notifications === 'polling') return { mode: 'polling', reason: 'polling_chosen' }
  if (options.notify === 'push' && !isPubliclyReachable(ports.pushUrl)) return { mode: 'polling', reason: 'push_not_possible' }
  if (bundle.notifications === 'manual') return planManual(ports, options, bundle, key)
  const { serviceAccountKey, projectId } = bundle
  if (serviceAccountKey === undefined || projectId === undefined) throw notConfigured(bundle, ['projectId', 'serviceAccountKey'])
  const names = googlePushNames({ ...ports, projectId, key })
  const push = { pushEndpoint: names.endpoint, audience: names.audience, signer: serviceAccountKey.client_email }
  const pull = { pushEndpoint: null, audience: null, signer: null }
  const labels = ownerLabels({ ...ports, key })
  return {
    mode: 'managed',
    transport: options.notify,
    projectId,
    names,
    target: [names.topic, options.notify === 'pull' ? 'pull' : names.endpoint, 'managed'].join(' '),
    key: serviceAccountKey,
    labels,
    wanted: { name: names.subscription, topic: names.topic, labels, deadLetter: null, ...(options.notify === 'pull' ? pull : push) },
    deadLetter: options.deadLetter && { ...options.deadLetter, agent: agentOf(bundle) },
  }
}

/** Without a key nobody can fetch, so only a push can be set up by hand. */
function planManual(
  ports: Pick<ProviderPorts, 'environment' | 'pushUrl'>,
  options: PushOptions,
  bundle: GoogleBundle,
  key: string,
): PushPlan {
  if (options.notify === 'pull') return { mode: 'polling', reason: 'push_not_possible' }
  const { projectId } = bundle
  if (projectId === undefined) throw notConfigured(bundle, ['projectId'])
  const names = googlePushNames({ ...ports, projectId, key, topicName: bundle.topicName })
  return {
    mode: 'manual',
    projectId,
    names,
    target: [names.topic, names.endpoint, 'manual'].join(' '),
    signer: bundle.pushServiceAccount ?? defaultPushAccount(projectId),
    namedSigner: bundle.pushServiceAccount !== undefined,
  }
}

/** The topic of a record's target. */
export function topicOf(target: string): string {
  return target.split(' ', 1)[0] ?? target
}

/** Gmail's topic has to be in the project of the OAuth client, so the client's id tells the project's number. */
function agentOf({ clientId }: GoogleBundle): string | null {
  const number = clientId === undefined ? null : projectNumberOf(clientId)
  return number === null ? null : pubSubAgent(number)
}

function notConfigured(bundle: GoogleBundle, fields: readonly ('projectId' | 'serviceAccountKey')[]): TenantryError {
  const missing = fields.filter((field) => bundle[field] === undefined)
  return new TenantryError('google_not_configured', { values: { missing: missing.join(', ') } })
}
