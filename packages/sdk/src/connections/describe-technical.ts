import type { SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** Names and times of a connection's pipe at the provider, for whoever looks closer. Never a secret: a channel's token is not even stored. */
export function describeTechnical(provider: Pick<AnyProvider, 'renewAt'>, pipe: SubscriptionRecord | null): Record<string, string> {
  if (pipe === null) return {}
  const { id, target, resourceId, createdAt, expiresAt, tokenHash } = pipe
  // Only a channel proves itself with a token and has a resource; a topic is told together with where it is pushed to.
  const [topic = '', endpoint = ''] = target.split(' ')
  return {
    ...(tokenHash === null ? { topic, endpoint } : { channel: id, resource: resourceId ?? '', endpoint: target }),
    openedAt: new Date(createdAt).toISOString(),
    renewAt: new Date(provider.renewAt(pipe)).toISOString(),
    ...(expiresAt !== null && { expiresAt: new Date(expiresAt).toISOString() }),
  }
}
