import { z } from 'zod/mini'
import { cloudError } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { authenticate } from '../oauth/authenticate.ts'
import { findBy } from '../state/find-by.ts'
import type { TopicState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { createPolicy } from './iam-policy.ts'
import { requirePermission } from './permissions.ts'
import { address, alreadyExists, DELETED_TOPIC, findTopic, requireName } from './resource-name.ts'

const PATH = '/pubsub.googleapis.com/v1/projects/:project/topics'
const topicBody = z.strictObject({ name: z.optional(z.string()), labels: z.optional(z.record(z.string(), z.string())) })
const publishBody = z.strictObject({
  messages: z.array(
    z.strictObject({
      data: z.optional(z.string()),
      attributes: z.optional(z.record(z.string(), z.string())),
      orderingKey: z.optional(z.string()),
    }),
  ),
})

/** Topics: create, read, delete, list, publish. */
export function createTopicOperations(world: World): Operation[] {
  const one = `${PATH}/:resource{[^/:]+}`
  return [
    { name: 'pubsub.topics.create', method: 'PUT', path: one, handle: (call) => create(world, call) },
    { name: 'pubsub.topics.get', method: 'GET', path: one, handle: (call) => show(read(world, call, 'pubsub.topics.get')) },
    { name: 'pubsub.topics.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) },
    { name: 'pubsub.topics.list', method: 'GET', path: PATH, handle: (call) => list(world, call) },
    { name: 'pubsub.topics.publish', method: 'POST', path: `${PATH}/:resource{[^/:]+:publish}`, handle: (call) => publish(world, call) },
  ]
}

async function create(world: World, call: Call) {
  const target = address(world, call, 'topics')
  requirePermission(world, target.token, target.projectId, 'pubsub.topics.create')
  requireName(target)
  const { labels = {} } = readJson(call, topicBody)
  if (findBy(world.state.topics, 'name', target.name)) throw alreadyExists(target.name)
  const topic: TopicState = { name: target.name, labels, policy: createPolicy() }
  world.state.topics.push(topic)
  await world.pubsub.createTopic(topic.name)
  return show(topic)
}

function read(world: World, call: Call, permission: string): TopicState {
  const target = address(world, call, 'topics')
  const bindings = findBy(world.state.topics, 'name', target.name)?.policy.bindings
  requirePermission(world, target.token, target.projectId, permission, bindings)
  return findTopic(world, target.name)
}

async function remove(world: World, call: Call) {
  const topic = read(world, call, 'pubsub.topics.delete')
  world.state.topics = world.state.topics.filter((other) => other !== topic)
  for (const subscription of world.state.subscriptions) if (subscription.topic === topic.name) subscription.topic = DELETED_TOPIC
  await world.pubsub.deleteTopic(topic.name)
  return {}
}

function list(world: World, call: Call) {
  const token = authenticate(world, call, 'pubsub', [
    'https://www.googleapis.com/auth/pubsub',
    'https://www.googleapis.com/auth/cloud-platform',
  ])
  const projectId = param(call, 'project')
  requirePermission(world, token, projectId, 'pubsub.topics.list')
  const topics = world.state.topics.filter((topic) => topic.name.startsWith(`projects/${projectId}/`))
  return topics.length > 0 ? { topics: topics.map(show) } : {}
}

async function publish(world: World, call: Call) {
  const topic = read(world, call, 'pubsub.topics.publish')
  const { messages } = readJson(call, publishBody)
  if (messages.some((message) => message.orderingKey)) throw cloudError(501, 'UNIMPLEMENTED', 'The sandbox has no ordering keys.')
  const messageIds = await world.pubsub.publish(
    topic.name,
    messages.map(({ data = '', attributes = {} }) => ({ data, attributes })),
  )
  return { messageIds }
}

function show({ name, labels }: TopicState) {
  return { name, ...(Object.keys(labels).length > 0 ? { labels } : {}) }
}
