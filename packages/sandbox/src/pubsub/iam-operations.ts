import { z } from 'zod/mini'
import { param } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { authenticate } from '../oauth/authenticate.ts'
import type { SubscriptionState, TopicState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { requireAllowedMembers } from './allowed-members.ts'
import { policyBody, readBindings, replacePolicy, requireEtag, showPolicy } from './iam-policy.ts'
import { permissionsOf, requirePermission } from './permissions.ts'
import { address, findSubscription, findTopic } from './resource-name.ts'

type Kind = 'topics' | 'subscriptions'

const testBody = z.strictObject({ permissions: z.array(z.string()) })

/** IAM of topics and subscriptions, and the project-level permission test. */
export function createIamOperations(world: World): Operation[] {
  return [
    ...createResourceOperations(world, 'topics'),
    ...createResourceOperations(world, 'subscriptions'),
    {
      name: 'cloudresourcemanager.projects.testIamPermissions',
      method: 'POST',
      path: '/cloudresourcemanager.googleapis.com/v1/projects/:project{[^/:]+:testIamPermissions}',
      handle: (call) => testProject(world, call),
    },
  ]
}

function createResourceOperations(world: World, kind: Kind): Operation[] {
  const verb = (name: string) => `/pubsub.googleapis.com/v1/projects/:project/${kind}/:resource{[^/:]+:${name}}`
  return [
    {
      name: `pubsub.${kind}.getIamPolicy`,
      method: 'GET',
      path: verb('getIamPolicy'),
      handle: (call) => read(world, call, kind),
    },
    {
      name: `pubsub.${kind}.setIamPolicy`,
      method: 'POST',
      path: verb('setIamPolicy'),
      handle: (call) => write(world, call, kind),
    },
    {
      name: `pubsub.${kind}.testIamPermissions`,
      method: 'POST',
      path: verb('testIamPermissions'),
      handle: (call) => test(world, call, kind),
    },
  ]
}

function find(world: World, kind: Kind, name: string): TopicState | SubscriptionState {
  return kind === 'topics' ? findTopic(world, name) : findSubscription(world, name)
}

function read(world: World, call: Call, kind: Kind) {
  const target = address(world, call, kind)
  requirePermission(world, target.token, target.projectId, `pubsub.${kind}.getIamPolicy`)
  return showPolicy(find(world, kind, target.name).policy, Number(call.query.get('options.requestedPolicyVersion') ?? 0))
}

function write(world: World, call: Call, kind: Kind) {
  const target = address(world, call, kind)
  requirePermission(world, target.token, target.projectId, `pubsub.${kind}.setIamPolicy`)
  const resource = find(world, kind, target.name)
  const { policy } = readJson(call, policyBody)
  const bindings = readBindings(policy)
  requireEtag(resource.policy, policy)
  requireAllowedMembers(world, target.projectId, bindings)
  resource.policy = replacePolicy(world, bindings)
  return showPolicy(resource.policy, policy.version ?? 0)
}

/** Of a resource that does not exist nobody holds anything: Google answers that, and not 404. */
function test(world: World, call: Call, kind: Kind) {
  const { token, projectId, name } = address(world, call, kind)
  const resource = world.state[kind].find((candidate) => candidate.name === name)
  return answer(call, resource ? permissionsOf(world, token, projectId, resource.policy.bindings) : new Set())
}

function testProject(world: World, call: Call) {
  const token = authenticate(world, call, 'pubsub', ['https://www.googleapis.com/auth/cloud-platform'])
  return answer(call, permissionsOf(world, token, param(call, 'project').replace(/:\w+$/, '')))
}

function answer(call: Call, held: Set<string>) {
  const permissions = readJson(call, testBody).permissions.filter((permission) => held.has(permission))
  return permissions.length > 0 ? { permissions } : {}
}
