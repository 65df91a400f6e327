import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { SecretChange } from '@tenantry/sdk/wire'

/** What is wrong with a field: a code of the product, or a value that is not there yet. */
export type FieldProblem = ErrorCode | 'required'

/** What is wrong with a typed value by the model's parser; nothing with one that is not replaced. */
export function checkChange(change: SecretChange, parse: (text: string) => string): ErrorCode | null {
  if (change.action !== 'replace' || change.value.trim() === '') return null
  return problemOf(() => parse(change.value))
}

/** The code that a parser refuses with. */
export function problemOf(parse: () => unknown): ErrorCode | null {
  try {
    parse()
    return null
  } catch (error) {
    if (isTenantryError(error)) return error.code
    throw error
  }
}
