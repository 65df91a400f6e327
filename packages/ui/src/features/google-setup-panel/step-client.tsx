import { useController } from 'react-hook-form'
import { Callout } from '../../parts/callout/callout.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { Switch } from '../../parts/checkbox/checkbox.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ClientFileDrop } from './client-file-drop.tsx'
import { ClientPair } from './client-pair.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'

export function StepClient() {
  const { t, form, status, services, props } = useSetupModel()
  const { field } = useController({ control: form.control, name: 'calendarMode' })
  const both = services.length > 1
  const offersSeparate = both && (props.allowSeparateCalendarClient !== false || field.value === 'separate')
  const uris = [
    { service: 'gmail', value: status.redirectUris.gmail, what: t('uriGmailOf'), label: t('uriGmail') },
    { service: 'calendar', value: status.redirectUris.calendar, what: t('uriCalendarOf'), label: t('uriCalendar') },
  ] as const
  return (
    <StepFrame id="client">
      <div className="tn-setup-stack">
        <Text>{t.rich('clientUris')}</Text>
        <CopyBox rows={uris.filter(({ service }) => services.includes(service))} {...(both && { copyAll: t('uriAll') })} />
      </div>
      {status.baseUrlProblem === 'not_https' && <Callout tone="danger">{t('clientNotHttps')}</Callout>}
      <Instructions
        items={[
          t.rich('clientOpen', { link: <ConsolePageLink to="clients" /> }),
          t.rich('clientType'),
          t.rich('clientOrigins'),
          t.rich('clientAddUri'),
          t.rich('clientCreate'),
          t.rich('clientCopy'),
        ]}
      />
      <ClientFileDrop
        idField="clientId"
        secretField="clientSecret"
        uris={uris.filter(({ service }) => services.includes(service)).map(({ value }) => value)}
      />
      <ClientPair idField="clientId" secretField="clientSecret" />
      {offersSeparate && (
        <Switch
          label={t('sameClient')}
          checked={field.value === 'shared'}
          onChange={(event) => field.onChange(event.target.checked ? 'shared' : 'separate')}
        />
      )}
      {field.value === 'separate' && (
        <fieldset className="tn-setup-group">
          <legend className="tn-field-label">{t('calendarClient')}</legend>
          <ClientFileDrop idField="calendarClientId" secretField="calendarClientSecret" uris={[status.redirectUris.calendar]} />
          <ClientPair idField="calendarClientId" secretField="calendarClientSecret" />
        </fieldset>
      )}
      <Disclosure summary={t('rotation')}>
        <Text size="small">{t.rich('rotationBody')}</Text>
      </Disclosure>
    </StepFrame>
  )
}
