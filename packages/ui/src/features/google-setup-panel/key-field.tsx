import type { SecretChange } from '@tenantry/sdk/wire'
import { useState } from 'react'
import { useController } from 'react-hook-form'
import { Button } from '../../parts/button/button.tsx'
import { FileDrop } from '../../parts/file-drop/file-drop.tsx'
import { SavedSecret } from '../../parts/secret-input/saved-secret.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { readKeyFile } from './read-key-file.ts'
import type { KeyFile } from './read-key-file.ts'
import { useSetupTexts } from '../../elements/setup-panel/setup-shell.ts'
import { useSetupModel } from './setup-context.ts'

/** The service account key: saved, it is a fact; a new one comes as the file that Google downloaded. */
export function KeyField() {
  const { t, form, status, project, epoch, sayProblem, fieldId, focusField } = useSetupModel()
  const part = usePart()
  const shared = useSetupTexts()
  const { field, fieldState } = useController({ control: form.control, name: 'serviceAccountKey' })
  const [shown, setShown] = useState<Omit<KeyFile, 'json'> | null>(null)
  const saved = status.fields.serviceAccountKey
  const label = t('keyLabel')
  const change = (next: SecretChange) => {
    setShown(null)
    field.onChange(next)
    focusField('serviceAccountKey')
  }
  const keepButton = (
    <Button size="sm" variant="quiet" aria-label={shared('keepOf', { label })} onClick={() => change({ action: 'keep' })}>
      {shared('keep')}
    </Button>
  )
  if (saved.set && field.value.action === 'keep') {
    return (
      <div {...part('field')} id={fieldId('serviceAccountKey')}>
        <span {...part('field-label')}>{label}</span>
        <SavedSecret
          label={label}
          fact={saved}
          onReplace={() => change({ action: 'replace', value: '' })}
          onRemove={() => change({ action: 'remove' })}
        />
      </div>
    )
  }
  if (saved.set && field.value.action === 'remove') {
    return (
      <div {...part('field')} id={fieldId('serviceAccountKey')}>
        <span {...part('field-label')}>{label}</span>
        <div {...part('saved-secret')}>
          <span className="tn-saved-fact">{t('keyRemoved')}</span>
          {keepButton}
        </div>
      </div>
    )
  }
  return (
    <div id={fieldId('serviceAccountKey')}>
      <FileDrop
        key={epoch}
        label={label}
        hint={t('keyHint')}
        read={(text) => readKeyFile(text, project, ({ code, values }) => sayProblem('serviceAccountKey', code, values))}
        onRead={({ json, ...file }) => {
          setShown(file)
          field.onChange({ action: 'replace', value: json })
        }}
        onClear={() => {
          setShown(null)
          field.onChange({ action: 'replace', value: '' })
        }}
        summary={shown && <div>{t.rich('keySummary', shown)}</div>}
        error={fieldState.error?.message}
        help={saved.set && keepButton}
      />
    </div>
  )
}
