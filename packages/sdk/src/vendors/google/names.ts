import { publicPaths } from '../../model/addresses.ts'
import type { ResourceLabels } from '../../ports/index.ts'

/** The account that Gmail publishes with. Source: developers.google.com/workspace/gmail/api/guides/push. */
export const gmailPublisherAccount = 'gmail-api-push@system.gserviceaccount.com'

export const gmailPublisher = `serviceAccount:${gmailPublisherAccount}`

export const publisherRole = 'roles/pubsub.publisher'

export const subscriberRole = 'roles/pubsub.subscriber'

export interface GooglePushNames {
  readonly topic: string
  readonly subscription: string
  /** Takes what was pushed in vain too often, when the host wants that. */
  readonly deadLetterTopic: string
  /** Keeps it: a topic without a subscription drops everything. */
  readonly deadLetterSubscription: string
  /** Where Pub/Sub posts to, and the audience of its tokens: one value. */
  readonly endpoint: string
  readonly audience: string
}

export interface NamesInput {
  readonly projectId: string
  /** As `createTenantry` takes it: lowercase letters, digits and hyphens. */
  readonly environment: string
  readonly pushUrl: string
  /** The path key of the tenant's push endpoint. */
  readonly key: string
  /** Short name of the tenant's own topic, when it is not ours. */
  readonly topicName?: string | undefined
}

/** Everything that provisioning, verification and diagnosis call by name, for one tenant's push key. */
export function googlePushNames({ projectId, environment, pushUrl, key, topicName }: NamesInput): GooglePushNames {
  const id = `tenantry-${environment}-${resourcePart(key).slice(0, 16)}`
  const endpoint = `${pushUrl}${publicPaths.gmailPush}/${key}`
  // A subscription belongs to one topic for good, so another topic needs another subscription; both take the same characters.
  const suffix = topicName === undefined ? '' : `-${topicName.slice(0, 150)}`
  return {
    topic: `projects/${projectId}/topics/${topicName ?? `${id}-gmail`}`,
    subscription: `projects/${projectId}/subscriptions/${id}-gmail-push${suffix}`,
    deadLetterTopic: `projects/${projectId}/topics/${id}-gmail-dead`,
    deadLetterSubscription: `projects/${projectId}/subscriptions/${id}-gmail-dead`,
    endpoint,
    audience: endpoint,
  }
}

/**
 * What we write on everything that we create; the same labels are the only proof that it is ours.
 * Rules for labels: cloud.google.com/pubsub/docs/labels#label_requirements.
 */
export function ownerLabels({ environment, key }: Pick<NamesInput, 'environment' | 'key'>): ResourceLabels {
  return { 'managed-by': 'tenantry', 'tenantry-environment': environment, 'tenantry-key': key.slice(0, 16).toLowerCase() }
}

/** Whether all of our labels are on it. Labels that somebody added do not make it less ours. */
export function isOurs(found: ResourceLabels, ours: ResourceLabels): boolean {
  return Object.entries(ours).every(([name, value]) => found[name] === value)
}

/** Signs the pushes when the tenant sets Pub/Sub up by hand, unless another account was named. */
export function defaultPushAccount(projectId: string): string {
  return `tenantry-push@${projectId}.iam.gserviceaccount.com`
}

/** Google's own account that forwards dead letters. Source: cloud.google.com/pubsub/docs/handling-failures#grant_forwarding_permissions. */
export function pubSubAgent(projectNumber: string): string {
  return `serviceAccount:service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`
}

/** The project number with which Google begins the ids of a project's OAuth clients. */
export function projectNumberOf(clientId: string): string | null {
  return /^(\d+)-/.exec(clientId)?.[1] ?? null
}

/** The last part of a full resource name. */
export function shortName(resource: string): string {
  return resource.slice(resource.lastIndexOf('/') + 1)
}

export function calendarPushAddress(pushUrl: string): string {
  return pushUrl + publicPaths.calendarPush
}

/** Letters, digits and hyphens, as a resource name takes them. */
function resourcePart(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
}
