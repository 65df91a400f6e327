import { Button } from '../../parts/button/button.tsx'
import { Checkbox } from '../../parts/checkbox/checkbox.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { SetupCheck } from './setup-check.tsx'
import { useSetupModel } from './setup-context.ts'
import { checksFor } from './setup-step.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'

export function StepApis() {
  const { t, project, services, declared, declare, test, runChecks, status } = useSetupModel()
  const link = <ConsolePageLink to="enableApis" />
  const apis = [
    { mark: 'gmailApi', service: 'gmail', name: t('apiGmail'), use: t('apiGmailUse') },
    { mark: 'calendarApi', service: 'calendar', name: t('apiCalendar'), use: t('apiCalendarUse') },
    { mark: 'pubsubApi', service: 'gmail', name: t('apiPubsub'), use: t('apiPubsubUse') },
  ] as const
  const checks = checksFor('apis', test.data)
  return (
    <StepFrame id="apis">
      <Instructions
        items={[
          project === null
            ? t.rich('apisOpenNoProject', { link })
            : t.rich('apisOpen', {
                link,
                project: (
                  <strong className="tn-strong" dir="ltr">
                    {project}
                  </strong>
                ),
              }),
          t.rich('apisEnable'),
        ]}
      />
      <fieldset className="tn-setup-group">
        <legend className="tn-field-label">{t('apisLegend')}</legend>
        {apis
          .filter(({ service }) => services.includes(service))
          .map(({ mark, name, use }) => (
            <Checkbox
              key={mark}
              label={name}
              description={use}
              checked={declared[mark]}
              onChange={(event) => declare({ [mark]: event.target.checked })}
            />
          ))}
      </fieldset>
      {checks.length > 0 && (
        <ul className="tn-setup-checks">
          {checks.map((check) => (
            <SetupCheck key={check.id} check={check} />
          ))}
        </ul>
      )}
      <Text tone="muted" size="small">
        {t('apisWait')}
      </Text>
      {status.permissions.test && status.fields.clientId.set && (
        <div>
          <Button size="sm" icon="refresh" busy={test.isPending} onClick={runChecks}>
            {t('apisCheckAgain')}
          </Button>
        </div>
      )}
    </StepFrame>
  )
}
