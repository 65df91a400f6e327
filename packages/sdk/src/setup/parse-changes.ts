import type { infer as Infer, ZodMiniType } from 'zod/mini'
import { TenantryError } from '../errors/index.ts'

/** What a save was given, also by a host without types. @throws `invalid_input` with the first field that does not fit */
export function parseChanges<Schema extends ZodMiniType>(schema: Schema, changes: unknown): Infer<Schema> {
  const parsed = schema.safeParse(changes)
  if (!parsed.success) throw new TenantryError('invalid_input', { field: String(parsed.error.issues[0]?.path[0] ?? 'changes') })
  return parsed.data
}
