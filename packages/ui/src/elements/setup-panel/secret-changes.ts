import { cleanPaste } from '@tenantry/sdk/model'
import type { FieldFact, SecretChange } from '@tenantry/sdk/wire'

/** Whether a write-only field will have a value after a save. */
export function hasValue(change: SecretChange, saved: boolean): boolean {
  if (change.action === 'keep') return saved
  return change.action === 'replace' && (change.value.trim() !== '' || saved)
}

/** What a save sends of write-only fields: one that was left alone is absent. */
export function toSecretChanges<Field extends string>(
  fields: readonly Field[],
  form: Readonly<Record<Field, SecretChange>>,
  saved: Readonly<Record<Field, FieldFact>>,
): Partial<Record<Field, SecretChange>> {
  const changes = fields.flatMap((field) => {
    const change = toChange(form[field], saved[field].set)
    return change ? [[field, change] as const] : []
  })
  return Object.fromEntries(changes) as Partial<Record<Field, SecretChange>>
}

function toChange(change: SecretChange, saved: boolean): SecretChange | null {
  if (change.action === 'remove') return saved ? change : null
  if (change.action === 'keep') return null
  const value = cleanPaste(change.value)
  return value === '' ? null : { action: 'replace', value }
}
