import { ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import type { IamPolicy } from '../../../ports/index.ts'
import { gmailPublisher, publisherRole } from '../../../vendors/google/names.ts'

const tries = 3

/** The IAM policy of one resource. */
export interface PolicyAccess {
  read(): Promise<IamPolicy>
  /** @throws ProviderRefusal with status 409 when the etag is old */
  write(policy: IamPolicy): Promise<void>
}

/**
 * Makes sure that a member has a role on a resource: read, add, write with the etag, read back; somebody else's change in between starts it over.
 * All that is in the policy stays as it is.
 * @throws `pubsub_read_back_failed`, ProviderRefusal
 */
export async function ensureBinding(access: PolicyAccess, role: string, member: string): Promise<'done' | 'already_there'> {
  for (let attempt = 1; ; attempt += 1) {
    const policy = await access.read()
    if (hasBinding(policy, role, member)) return 'already_there'
    try {
      await access.write(withBinding(policy, role, member))
      break
    } catch (error) {
      const raced = error instanceof ProviderRefusal && error.httpStatus === 409
      if (!raced || attempt >= tries) throw error
    }
  }
  if (!hasBinding(await access.read(), role, member)) throw new TenantryError('pubsub_read_back_failed')
  return 'done'
}

/** Whether Gmail may publish to the topic with this policy. */
export function mayPublish(policy: IamPolicy): boolean {
  return hasBinding(policy, publisherRole, gmailPublisher)
}

/** A conditional grant may not hold when it matters, so it does not count. */
function hasBinding({ bindings = [] }: IamPolicy, role: string, member: string): boolean {
  return bindings.some((binding) => binding.role === role && binding.condition === undefined && binding.members.includes(member))
}

function withBinding(policy: IamPolicy, role: string, member: string): IamPolicy {
  const { bindings = [] } = policy
  const open = bindings.find((binding) => binding.role === role && binding.condition === undefined)
  const changed =
    open === undefined
      ? [...bindings, { role, members: [member] }]
      : bindings.map((binding) => (binding === open ? { ...binding, members: [...binding.members, member] } : binding))
  // Conditions survive only in a policy of version 3.
  const conditional = bindings.some(({ condition }) => condition !== undefined)
  return { ...policy, ...(conditional && { version: 3 }), bindings: changed }
}
