import type { ErrorCode } from '@tenantry/sdk/errors'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { MissingSetupCallout } from '../missing-setup/missing-setup-callout.tsx'
import { useMessages } from '../../locales/use-messages.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { Text } from '../../parts/text/text.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import { ConnectionActions } from './connection-actions.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import type { ConnectionFormModel, SetupWay } from './connection-form-model.ts'
import { isEstablished } from './form-phase.ts'
import type { FormPhase } from './form-phase.ts'
import { HealthNotice } from './health-notice.tsx'
import type { ProviderWords } from './provider-words.ts'
import { SetupTaskList } from './setup-task-list.tsx'

export { FailureBlock } from '../failure/index.ts'
export { VendorWords } from '../failure/vendor-words.tsx'
export { HealthChip } from './health-chip.tsx'
export { SignInNotice } from './sign-in-notice.tsx'

export interface ConnectionDetailsProps extends SetupWay {
  model: ConnectionFormModel
  phase: FormPhase
  words: ProviderWords
  wayOut: ((code: ErrorCode) => ReactNode) | undefined
  extraActions: ReactNode
  /** For `aria-describedby` of what the missing setup disables. */
  missingId: string
}

/** What stands above the fields: what is missing, what to act on, what is being set up, what the connection does. */
export function ConnectionDetails({ missingId, ...props }: ConnectionDetailsProps) {
  const { model, phase, words, setupHref, onOpenSetup } = props
  const t = useMessages(connectionDetailsMessages)
  const { connection, canSetUp, staleSince } = model.server
  const shareHref = useAbsolute(setupHref)
  const isMissing = phase === 'not-configured' || phase === 'no-permission'
  return (
    <>
      {isMissing && (
        <MissingSetupCallout id={missingId} canSetUp={canSetUp} setupHref={canSetUp ? setupHref : shareHref} onOpenSetup={onOpenSetup} />
      )}
      {connection && !isMissing && <HealthNotice {...props} connection={connection} />}
      {connection && phase === 'setting-up' && <SetupTaskList health={connection.health} words={words} />}
      {phase !== 'setting-up' && phase !== 'choosing' && isEstablished(connection) && (
        <ConnectionFacts connection={connection} words={words} />
      )}
      {isEstablished(connection) && <ConnectionActions model={model} connection={connection} phase={phase} extra={props.extraActions} />}
      {staleSince !== null && (
        <Text size="meta" tone="muted">
          {t.rich('stale', { time: <RelativeTime key="time" iso={staleSince} /> })}
        </Text>
      )}
    </>
  )
}

/** An address that still leads here when it is sent to somebody. */
function useAbsolute(href: string | undefined): string | undefined {
  const read = () => (href === undefined ? undefined : new URL(href, window.location.href).href)
  return useSyncExternalStore(neverChanges, read, () => href)
}

const neverChanges = () => () => {}
