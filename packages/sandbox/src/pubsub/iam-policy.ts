import { z } from 'zod/mini'
import { cloudError } from '../http/api-error.ts'
import { encodeOpaque } from '../state/encoding.ts'
import type { PolicyBinding, PolicyState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { isRole } from './permissions.ts'

const CONDITIONAL = 3
const text = z.optional(z.string())
const binding = z.strictObject({
  role: z.string(),
  members: z.optional(z.array(z.string())),
  condition: z.optional(z.strictObject({ expression: z.string(), title: text, description: text, location: text })),
})

export const policyBody = z.strictObject({
  policy: z.strictObject({ etag: text, version: z.optional(z.int()), bindings: z.optional(z.array(binding)) }),
  updateMask: text,
})

type NewPolicy = z.infer<typeof policyBody>['policy']

/** A resource without grants. */
export function createPolicy(): PolicyState {
  return { etag: 'ACAB', bindings: [] }
}

/** The bindings of a policy to be set. @throws ApiError 400 for an unknown role or version, or a condition below version 3 */
export function readBindings({ bindings = [], version = 0 }: NewPolicy): PolicyBinding[] {
  const unknown = bindings.find(({ role }) => !isRole(role))
  if (unknown) throw cloudError(400, 'INVALID_ARGUMENT', `Role ${unknown.role} is not supported for this resource.`)
  if (![0, 1, CONDITIONAL].includes(version))
    throw cloudError(400, 'INVALID_ARGUMENT', `Invalid policy version given (version=${version}).`)
  if (version < CONDITIONAL && bindings.some(({ condition }) => condition))
    throw cloudError(400, 'INVALID_ARGUMENT', 'A policy with conditional role bindings must specify version 3.')
  return bindings
    .filter(({ members = [] }) => members.length > 0)
    .map(({ role, members = [], condition }) => ({ role, members, ...(condition ? { condition } : {}) }))
}

/** @throws ApiError 409 ABORTED when somebody else was faster; without an etag the last one wins */
export function requireEtag(current: PolicyState, { etag }: NewPolicy): void {
  if (etag === undefined || etag === current.etag) return
  throw cloudError(
    409,
    'ABORTED',
    'There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.',
  )
}

/** Puts new bindings in place of the old, under a new etag. */
export function replacePolicy(world: World, bindings: PolicyBinding[]): PolicyState {
  return { etag: encodeOpaque(++world.state.sequence), bindings }
}

/** The policy as Google returns it: who asks for less than version 3 sees that there is a condition, and not which. */
export function showPolicy({ etag, bindings }: PolicyState, requestedVersion: number): Record<string, unknown> {
  if (bindings.length === 0) return { etag }
  const conditional = bindings.some(({ condition }) => condition)
  if (!conditional || requestedVersion >= CONDITIONAL) return { version: conditional ? CONDITIONAL : 1, etag, bindings }
  const shown = bindings.map(({ role, members, condition }, index) => ({
    role: condition ? `${role}_withcond_${String(index).padStart(20, '0')}` : role,
    members,
  }))
  return { version: 1, etag, bindings: shown }
}
