import { createContext, useContext } from 'react'

/** How a field is tied to the control inside it. */
export interface FieldWiring {
  readonly id: string
  /** Ids of help, notice and error, in reading order. */
  readonly describedBy: string | undefined
  readonly invalid: boolean
  readonly disabled: boolean
}

export const FieldContext = createContext<FieldWiring | null>(null)

/** The attributes a control takes from the field around it; outside a field, none. */
export function useFieldWiring() {
  const field = useContext(FieldContext)
  if (!field) return {}
  return {
    id: field.id,
    ...(field.describedBy && { 'aria-describedby': field.describedBy }),
    ...(field.invalid && { 'aria-invalid': true as const, 'data-invalid': '' }),
    ...(field.disabled && { disabled: true }),
  }
}
