import type * as z from 'zod/mini'
import { TenantryError } from '../../../errors/index.ts'

/** Checks what a host handed in. @throws `invalid_input` with all wrong fields, `whole` where it is none of them */
export function parseInput<T>(schema: z.ZodMiniType<T>, input: unknown, whole: string): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.flatMap(({ path, ...issue }) =>
    (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]).map((names) => names.join('.') || whole),
  )
  throw new TenantryError('invalid_input', { fields: [...new Set(fields)].map((field) => ({ field, code: 'invalid_input' as const })) })
}

/** @throws `invalid_input` */
export function parseText(input: unknown, form: RegExp, field: string): string {
  if (typeof input !== 'string' || !form.test(input)) throw new TenantryError('invalid_input', { field })
  return input
}
