import type { ReactNode } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { addressOf } from '../provider-kind/address-of.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import type { ConnectionEntryOptions, ConnectionModel } from './connection-model.ts'
import { connectionNoticeMessages } from './connection-notice.messages.ts'

/** How the last action ended: what went wrong, or that it was done. */
export function ConnectionOutcome({ connection, model }: Pick<ConnectionEntryOptions, 'connection' | 'model'>) {
  const done = useDone(addressOf(connection) ?? connection.name, model)
  const { outcome } = model
  if (outcome?.error) return <FailureBlock error={outcome.error} onRetry={() => void model.run(outcome.command)} />
  return (
    <Text size="meta" tone="muted" className="tn-connection-done">
      {done}
    </Text>
  )
}

function useDone(name: string, { outcome, signIn }: ConnectionModel): ReactNode {
  const t = useMessages(connectionNoticeMessages)
  if (outcome === null) return signIn.status === 'done' ? t.rich('connectedAs', { name }) : null
  switch (outcome.command) {
    case 'sync_now':
      return t('checking')
    case 'renew':
      return t('renewing')
    case 'redrive':
      return t('redriven', { count: outcome.redriven ?? 0 })
    case 'resume':
      return t('resumed')
    case 'pause':
      return t('pausedNow')
    case 'disconnect':
      return t('disconnectedNow')
    case 'remove':
      return null
    default:
      return outcome.command satisfies never
  }
}
