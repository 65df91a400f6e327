import type { Check, CheckId } from '@tenantry/sdk/wire'

const provenByUse: readonly CheckId[] = ['publishing', 'apis', 'same_project']

/** Google has no way to ask for it, and nobody has signed in yet who would prove it: not skipped, but not known. */
export function isUnknown({ id, status, code, blockedBy }: Check): boolean {
  return status === 'skip' && code === null && blockedBy === null && provenByUse.includes(id)
}
