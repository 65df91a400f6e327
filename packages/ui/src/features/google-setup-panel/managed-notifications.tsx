import type { NotificationMode } from '@tenantry/sdk/model'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { DeliveryTest } from './delivery-test.tsx'
import { KeyField } from './key-field.tsx'
import { KeyInstructions } from './key-instructions.tsx'
import { useNotificationTexts } from './notifications.controller.ts'
import { ProvisioningRun } from './provisioning-run.tsx'
import { useSetupModel } from './setup-context.ts'

/** A service account key lets the product set up Pub/Sub by itself. */
export function ManagedNotifications({ onChoose }: { onChoose: (mode: NotificationMode) => void }) {
  const { status, values, modes } = useSetupModel()
  const t = useNotificationTexts()
  const other = (['manual', 'polling'] as const).find((mode) => modes.includes(mode))
  const hasKey = status.fields.serviceAccountKey.set && values.serviceAccountKey.action === 'keep'
  const { provisioning } = status
  // Without a public address there is nothing that Google could post to.
  const isPossible = status.pushPossible || provisioning?.transport === 'pull'
  return (
    <>
      {hasKey ? (
        <Disclosure summary={t('keySteps')}>
          <KeyInstructions />
        </Disclosure>
      ) : (
        <KeyInstructions />
      )}
      <KeyField />
      {!hasKey && other && (
        <div className="tn-setup-stack">
          <Text size="small" tone="muted">
            {t.rich('blocked', {
              choice: t(other === 'manual' ? 'choiceManual' : 'choicePolling'),
              link: <ConsolePageLink key="link" to="orgPolicies" />,
            })}
          </Text>
          <Actions>
            <Button size="sm" onClick={() => onChoose(other)}>
              {t(other === 'manual' ? 'blockedManual' : 'blockedPolling')}
            </Button>
          </Actions>
        </div>
      )}
      {isPossible && hasKey && status.notifications === 'managed' && provisioning && (
        <>
          <ProvisioningRun provisioning={provisioning} />
          {provisioning.state === 'done' && <DeliveryTest provisioning={provisioning} />}
        </>
      )}
    </>
  )
}
