import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { Control, FieldErrors, UseFormRegister } from 'react-hook-form'
import type { CalendarDirection, CalendarFormValues } from './calendar-form-values.ts'

export interface CalendarSettingsProps {
  connection: ConnectionSummary
  control: Control<CalendarFormValues>
  register: UseFormRegister<CalendarFormValues>
  errors: FieldErrors<CalendarFormValues>
  directions: readonly CalendarDirection[] | undefined
  readOnly: boolean
  onConnect: ((connection: ConnectionSummary, values: CalendarFormValues) => void) | undefined
}
