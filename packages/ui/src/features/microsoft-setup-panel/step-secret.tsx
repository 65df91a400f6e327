import { useController } from 'react-hook-form'
import { useFailureWords } from '../../elements/failure/index.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'
import { useSetupShell } from '../../elements/setup-panel/setup-shell.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Field } from '../../parts/field/field.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { SecretInput } from '../../parts/secret-input/secret-input.tsx'
import { Text } from '../../parts/text/text.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { EntraPageLink } from './entra-page-link.tsx'
import { useSetupModel } from './setup-context.ts'
import { isSecretEnding } from './setup-step.ts'

/** The secret that the app signs in with, and the day on which it ends: Microsoft tells nobody later. */
export function StepSecret() {
  const { t, form, status, epoch } = useSetupModel()
  const { fieldId } = useSetupShell()
  const say = useFailureWords()
  const secret = useController({ control: form.control, name: 'clientSecret' })
  const day = useController({ control: form.control, name: 'secretExpiresOn' })
  const { secretExpiresOn, secretDaysLeft } = status
  const ending =
    isSecretEnding(status) && secretDaysLeft !== null
      ? say({ code: secretDaysLeft < 0 ? 'app_secret_expired' : 'app_secret_ending', values: { date: secretExpiresOn ?? '' } })
      : null
  return (
    <StepFrame id="secret">
      {ending && (
        <Callout tone={secretDaysLeft !== null && secretDaysLeft < 0 ? 'danger' : 'warning'} title={ending.title}>
          {ending.detail} {ending.remedy}
        </Callout>
      )}
      <Instructions
        items={[
          t.rich('secretOpen', { link: <EntraPageLink key="link" to="registrations" /> }),
          t.rich('secretNew'),
          t.rich('secretExpires'),
          t.rich('secretCopy'),
        ]}
      />
      <SecretInput
        key={`secret-${epoch}`}
        id={fieldId('clientSecret')}
        label={t('clientSecretLabel')}
        fact={status.fields.clientSecret}
        value={secret.field.value}
        onChange={secret.field.onChange}
        onBlur={secret.field.onBlur}
        error={secret.fieldState.error?.message}
      />
      <Field id={fieldId('secretExpiresOn')} label={t('expiresLabel')} help={t.rich('expiresHelp')} error={day.fieldState.error?.message}>
        <TextInput {...day.field} code placeholder="2027-01-31" />
      </Field>
      <Disclosure summary={t('rotation')}>
        <Text size="small">{t('rotationBody')}</Text>
      </Disclosure>
    </StepFrame>
  )
}
