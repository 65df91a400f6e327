import { z } from 'zod/mini'
import { cloudError } from '../http/api-error.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { findBy } from '../state/find-by.ts'
import type { SubscriptionState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { requireDeadLetterTopic } from './dead-letter.ts'
import { createPolicy } from './iam-policy.ts'
import { requireActAs, requirePermission } from './permissions.ts'
import { address, alreadyExists, findSubscription, findTopic, forgetIdle, requireName } from './resource-name.ts'
import { pushConfigBody, readFields, readPushConfig, showSubscription, subscriptionBody } from './subscription-fields.ts'

const PATH = '/pubsub.googleapis.com/v1/projects/:project/subscriptions'
const CHANGEABLE = [
  'pushConfig',
  'ackDeadlineSeconds',
  'messageRetentionDuration',
  'expirationPolicy',
  'retryPolicy',
  'deadLetterPolicy',
  'labels',
]

/** Subscriptions: create, read, change, delete, pull, acknowledge. */
export function createSubscriptionOperations(world: World): Operation[] {
  const one = `${PATH}/:resource{[^/:]+}`
  const verb = (name: string) => `${PATH}/:resource{[^/:]+:${name}}`
  return [
    { name: 'pubsub.subscriptions.create', method: 'PUT', path: one, handle: (call) => create(world, call) },
    {
      name: 'pubsub.subscriptions.get',
      method: 'GET',
      path: one,
      handle: (call) => showSubscription(read(world, call, 'pubsub.subscriptions.get')),
    },
    { name: 'pubsub.subscriptions.patch', method: 'PATCH', path: one, handle: (call) => patch(world, call) },
    { name: 'pubsub.subscriptions.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) },
    {
      name: 'pubsub.subscriptions.modifyPushConfig',
      method: 'POST',
      path: verb('modifyPushConfig'),
      handle: (call) => modifyPushConfig(world, call),
    },
    { name: 'pubsub.subscriptions.pull', method: 'POST', path: verb('pull'), handle: (call) => pull(world, call) },
    { name: 'pubsub.subscriptions.acknowledge', method: 'POST', path: verb('acknowledge'), handle: (call) => acknowledge(world, call) },
  ]
}

async function create(world: World, call: Call) {
  const target = address(world, call, 'subscriptions')
  requirePermission(world, target.token, target.projectId, 'pubsub.subscriptions.create')
  requireName(target)
  const body = readJson(call, subscriptionBody)
  if (!body.topic) throw cloudError(400, 'INVALID_ARGUMENT', 'A topic must be given.')
  const fields = readFields(body)
  const topic = findTopic(world, body.topic)
  requirePermission(world, target.token, topic.name.split('/')[1] ?? '', 'pubsub.topics.attachSubscription', topic.policy.bindings)
  if (fields.pushConfig?.oidcToken) requireActAs(world, target.token, fields.pushConfig.oidcToken.serviceAccountEmail)
  requireDeadLetterTopic(world, fields.deadLetter)
  forgetIdle(world)
  if (findBy(world.state.subscriptions, 'name', target.name)) throw alreadyExists(target.name)
  const subscription: SubscriptionState = {
    ...fields,
    name: target.name,
    topic: topic.name,
    policy: createPolicy(),
    lastActiveAt: world.clock.now(),
    messages: [],
  }
  world.state.subscriptions.push(subscription)
  await world.pubsub.createSubscription(subscription)
  return showSubscription(subscription)
}

function read(world: World, call: Call, permission: string): SubscriptionState {
  const target = address(world, call, 'subscriptions')
  const bindings = findBy(world.state.subscriptions, 'name', target.name)?.policy.bindings
  requirePermission(world, target.token, target.projectId, permission, bindings)
  return findSubscription(world, target.name)
}

async function patch(world: World, call: Call) {
  const subscription = read(world, call, 'pubsub.subscriptions.update')
  const { token } = address(world, call, 'subscriptions')
  const { subscription: body, updateMask } = readJson(call, z.strictObject({ subscription: subscriptionBody, updateMask: z.string() }))
  const mask = updateMask.split(',').map((field) => field.trim().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
  const fixed = mask.find((field) => !CHANGEABLE.includes(field))
  if (fixed)
    throw cloudError(
      400,
      'INVALID_ARGUMENT',
      `Invalid update_mask provided in the UpdateSubscriptionRequest: ${fixed} is not a known Subscription field or cannot be updated.`,
    )
  const current = subscriptionBody.parse(showSubscription(subscription))
  const changed = readFields({ ...current, ...Object.fromEntries(mask.map((field) => [field, Reflect.get(body, field)])) })
  if (mask.includes('pushConfig') && changed.pushConfig?.oidcToken)
    requireActAs(world, token, changed.pushConfig.oidcToken.serviceAccountEmail)
  if (mask.includes('deadLetterPolicy')) requireDeadLetterTopic(world, changed.deadLetter)
  Object.assign(subscription, changed)
  await world.pubsub.updateSubscription(subscription)
  return showSubscription(subscription)
}

async function modifyPushConfig(world: World, call: Call) {
  const subscription = read(world, call, 'pubsub.subscriptions.update')
  const config = readPushConfig(readJson(call, z.strictObject({ pushConfig: pushConfigBody })).pushConfig)
  if (config?.oidcToken) requireActAs(world, address(world, call, 'subscriptions').token, config.oidcToken.serviceAccountEmail)
  subscription.pushConfig = config
  await world.pubsub.updateSubscription(subscription)
  return {}
}

async function remove(world: World, call: Call) {
  const subscription = read(world, call, 'pubsub.subscriptions.delete')
  world.state.subscriptions = world.state.subscriptions.filter((other) => other !== subscription)
  await world.pubsub.deleteSubscription(subscription.name)
  return {}
}

async function pull(world: World, call: Call) {
  const subscription = read(world, call, 'pubsub.subscriptions.consume')
  const body = readJson(call, z.strictObject({ maxMessages: z.int(), returnImmediately: z.optional(z.boolean()) }))
  if (body.maxMessages < 1) throw cloudError(400, 'INVALID_ARGUMENT', 'max_messages must be positive.')
  if (subscription.pushConfig)
    throw cloudError(
      400,
      'FAILED_PRECONDITION',
      'This method is not supported for this subscription type. For push subscriptions, remove the push endpoint first.',
    )
  subscription.lastActiveAt = world.clock.now()
  const receivedMessages = await world.pubsub.pull(subscription, body.maxMessages)
  return receivedMessages.length > 0 ? { receivedMessages } : {}
}

async function acknowledge(world: World, call: Call) {
  const subscription = read(world, call, 'pubsub.subscriptions.consume')
  const { ackIds } = readJson(call, z.strictObject({ ackIds: z.array(z.string()) }))
  await world.pubsub.acknowledge(subscription, ackIds)
  return {}
}
