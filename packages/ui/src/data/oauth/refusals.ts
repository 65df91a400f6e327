import type { FieldError, FieldErrors, FieldPath, FieldValues } from 'react-hook-form'

/** What a server refused, field by field, until the refused value changes. */
export interface Refusals<Values extends FieldValues> {
  add(field: FieldPath<Values>, value: unknown, error: FieldError): void
  /** Forgets for good what was said of values that have changed; returns their fields. */
  dropChanged(values: Values): FieldPath<Values>[]
  errors(): FieldErrors<Values>
  clear(): void
}

/** The form's own rules run on every blur and know nothing of the server: this keeps what it said. */
export function createRefusals<Values extends FieldValues>(): Refusals<Values> {
  const refused = new Map<FieldPath<Values>, { value: unknown; error: FieldError }>()
  return {
    add: (field, value, error) => void refused.set(field, { value, error }),
    dropChanged(values) {
      const changed = [...refused].filter(([field, { value }]) => values[field] !== value).map(([field]) => field)
      for (const field of changed) refused.delete(field)
      return changed
    },
    errors: () => Object.fromEntries([...refused].map(([field, { error }]) => [field, error])) as FieldErrors<Values>,
    clear: () => refused.clear(),
  }
}
