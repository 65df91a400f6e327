import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { KeyField } from './key-field.tsx'
import { useSetupModel } from './setup-context.ts'

// Source: cloud.google.com/pubsub/docs/access-control; what setting up one topic and one push subscription needs.
const permissions = [
  'pubsub.topics.create',
  'pubsub.topics.get',
  'pubsub.topics.getIamPolicy',
  'pubsub.topics.setIamPolicy',
  'pubsub.topics.attachSubscription',
  'pubsub.subscriptions.create',
  'pubsub.subscriptions.get',
  'pubsub.subscriptions.update',
  'pubsub.subscriptions.delete',
  'iam.serviceAccounts.actAs',
]

/** A service account key lets the product set up Pub/Sub by itself. */
export function ManagedNotifications() {
  const { t, modes, appName } = useSetupModel()
  const name = `${toAccountName(appName)}-pubsub`
  const fallback = modes.includes('manual') ? t('blockedManual') : modes.includes('polling') ? t('blockedPolling') : null
  return (
    <>
      <Instructions
        items={[
          <>
            {t.rich('notifyAccount', { link: <ConsolePageLink to="serviceAccounts" /> })}
            <CopyBox rows={[{ value: name, what: t('notifyAccountName'), label: t('notifyAccountNameShort') }]} />
          </>,
          t.rich('notifyRole'),
          t.rich('notifyKey'),
          t('notifyDrop'),
        ]}
      />
      <Disclosure summary={t('narrower')}>
        <CopyBox
          rows={permissions.map((permission) => ({ value: permission, what: permission }))}
          showLabels={false}
          copyAll={t('narrower')}
        />
      </Disclosure>
      <KeyField />
      {fallback !== null && (
        <Text size="small" tone="muted">
          {t.rich('blocked', { choice: fallback, link: <ConsolePageLink to="orgPolicies" /> })}
        </Text>
      )}
    </>
  )
}

// Google: 6 to 30 lowercase letters, digits and hyphens, starting with a letter.
function toAccountName(appName: string): string {
  const plain = appName
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
  return plain.slice(0, 20).replace(/-+$/, '') || 'mail'
}
