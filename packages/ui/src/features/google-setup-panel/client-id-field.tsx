import type { SecretChange } from '@tenantry/sdk/wire'
import { useController } from 'react-hook-form'
import { Button } from '../../parts/button/button.tsx'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { Field } from '../../parts/field/field.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { useSetupModel } from './setup-context.ts'

/** The client ID: saved, it is a masked fact with a date; typed, it is plain text, for it is no secret. */
export function ClientIdField({ name }: { name: 'clientId' | 'calendarClientId' }) {
  const { t, form, status, fieldId, focusField } = useSetupModel()
  const part = usePart()
  const {
    field: { value, onChange, onBlur },
    fieldState,
  } = useController({ control: form.control, name })
  const change = (next: SecretChange) => {
    onChange(next)
    focusField(name)
  }
  const label = t(name === 'clientId' ? 'clientIdLabel' : 'calendarClientIdLabel')
  const saved = status.fields[name]
  const masked = name === 'clientId' ? status.maskedClientId : status.maskedCalendarClientId
  if (saved.set && value.action !== 'replace') {
    return (
      <div {...part('field')} id={fieldId(name)}>
        <span {...part('field-label')}>{label}</span>
        <div {...part('saved-secret')}>
          <code className="tn-code tn-saved-fact" dir="ltr">
            {masked ?? t('factSaved')}
          </code>
          <Button size="sm" aria-label={t('replaceOf', { label })} onClick={() => change({ action: 'replace', value: '' })}>
            {t('replace')}
          </Button>
        </div>
        <div {...part('field-help')}>{t.rich('factAdded', { date: <CalendarDate iso={saved.updatedAt} />, person: saved.updatedBy })}</div>
      </div>
    )
  }
  const typed = value.action === 'replace' ? value.value : ''
  return (
    <Field
      id={fieldId(name)}
      label={label}
      error={fieldState.error?.message}
      help={
        saved.set && (
          <Button size="sm" variant="quiet" aria-label={t('keepOf', { label })} onClick={() => change({ action: 'keep' })}>
            {t('keep')}
          </Button>
        )
      }
    >
      <TextInput
        code
        name={name}
        placeholder="123456789012-abc...apps.googleusercontent.com"
        value={typed}
        onChange={(event) => onChange({ action: 'replace', value: event.target.value })}
        onBlur={onBlur}
      />
    </Field>
  )
}
