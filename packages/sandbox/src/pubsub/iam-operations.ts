import { z } from 'zod/mini'
import { cloudError } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { authenticate } from '../oauth/authenticate.ts'
import { encodeOpaque } from '../state/encoding.ts'
import type { TopicState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { isRole, permissionsOf, requirePermission } from './permissions.ts'
import { address, findTopic } from './resource-name.ts'

const PATH = '/pubsub.googleapis.com/v1/projects/:project/topics'
const binding = z.strictObject({ role: z.string(), members: z.optional(z.array(z.string())) })
const policyBody = z.strictObject({
  policy: z.strictObject({ etag: z.optional(z.string()), version: z.optional(z.number()), bindings: z.optional(z.array(binding)) }),
  updateMask: z.optional(z.string()),
})
const testBody = z.strictObject({ permissions: z.array(z.string()) })

/** IAM of topics, and the project-level permission test. */
export function createIamOperations(world: World): Operation[] {
  return [
    {
      name: 'pubsub.topics.getIamPolicy',
      method: 'GET',
      path: `${PATH}/:resource{[^/:]+:getIamPolicy}`,
      handle: (call) => read(world, call),
    },
    {
      name: 'pubsub.topics.setIamPolicy',
      method: 'POST',
      path: `${PATH}/:resource{[^/:]+:setIamPolicy}`,
      handle: (call) => write(world, call),
    },
    {
      name: 'pubsub.topics.testIamPermissions',
      method: 'POST',
      path: `${PATH}/:resource{[^/:]+:testIamPermissions}`,
      handle: (call) => test(world, call),
    },
    {
      name: 'cloudresourcemanager.projects.testIamPermissions',
      method: 'POST',
      path: '/cloudresourcemanager.googleapis.com/v1/projects/:project{[^/:]+:testIamPermissions}',
      handle: (call) => testProject(world, call),
    },
  ]
}

function read(world: World, call: Call) {
  const target = address(world, call, 'topics')
  requirePermission(world, target.token, target.projectId, 'pubsub.topics.getIamPolicy')
  return show(findTopic(world, target.name))
}

function write(world: World, call: Call) {
  const target = address(world, call, 'topics')
  requirePermission(world, target.token, target.projectId, 'pubsub.topics.setIamPolicy')
  const topic = findTopic(world, target.name)
  const { policy } = readJson(call, policyBody)
  const bindings = (policy.bindings ?? []).map(({ role, members = [] }) => ({ role, members }))
  for (const { role } of bindings) {
    if (!isRole(role)) throw cloudError(400, 'INVALID_ARGUMENT', `Role ${role} is not supported for this resource.`)
  }
  if (policy.etag !== undefined && policy.etag !== topic.policy.etag) {
    throw cloudError(
      409,
      'ABORTED',
      'There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.',
    )
  }
  requireAllowedMembers(
    world,
    target.projectId,
    bindings.flatMap(({ members }) => members),
  )
  topic.policy = { version: 1, etag: encodeOpaque(++world.state.sequence), bindings: bindings.filter(({ members }) => members.length > 0) }
  return show(topic)
}

function requireAllowedMembers(world: World, projectId: string, members: string[]): void {
  const project = world.state.projects.find((candidate) => candidate.projectId === projectId)
  if (!project?.domainRestrictedSharing) return
  const own = (member: string) =>
    member.endsWith(`@${project.organization}`) || world.state.serviceAccounts.some(({ email }) => member === `serviceAccount:${email}`)
  const foreign = members.filter((member) => !own(member))
  if (foreign.length === 0) return
  throw cloudError(
    400,
    'FAILED_PRECONDITION',
    'One or more users named in the policy do not belong to a permitted customer, perhaps due to an organization policy.',
    [
      {
        '@type': 'type.googleapis.com/google.rpc.PreconditionFailure',
        violations: foreign.map((member) => ({
          type: 'constraints/iam.allowedPolicyMemberDomains',
          subject: `orgpolicy:projects/${projectId}`,
          description: `User ${member.replace(/^\w+:/, '')} is not in permitted organization.`,
        })),
      },
    ],
  )
}

function test(world: World, call: Call) {
  const target = address(world, call, 'topics')
  const held = permissionsOf(world, target.token, target.projectId, findTopic(world, target.name).policy.bindings)
  return answer(call, held)
}

function testProject(world: World, call: Call) {
  const token = authenticate(world, call, 'pubsub', ['https://www.googleapis.com/auth/cloud-platform'])
  return answer(call, permissionsOf(world, token, param(call, 'project').replace(/:\w+$/, '')))
}

function answer(call: Call, held: Set<string>) {
  const permissions = readJson(call, testBody).permissions.filter((permission) => held.has(permission))
  return permissions.length > 0 ? { permissions } : {}
}

function show({ policy }: TopicState) {
  return policy.bindings.length > 0 ? policy : { etag: policy.etag }
}
