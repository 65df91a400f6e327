import { useController } from 'react-hook-form'
import { Callout } from '../../parts/callout/callout.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { EndingSignIns } from './ending-sign-ins.tsx'
import { PublishTrap } from './publish-trap.tsx'
import { ScopeBox } from './scope-box.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'

export function StepConsent() {
  const { t, form, status, appName, props } = useSetupModel()
  const { field } = useController({ control: form.control, name: 'userType' })
  const type = field.value
  const name = props.tenantName === undefined ? appName : t('consentAppNameValue', { tenant: props.tenantName })
  const domain = new URL(status.redirectUris.gmail).hostname
  return (
    <StepFrame id="consent">
      <Text>{t.rich('consentLead')}</Text>
      <EndingSignIns />
      <RadioGroup
        legend={t('consentLegend')}
        options={[
          { value: 'internal', label: t.rich('internalLabel'), description: t('internalHelp') },
          { value: 'external', label: t.rich('externalLabel'), description: t('externalHelp') },
        ]}
        value={type}
        onChange={field.onChange}
      />
      {type && (
        <Instructions
          items={[
            t.rich('consentStart', { link: <ConsolePageLink to="overview" /> }),
            <>
              {t.rich('consentAppInfo')}
              <CopyBox
                rows={[{ value: name, what: t('consentAppName'), note: <span className="tn-setup-note">{t('consentAppNameNote')}</span> }]}
              />
            </>,
            <>
              {t.rich('consentAudience', { type: t(type) })} {type === 'internal' && t('consentGreyed')}
            </>,
            t.rich('consentContact'),
            t.rich('consentFinish'),
            ...(type === 'external'
              ? [
                  <>
                    {t.rich('consentBranding', { link: <ConsolePageLink to="branding" /> })}
                    <CopyBox rows={[{ value: domain, what: t('consentDomain') }]} />
                  </>,
                ]
              : []),
            <>
              {t.rich('consentScopes', { link: <ConsolePageLink to="dataAccess" /> })} {type === 'internal' && t('consentScopesInternal')}
              <ScopeBox />
            </>,
          ]}
        />
      )}
      {type === 'external' && <PublishTrap />}
      {type === 'internal' && <Callout>{t.rich('adminPolicy', { link: <ConsolePageLink to="apiControls" /> })}</Callout>}
    </StepFrame>
  )
}
