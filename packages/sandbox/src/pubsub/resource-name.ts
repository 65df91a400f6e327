import { cloudError } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call } from '../http/operation.ts'
import { authenticate } from '../oauth/authenticate.ts'
import { findBy } from '../state/find-by.ts'
import type { AccessTokenState } from '../state/oauth-state.ts'
import type { SubscriptionState, TopicState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'

/** Where deleted topics leave their subscriptions. */
export const DELETED_TOPIC = '_deleted-topic_'

const SCOPES = ['https://www.googleapis.com/auth/pubsub', 'https://www.googleapis.com/auth/cloud-platform']
const NAME = /^[A-Za-z][A-Za-z0-9\-._~%+]{2,254}$/

export interface Addressed {
  token: AccessTokenState
  projectId: string
  /** projects/P/topics/T or projects/P/subscriptions/S */
  name: string
  id: string
}

/** Who calls, and which resource the path names (without a `:verb`). */
export function address(world: World, call: Call, kind: 'topics' | 'subscriptions'): Addressed {
  const token = authenticate(world, call, 'pubsub', SCOPES)
  const projectId = param(call, 'project')
  const id = param(call, 'resource').replace(/:[A-Za-z]+$/, '')
  return { token, projectId, id, name: `projects/${projectId}/${kind}/${id}` }
}

/** @throws ApiError 400 for a name Google refuses. */
export function requireName({ id, name }: Addressed): void {
  if (NAME.test(id) && !id.toLowerCase().startsWith('goog')) return
  throw cloudError(
    400,
    'INVALID_ARGUMENT',
    `Invalid resource name given (name=${name}). Refer to https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names for more information.`,
  )
}

/** @throws ApiError 404 */
export function findTopic(world: World, name: string): TopicState {
  const topic = findBy(world.state.topics, 'name', name)
  if (!topic) throw resourceNotFound(name)
  return topic
}

/** A subscription that has not been deleted for idleness. @throws ApiError 404 */
export function findSubscription(world: World, name: string): SubscriptionState {
  forgetIdle(world)
  const subscription = findBy(world.state.subscriptions, 'name', name)
  if (!subscription) throw resourceNotFound(name)
  return subscription
}

/** Deletes the subscriptions that nobody has used for their whole time to live. */
export function forgetIdle(world: World): void {
  const now = world.clock.now()
  const idle = world.state.subscriptions.filter(
    ({ ttlSeconds, lastActiveAt }) => ttlSeconds !== null && lastActiveAt + ttlSeconds * 1000 <= now,
  )
  if (idle.length === 0) return
  world.state.subscriptions = world.state.subscriptions.filter((subscription) => !idle.includes(subscription))
  for (const { name } of idle) world.background.at(now, () => world.pubsub.deleteSubscription(name))
}

/** 404 as Pub/Sub words it. */
export function resourceNotFound(name: string): Error {
  return cloudError(404, 'NOT_FOUND', `Resource not found (resource=${name.split('/').at(-1)}).`)
}

/** 409 as Pub/Sub words it. */
export function alreadyExists(name: string): Error {
  return cloudError(409, 'ALREADY_EXISTS', `Resource already exists in the project (resource=${name.split('/').at(-1)}).`)
}
