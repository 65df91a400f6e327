import type { Provisioning } from '@tenantry/sdk/wire'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useNotificationTexts } from './notifications.controller.ts'

export interface ManualByHandProps {
  names: NonNullable<Provisioning['names']>
  transport: Provisioning['transport']
}

/** What the script does, as clicks in the console, with each value to copy. */
export function ManualByHand({ names, transport }: ManualByHandProps) {
  const t = useNotificationTexts()
  const link = (to: 'topics' | 'serviceAccounts' | 'subscriptions') => ({ link: <ConsolePageLink key="link" to={to} /> })
  const row = (
    name: 'nameTopic' | 'namePublisher' | 'nameAccount' | 'nameSubscription' | 'nameEndpoint' | 'nameAudience',
    value: string,
  ) => ({
    value,
    what: t(name),
  })
  const pushed = [row('nameEndpoint', names.endpoint), row('nameAccount', names.pushServiceAccount), row('nameAudience', names.audience)]
  return (
    <Instructions
      items={[
        <>
          {t.rich('handTopic', link('topics'))}
          <CopyBox rows={[row('nameTopic', shortName(names.topic))]} />
        </>,
        <>
          {t.rich('handPublisher')}
          <CopyBox rows={[row('namePublisher', names.publisher)]} />
        </>,
        <>
          {t.rich('handAccount', link('serviceAccounts'))}
          <CopyBox rows={[row('nameAccount', names.pushServiceAccount.split('@')[0] ?? '')]} />
        </>,
        <>
          {t.rich('handSubscription', link('subscriptions'))}
          <CopyBox
            rows={[
              row('nameSubscription', shortName(names.subscription)),
              row('nameTopic', names.topic),
              ...(transport === 'push' ? pushed : []),
            ]}
          />
        </>,
      ]}
    />
  )
}

// The console asks for the last part of `projects/P/topics/NAME`.
function shortName(path: string): string {
  return path.split('/').at(-1) ?? path
}
