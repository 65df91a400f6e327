import type { FieldFact, SecretChange } from '@tenantry/sdk/wire'
import { Button } from '../../parts/button/button.tsx'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { Field } from '../../parts/field/field.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'

export interface SavedValueFieldProps {
  /** The form field's name. */
  name: string
  label: string
  /** What is known of the saved value. */
  fact: FieldFact
  /** The saved value as far as it may be shown. */
  shown: string | null
  value: SecretChange
  onChange: (change: SecretChange) => void
  onBlur: () => void
  error: string | undefined
  help?: string
  placeholder: string
}

/** A value that is no secret and yet not to be overwritten by chance: saved, it is a fact with a date; typed, it is plain text. */
export function SavedValueField(props: SavedValueFieldProps) {
  const { name, label, fact, shown, value, onChange, onBlur, error, help, placeholder } = props
  const { fieldId, focusField } = useSetupShell()
  const t = useSetupTexts()
  const part = usePart()
  const change = (next: SecretChange) => {
    onChange(next)
    focusField(name)
  }
  if (fact.set && value.action !== 'replace') {
    return (
      <div {...part('field')} id={fieldId(name)}>
        <span {...part('field-label')}>{label}</span>
        <div {...part('saved-secret')}>
          <code className="tn-code tn-saved-fact" dir="ltr">
            {shown ?? t('factSaved')}
          </code>
          <Button size="sm" aria-label={t('replaceOf', { label })} onClick={() => change({ action: 'replace', value: '' })}>
            {t('replace')}
          </Button>
        </div>
        <div {...part('field-help')}>{t.rich('factAdded', { date: <CalendarDate iso={fact.updatedAt} />, person: fact.updatedBy })}</div>
      </div>
    )
  }
  return (
    <Field
      id={fieldId(name)}
      label={label}
      error={error}
      help={
        fact.set ? (
          <Button size="sm" variant="quiet" aria-label={t('keepOf', { label })} onClick={() => change({ action: 'keep' })}>
            {t('keep')}
          </Button>
        ) : (
          help
        )
      }
    >
      <TextInput
        code
        name={name}
        placeholder={placeholder}
        value={value.action === 'replace' ? value.value : ''}
        onChange={(event) => onChange({ action: 'replace', value: event.target.value })}
        onBlur={onBlur}
      />
    </Field>
  )
}
