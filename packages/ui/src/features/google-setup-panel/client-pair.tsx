import { useController } from 'react-hook-form'
import { SecretInput } from '../../parts/secret-input/secret-input.tsx'
import { SavedValueField } from '../../elements/setup-panel/saved-value-field.tsx'
import { useSetupModel } from './setup-context.ts'

export interface ClientPairProps {
  idField: 'clientId' | 'calendarClientId'
  secretField: 'clientSecret' | 'calendarClientSecret'
}

/** Client ID and secret, one above the other: both are long. */
export function ClientPair({ idField, secretField }: ClientPairProps) {
  const { t, form, status, epoch, fieldId } = useSetupModel()
  const id = useController({ control: form.control, name: idField })
  const { field, fieldState } = useController({ control: form.control, name: secretField })
  const typed = field.value.action === 'replace' ? field.value.value : ''
  const label = t(secretField === 'clientSecret' ? 'clientSecretLabel' : 'calendarClientSecretLabel')
  return (
    <>
      <SavedValueField
        key={`id-${epoch}`}
        name={idField}
        label={t(idField === 'clientId' ? 'clientIdLabel' : 'calendarClientIdLabel')}
        fact={status.fields[idField]}
        shown={idField === 'clientId' ? status.maskedClientId : status.maskedCalendarClientId}
        value={id.field.value}
        onChange={id.field.onChange}
        onBlur={id.field.onBlur}
        error={id.fieldState.error?.message}
        placeholder="123456789012-abc...apps.googleusercontent.com"
      />
      <SecretInput
        key={`secret-${epoch}`}
        id={fieldId(secretField)}
        label={label}
        fact={status.fields[secretField]}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        error={fieldState.error?.message}
        notice={typed !== '' && !fieldState.error && !typed.startsWith('GOCSPX-') ? t.rich('clientSecretPrefix') : undefined}
      />
    </>
  )
}
