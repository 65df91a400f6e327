import { ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import type { PubSubGateway } from '../../../ports/index.ts'
import { shortName } from '../../../vendors/google/names.ts'
import { classifyGoogle } from '../../../vendors/google/refusals.ts'
import type { ManagedPlan } from '../push/plan.ts'

type Facts = Pick<ManagedPlan, 'names' | 'projectId' | 'key'>

/** A refusal with the names that its words and its remedy need. Anything but a refusal or an error of ours is thrown on. */
export async function describeFailure(error: unknown, facts: Facts, pubsub: PubSubGateway): Promise<TenantryError> {
  const { code, values, retryAfterMs } = classifyGoogle(error).error
  const { names, projectId } = facts
  const link = code === 'api_not_enabled' ? { link: pubSubLibrary(projectId) } : {}
  const creating = error instanceof ProviderRefusal && error.operation === 'pubsub.subscriptions.create'
  const permission =
    code === 'pubsub_forbidden' && creating && values['permission'] === undefined
      ? { permission: await missingToSubscribe(facts, pubsub) }
      : {}
  return new TenantryError(code, {
    values: { topic: shortName(names.topic), subscription: shortName(names.subscription), ...link, ...permission, ...values },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** Creating a subscription needs a right on the topic and one in the project; only the first can be asked for. */
async function missingToSubscribe({ key, names }: Facts, pubsub: PubSubGateway): Promise<string> {
  const attach = 'pubsub.topics.attachSubscription'
  try {
    const held = await pubsub.testTopicPermissions(key, names.topic, [attach])
    return held.includes(attach) ? 'pubsub.subscriptions.create' : attach
  } catch (error) {
    // The refusal itself is told; which of the two it was, stays open.
    classifyGoogle(error)
    return `${attach}, pubsub.subscriptions.create`
  }
}

/** Where the API is enabled. */
function pubSubLibrary(projectId: string): string {
  return `https://console.cloud.google.com/apis/library/pubsub.googleapis.com?project=${projectId}`
}
