import { cloudError } from '../http/api-error.ts'
import { findBy } from '../state/find-by.ts'
import type { AccessTokenState } from '../state/oauth-state.ts'
import type { PolicyBinding } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'

const VIEW = ['pubsub.topics.get', 'pubsub.topics.list', 'pubsub.subscriptions.get', 'pubsub.subscriptions.list']
const EDIT = [
  ...VIEW,
  'pubsub.topics.create',
  'pubsub.topics.update',
  'pubsub.topics.delete',
  'pubsub.topics.publish',
  'pubsub.topics.attachSubscription',
  'pubsub.subscriptions.create',
  'pubsub.subscriptions.update',
  'pubsub.subscriptions.delete',
  'pubsub.subscriptions.consume',
]
const ADMIN = [
  ...EDIT,
  'pubsub.topics.getIamPolicy',
  'pubsub.topics.setIamPolicy',
  'pubsub.subscriptions.getIamPolicy',
  'pubsub.subscriptions.setIamPolicy',
]
const ACT_AS = 'iam.serviceAccounts.actAs'

const ROLES: Record<string, string[]> = {
  'roles/owner': [...ADMIN, ACT_AS],
  'roles/editor': [...EDIT, ACT_AS],
  'roles/viewer': VIEW,
  'roles/pubsub.admin': ADMIN,
  'roles/pubsub.editor': EDIT,
  'roles/pubsub.viewer': VIEW,
  'roles/pubsub.publisher': ['pubsub.topics.publish'],
  'roles/pubsub.subscriber': ['pubsub.subscriptions.consume', 'pubsub.topics.attachSubscription'],
  'roles/iam.serviceAccountUser': [ACT_AS],
}

/** Roles that exist, as far as the sandbox knows. */
export function isRole(role: string): boolean {
  return Object.hasOwn(ROLES, role)
}

/** The permissions the caller holds in a project, or on a resource with the given bindings. */
export function permissionsOf(world: World, token: AccessTokenState, projectId: string, bindings: PolicyBinding[] = []): Set<string> {
  return permissionsOfMember(world, memberOf(token), projectId, bindings)
}

/** What a member, named as in IAM, holds. A binding with a condition grants nothing: the sandbox cannot tell whether it is met. */
export function permissionsOfMember(world: World, member: string, projectId: string, bindings: PolicyBinding[] = []): Set<string> {
  const project = findBy(world.state.projects, 'projectId', projectId)
  const onProject = project?.members.filter((entry) => entry.member === member).map((entry) => entry.role) ?? []
  const onResource = bindings
    .filter(({ condition, members }) => condition === undefined && (members.includes(member) || members.includes('allUsers')))
    .map((binding) => binding.role)
  return new Set([...onProject, ...onResource].flatMap((role) => ROLES[role] ?? project?.customRoles[role] ?? []))
}

/** @throws ApiError 404 for an unknown project, 403 PERMISSION_DENIED */
export function requirePermission(
  world: World,
  token: AccessTokenState,
  projectId: string,
  permission: string,
  bindings?: PolicyBinding[],
): void {
  if (!findBy(world.state.projects, 'projectId', projectId)) {
    throw cloudError(
      404,
      'NOT_FOUND',
      `Requested project not found or user does not have access to it (project=${projectId}). Make sure to specify the unique project identifier and not the Google Cloud Console display name.`,
    )
  }
  if (!permissionsOf(world, token, projectId, bindings).has(permission))
    throw cloudError(403, 'PERMISSION_DENIED', 'User not authorized to perform this action.')
}

/** @throws ApiError 403: the caller may not let Pub/Sub sign as this service account. */
export function requireActAs(world: World, token: AccessTokenState, email: string): void {
  const account = findBy(world.state.serviceAccounts, 'email', email)
  if (account && permissionsOf(world, token, account.projectId).has(ACT_AS)) return
  throw cloudError(
    403,
    'PERMISSION_DENIED',
    `The principal (user or service account) lacks IAM permission "${ACT_AS}" for the resource "${email}" (or the resource may not exist).`,
  )
}

function memberOf({ holder }: AccessTokenState): string {
  return holder.kind === 'client' ? `user:${holder.address}` : `serviceAccount:${holder.email}`
}
