import { publicPaths } from '../../model/addresses.ts'

/** The account that Gmail publishes with. Source: developers.google.com/workspace/gmail/api/guides/push. */
export const gmailPublisher = 'serviceAccount:gmail-api-push@system.gserviceaccount.com'

export const publisherRole = 'roles/pubsub.publisher'

export interface GooglePushNames {
  readonly topic: string
  readonly subscription: string
  /** Where Pub/Sub posts to, and the audience of its tokens: one value. */
  readonly endpoint: string
  readonly audience: string
}

/** Everything that provisioning, verification and diagnosis call by name, for one tenant's push key. */
export function googlePushNames(input: { projectId: string; environment: string; pushUrl: string; key: string }): GooglePushNames {
  const id = `tenantry-${resourcePart(input.environment)}-${resourcePart(input.key).slice(0, 16)}`
  const endpoint = `${input.pushUrl}${publicPaths.gmailPush}/${input.key}`
  return {
    topic: `projects/${input.projectId}/topics/${id}-gmail`,
    subscription: `projects/${input.projectId}/subscriptions/${id}-gmail-push`,
    endpoint,
    audience: endpoint,
  }
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
