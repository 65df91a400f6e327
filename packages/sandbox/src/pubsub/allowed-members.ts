import { cloudError } from '../http/api-error.ts'
import type { PolicyBinding } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'

/** @throws ApiError 400 FAILED_PRECONDITION when domain-restricted sharing keeps a member out */
export function requireAllowedMembers(world: World, projectId: string, bindings: PolicyBinding[]): void {
  const project = world.state.projects.find((candidate) => candidate.projectId === projectId)
  if (!project?.domainRestrictedSharing) return
  const own = (member: string) =>
    member.endsWith(`@${project.organization}`) || world.state.serviceAccounts.some(({ email }) => member === `serviceAccount:${email}`)
  const foreign = bindings.flatMap(({ members }) => members).filter((member) => !own(member))
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
