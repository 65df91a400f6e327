import { useGmailProviderForm } from './gmail-provider-form.controller.ts'
import { GmailProviderFormView } from './gmail-provider-form.view.tsx'
import type { GmailProviderFormProps } from './gmail-form-props.ts'

/** Connects a Gmail mailbox through the tenant's own Google app, and looks after the connection from then on. */
export function GmailProviderForm(props: GmailProviderFormProps) {
  const { model, existing } = useGmailProviderForm(props)
  const { control, register, formState } = model.form
  return (
    <GmailProviderFormView {...props} model={model} control={control} register={register} errors={formState.errors} existing={existing} />
  )
}
