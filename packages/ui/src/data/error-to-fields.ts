import { isTenantryError } from '@tenantry/sdk/errors'
import type { FieldFailure } from '@tenantry/sdk/errors'
import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form'

/** Which form field stands for which field of the wire. */
export type FieldNames<Values extends FieldValues> = Readonly<Record<string, FieldPath<Values>>>

/** Words for one field's failure, in the form's language. */
export type SayFailure = (failure: FieldFailure) => string

/**
 * Puts a failure of the server beside the fields it names; what was typed stays. Returns the named form fields in the order of
 * `names`; empty when the failure is not about a field of this form.
 */
export function errorToFields<Values extends FieldValues>(
  error: unknown,
  names: FieldNames<Values>,
  setError: UseFormSetError<Values>,
  say: SayFailure,
): FieldPath<Values>[] {
  if (!isTenantryError(error)) return []
  const failures = error.fields.filter((failure) => names[failure.field] !== undefined)
  const named = Object.entries(names).flatMap(([field, name]) => {
    const failure = failures.find((candidate) => candidate.field === field)
    if (!failure) return []
    setError(name, { type: failure.code, message: say(failure) })
    return [name]
  })
  return [...new Set(named)]
}
