import type { Provisioning } from '@tenantry/sdk/wire'
import { useController } from 'react-hook-form'
import { Field } from '../../parts/field/field.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { useNotificationTexts } from './notifications.controller.ts'
import { useSetupModel } from './setup-context.ts'

export interface ManualNamesProps {
  names: NonNullable<Provisioning['names']>
  /** What somebody chose; `null`: ours. */
  saved: Pick<Provisioning, 'topicName' | 'pushServiceAccount'>
}

/** The names that somebody chose in Google Cloud; left empty they are ours. */
export function ManualNames({ names, saved }: ManualNamesProps) {
  const { form, fieldId } = useSetupModel()
  const t = useNotificationTexts()
  const topic = useController({ control: form.control, name: 'topicName' })
  const account = useController({ control: form.control, name: 'pushServiceAccount' })
  const ourTopic = names.topic.split('/').at(-1) ?? names.topic
  const code = (value: string) => (
    <code key="value" className="tn-code" dir="ltr">
      {value}
    </code>
  )
  return (
    <div className="tn-fields">
      <Field
        id={fieldId('topicName')}
        label={t('topicLabel')}
        optional
        help={saved.topicName === null ? t.rich('topicHelp', { topic: code(ourTopic) }) : t('ownHelp')}
        error={topic.fieldState.error?.message}
      >
        <TextInput {...topic.field} code placeholder={ourTopic} />
      </Field>
      <Field
        id={fieldId('pushServiceAccount')}
        label={t('accountLabel')}
        optional
        help={saved.pushServiceAccount === null ? t.rich('accountHelp', { account: code(names.pushServiceAccount) }) : t('ownHelp')}
        error={account.fieldState.error?.message}
      >
        <TextInput {...account.field} code placeholder={names.pushServiceAccount} />
      </Field>
    </div>
  )
}
