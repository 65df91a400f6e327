import type { Provisioning } from '@tenantry/sdk/wire'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useDeliveryTest, useNotificationTexts } from './notifications.controller.ts'
import { ScriptBox } from '../../elements/setup-panel/script-box.tsx'
import { useSetupModel } from './setup-context.ts'

/** The proof that notifications arrive: the last one, and a test on demand. */
export function DeliveryTest({ provisioning }: { provisioning: Provisioning }) {
  const { status, isDirty } = useSetupModel()
  const t = useNotificationTexts()
  const test = useDeliveryTest(provisioning)
  const { lastReceivedAt, malformed } = provisioning
  const isBusy = test.state === 'sending' || test.state === 'waiting'
  return (
    <div className="tn-setup-group">
      <Text size="small" tone="muted">
        {lastReceivedAt === null ? t('noneReceived') : t.rich('lastReceived', { time: <RelativeTime key="time" iso={lastReceivedAt} /> })}
        {malformed > 0 && ` ${t('malformed', { count: malformed })}`}
      </Text>
      <TestOutcome state={test.state} command={test.command} receivedAt={lastReceivedAt} />
      {test.error && <FailureBlock error={test.error} onRetry={test.run} retrying={isBusy} />}
      {status.permissions.test && (
        <Actions>
          <Button busy={isBusy} disabled={isDirty} onClick={test.run}>
            {test.state === 'received' || test.state === 'silent' ? t('testAgain') : t('test')}
          </Button>
          {isDirty && (
            <Text size="small" tone="muted" as="span">
              {t('saveFirst')}
            </Text>
          )}
        </Actions>
      )}
    </div>
  )
}

interface TestOutcomeProps {
  state: ReturnType<typeof useDeliveryTest>['state']
  command: string | null
  receivedAt: string | null
}

function TestOutcome({ state, command, receivedAt }: TestOutcomeProps) {
  const { setOpenStep, runChecks } = useSetupModel()
  const t = useNotificationTexts()
  const check = () => {
    setOpenStep('verify')
    runChecks()
  }
  const isOver = state === 'received' || state === 'silent'
  return (
    <>
      {command !== null && !isOver && (
        <div className="tn-setup-stack">
          <Text>{t.rich('testCommand', { link: <ConsolePageLink key="link" to="cloudShell" /> })}</Text>
          <ScriptBox script={command} what={t('testCommandName')} />
        </div>
      )}
      {state === 'waiting' && (
        <Callout icon="spinner" live="status">
          {t('testWaiting')}
        </Callout>
      )}
      {state === 'received' && receivedAt !== null && (
        <Callout tone="success" live="status">
          {t.rich('testReceived', { time: <RelativeTime key="time" iso={receivedAt} /> })}
        </Callout>
      )}
      {state === 'silent' && (
        <Callout
          tone="warning"
          live="status"
          title={t('testSilent')}
          actions={
            <Button size="sm" onClick={check}>
              {t('testChecks')}
            </Button>
          }
        >
          {t('testSilentHelp')}
        </Callout>
      )}
    </>
  )
}
