import { useGoogleCalendarProviderForm } from './google-calendar-provider-form.controller.ts'
import { GoogleCalendarProviderFormView } from './google-calendar-provider-form.view.tsx'
import type { GoogleCalendarProviderFormProps } from './calendar-form-props.ts'

/** Connects a Google calendar through the tenant's own Google app, and looks after the connection from then on. */
export function GoogleCalendarProviderForm(props: GoogleCalendarProviderFormProps) {
  const { model, asked } = useGoogleCalendarProviderForm(props)
  const { control, register, formState } = model.form
  return (
    <GoogleCalendarProviderFormView
      {...props}
      model={model}
      asked={asked}
      control={control}
      register={register}
      errors={formState.errors}
    />
  )
}
