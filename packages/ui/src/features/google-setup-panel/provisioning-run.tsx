import type { Provisioning } from '@tenantry/sdk/wire'
import { FailureBlock } from '../../elements/failure/index.ts'
import { TaskList } from '../../elements/task-list/task-list.tsx'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useManagedSetup, useNotificationTexts } from './notifications.controller.ts'
import type { NotificationTexts } from './notifications.controller.ts'
import { ProvisioningFailure } from './provisioning-failure.tsx'
import { readJournal } from './read-journal.ts'
import type { JournalStep } from './read-journal.ts'
import { useSetupModel } from './setup-context.ts'

/** Starts setting up and shows each step as it happens. The rows stand from the start, so nothing moves when they change. */
export function ProvisioningRun({ provisioning }: { provisioning: Provisioning }) {
  const { isDirty } = useSetupModel()
  const t = useNotificationTexts()
  const { isWorking, error, run } = useManagedSetup(provisioning)
  const steps = readJournal(provisioning, isWorking)
  const isDone = provisioning.state === 'done' && !isWorking
  const label = isDone ? t('provisionAgain') : provisioning.state === 'failed' && !isWorking ? t('provisionRetry') : t('provision')
  return (
    <div className="tn-setup-group tn-setup-provisioning" data-state={isWorking ? 'working' : provisioning.state}>
      <TaskList
        label={t('journal')}
        items={steps.map((step) => ({
          id: step.id,
          label: nameOf(step, provisioning, t),
          state: step.state === 'already_there' ? 'done' : step.state,
          word: t(step.state),
          detail:
            step.state === 'failed' && step.code !== null && steps.find(({ code }) => code === step.code) === step ? (
              <ProvisioningFailure code={step.code} values={step.values} names={provisioning.names} />
            ) : step.isLater ? (
              t('watchLater')
            ) : undefined,
        }))}
      />
      <LiveRegion>{announce(steps, provisioning, isWorking, t)}</LiveRegion>
      {error && <FailureBlock error={error} onRetry={run} retrying={isWorking} />}
      <Actions>
        <Button variant={isDone || isDirty ? 'secondary' : 'primary'} busy={isWorking} disabled={isDirty} onClick={run}>
          {label}
        </Button>
        {isDirty && (
          <Text size="small" tone="muted" as="span">
            {t('saveFirst')}
          </Text>
        )}
      </Actions>
    </div>
  )
}

function nameOf({ id }: JournalStep, { transport }: Provisioning, t: NotificationTexts): string {
  return t(id === 'subscription' && transport === 'pull' ? 'subscriptionPull' : id)
}

// Only what changed last: each row by itself would be a torrent.
function announce(steps: readonly JournalStep[], provisioning: Provisioning, isWorking: boolean, t: NotificationTexts): string {
  const told = steps.find(({ state }) => state === 'failed') ?? (isWorking ? steps.find(({ state }) => state === 'working') : undefined)
  if (told) return t('stepIs', { step: nameOf(told, provisioning, t), state: t(told.state) })
  return provisioning.state === 'done' && !isWorking ? t('provisioned') : ''
}
