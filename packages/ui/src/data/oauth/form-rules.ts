import type { standardSchemaResolver } from '@hookform/resolvers/standard-schema'
import type { FieldFailure } from '@tenantry/sdk/errors'
import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form'
import type { SayFailure } from '../error-to-fields.ts'
import type { Refusals } from './refusals.ts'

/** Any schema of the Standard Schema kind: zod, valibot, arktype. */
export type ExtraSchema = Parameters<typeof standardSchemaResolver>[0]

export interface FormRules<Values> {
  /** What is wrong with the form's own fields. */
  readonly check: (values: Values) => readonly FieldFailure[]
  readonly say: SayFailure
  /** The host's rules for its own fields; it gets all values. */
  readonly extraSchema: ExtraSchema | undefined
}

/** The form's own rules, the host's and what the server refused as one resolver. */
export function createFormResolver<Values extends FieldValues>(
  { check, say, extraSchema }: FormRules<Values>,
  refusals: Refusals<Values>,
): Resolver<Values> {
  return async (values, context, options) => {
    const own = Object.fromEntries(check(values).map((failure) => [failure.field, { type: failure.code, message: say(failure) }]))
    const extra = extraSchema ? (await (await loadResolver<Values>(extraSchema))(values, context, options)).errors : {}
    refusals.dropChanged(values)
    const errors = { ...refusals.errors(), ...extra, ...own } as FieldErrors<Values>
    return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} }
  }
}

// Only hosts with own rules pay for it.
async function loadResolver<Values extends FieldValues>(schema: ExtraSchema): Promise<Resolver<Values>> {
  const { standardSchemaResolver: create } = await import('@hookform/resolvers/standard-schema')
  return create(schema) as unknown as Resolver<Values>
}

/** Whether all rules hold, if that can be said at once: a window may only be opened within the click. */
export function holdsAtOnce<Values extends FieldValues>({ check, extraSchema }: FormRules<Values>, values: Values): boolean {
  if (check(values).length > 0) return false
  const result = extraSchema?.['~standard'].validate(values)
  return result === undefined || (!(result instanceof Promise) && result.issues === undefined)
}
