import type { Provisioning } from '@tenantry/sdk/wire'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { DeliveryTest } from './delivery-test.tsx'
import { ManualByHand } from './manual-by-hand.tsx'
import { ManualNames } from './manual-names.tsx'
import { useNotificationTexts, useSetupScripts } from './notifications.controller.ts'
import { ProvisioningFailure } from './provisioning-failure.tsx'
import { ScriptBox } from '../../elements/setup-panel/script-box.tsx'
import { useSetupModel } from './setup-context.ts'

/** Pub/Sub without a key: commands for Cloud Shell or each step by hand, the names that differ, and a test that something arrives. */
export function ManualNotifications() {
  const { status } = useSetupModel()
  const t = useNotificationTexts()
  const { provisioning } = status
  if (status.projectId === null) return <Text tone="muted">{t('needsProject')}</Text>
  return (
    <>
      <Script />
      {provisioning?.names && (
        <>
          <Disclosure summary={t('byHand')}>
            <ManualByHand names={provisioning.names} transport={provisioning.transport} />
          </Disclosure>
          <ManualNames names={provisioning.names} saved={provisioning} />
        </>
      )}
      {provisioning && status.notifications === 'manual' && <Refusals provisioning={provisioning} />}
      {provisioning && status.notifications === 'manual' && <DeliveryTest provisioning={provisioning} />}
    </>
  )
}

/** What Google refused of what was set up by hand, for example a watch on a topic that Gmail may not use. */
function Refusals({ provisioning }: { provisioning: Provisioning }) {
  const t = useNotificationTexts()
  return provisioning.steps.map(
    ({ id, state, code, values }) =>
      state === 'failed' &&
      code !== null && (
        <Callout key={id} tone="danger" title={t('stepIs', { step: t(id), state: t(state) })}>
          <ProvisioningFailure code={code} values={values} names={provisioning.names} />
        </Callout>
      ),
  )
}

function Script() {
  const t = useNotificationTexts()
  const { script, terraform, error, retry } = useSetupScripts()
  if (error) return <FailureBlock error={error} onRetry={retry} />
  return (
    <div className="tn-setup-stack">
      <Text>{t.rich('script', { link: <ConsolePageLink key="link" to="cloudShell" /> })}</Text>
      {script === undefined ? <Skeleton shape="block" /> : <ScriptBox script={script} what={t('scriptName')} />}
      {terraform !== undefined && (
        <Disclosure summary={t('terraform')}>
          <ScriptBox script={terraform} what={t('terraformName')} />
        </Disclosure>
      )}
    </div>
  )
}
