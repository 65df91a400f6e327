import { useTestMessage } from '../../data/use-test-message.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { Text } from '../../parts/text/text.tsx'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'

export interface TestMessageProps {
  connectionId: string
  messages: MicrosoftSharedMailboxFormProps['messages']
}

/** Sends a message to whoever signed in: Exchange tells nobody beforehand who may send. */
export function TestMessage({ connectionId, messages }: TestMessageProps) {
  const t = useMessages(microsoftSharedMailboxFormMessages, messages)
  const { run, isPending, error, data } = useTestMessage(connectionId)
  return (
    <>
      {/* The mutation keeps the error, and it is shown below. */}
      <Button size="sm" icon="mail" busy={isPending} onClick={() => void run().catch(() => undefined)}>
        {t('sendTest')}
      </Button>
      <div className="tn-actions-outcome">
        {error !== null && <FailureBlock error={error} />}
        <LiveRegion hidden={false}>
          {data && (
            <Text size="meta" tone="muted">
              {t.rich('testSent', { address: data.to })}
            </Text>
          )}
        </LiveRegion>
      </div>
    </>
  )
}
