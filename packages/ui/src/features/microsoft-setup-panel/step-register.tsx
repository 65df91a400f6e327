import { microsoftClouds } from '@tenantry/sdk/model'
import { Suspense, useState } from 'react'
import { useController } from 'react-hook-form'
import { SavedValueField } from '../../elements/setup-panel/saved-value-field.tsx'
import { useSetupShell } from '../../elements/setup-panel/setup-shell.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Field } from '../../parts/field/field.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { Select } from '../../parts/select/select.tsx'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { EntraPageLink } from './entra-page-link.tsx'
import { useSetupModel } from './setup-context.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// The script is for those who like it better.
const SetupScript = lazyPart(async () => (await import('./setup-script.tsx')).SetupScript)

/** The app in Entra: where it sends people back to, and what it is called there. */
export function StepRegister() {
  const { t, form, status, epoch, appName } = useSetupModel()
  const { fieldId } = useSetupShell()
  const directory = useController({ control: form.control, name: 'directoryId' })
  const client = useController({ control: form.control, name: 'clientId' })
  const cloud = useController({ control: form.control, name: 'cloud' })
  const [wantsScript, setWantsScript] = useState(false)
  return (
    <StepFrame id="register">
      {status.baseUrlProblem === 'not_https' && <Callout tone="danger">{t('notHttps')}</Callout>}
      <Instructions
        items={[
          t.rich('registerOpen', { link: <EntraPageLink key="link" to="newRegistration" /> }),
          <>
            {t.rich('registerName')}
            <CopyBox rows={[{ value: appName, what: t('nameOf') }]} />
          </>,
          t.rich('registerAccounts'),
          <>
            {t.rich('registerRedirect')}
            <CopyBox rows={[{ value: status.redirectUri, what: t('redirectUri') }]} />
          </>,
          t.rich('registerCopy'),
        ]}
      />
      <SavedValueField
        key={`directory-${epoch}`}
        name="directoryId"
        label={t('directoryLabel')}
        fact={status.fields.directoryId}
        shown={status.directoryId}
        value={directory.field.value}
        onChange={directory.field.onChange}
        onBlur={directory.field.onBlur}
        error={directory.fieldState.error?.message}
        placeholder="00000000-0000-0000-0000-000000000000"
      />
      <SavedValueField
        key={`client-${epoch}`}
        name="clientId"
        label={t('clientIdLabel')}
        fact={status.fields.clientId}
        shown={status.maskedClientId}
        value={client.field.value}
        onChange={client.field.onChange}
        onBlur={client.field.onBlur}
        error={client.fieldState.error?.message}
        placeholder="00000000-0000-0000-0000-000000000000"
      />
      <Disclosure summary={t('cloudSummary')} defaultOpen={status.cloud !== 'global'}>
        <Field id={fieldId('cloud')} label={t('cloudLabel')}>
          <Select {...cloud.field}>
            {microsoftClouds.map((name) => (
              <option key={name} value={name}>
                {t(name)}
              </option>
            ))}
          </Select>
        </Field>
      </Disclosure>
      <Disclosure summary={t('scriptSummary')} onToggle={(isOpen) => isOpen && setWantsScript(true)}>
        {wantsScript && (
          <Suspense fallback={<Skeleton shape="block" />}>
            <SetupScript />
          </Suspense>
        )}
      </Disclosure>
    </StepFrame>
  )
}
