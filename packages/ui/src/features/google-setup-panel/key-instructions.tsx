import type { Provisioning } from '@tenantry/sdk/wire'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useNotificationTexts } from './notifications.controller.ts'
import { useSetupModel } from './setup-context.ts'

// Source: cloud.google.com/pubsub/docs/access-control; the same lists as the server's.
const needed = [
  'pubsub.topics.create',
  'pubsub.topics.get',
  'pubsub.topics.getIamPolicy',
  'pubsub.topics.setIamPolicy',
  'pubsub.topics.attachSubscription',
  'pubsub.subscriptions.create',
  'pubsub.subscriptions.get',
  'pubsub.subscriptions.update',
]
const byTransport = { push: ['iam.serviceAccounts.actAs'], pull: ['pubsub.subscriptions.consume'] } as const
const neededForDeadLetters = ['pubsub.subscriptions.getIamPolicy', 'pubsub.subscriptions.setIamPolicy']
/** So that a reset can delete what was created. */
const neededForReset = ['pubsub.topics.delete', 'pubsub.subscriptions.delete']

function permissionsFor(provisioning: Provisioning | null): readonly string[] {
  const keepsDeadLetters = provisioning?.steps.some(({ id }) => id === 'dead_letter') === true
  return [
    ...needed,
    ...byTransport[provisioning?.transport ?? 'push'],
    ...(keepsDeadLetters ? neededForDeadLetters : []),
    ...neededForReset,
  ]
}

/** Where the key comes from, and which permissions are enough. */
export function KeyInstructions() {
  const { appName, status } = useSetupModel()
  const t = useNotificationTexts()
  return (
    <>
      <Instructions
        items={[
          <>
            {t.rich('notifyAccount', { link: <ConsolePageLink key="link" to="serviceAccounts" /> })}
            <CopyBox
              rows={[{ value: `${toAccountName(appName)}-pubsub`, what: t('notifyAccountName'), label: t('notifyAccountNameShort') }]}
            />
          </>,
          t.rich('notifyRole'),
          t.rich('notifyKey'),
          t('notifyDrop'),
        ]}
      />
      <Disclosure summary={t('narrower')}>
        <CopyBox
          rows={permissionsFor(status.provisioning).map((permission) => ({ value: permission, what: permission }))}
          showLabels={false}
          copyAll={t('narrower')}
        />
      </Disclosure>
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
