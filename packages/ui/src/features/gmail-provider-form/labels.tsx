import type { ConnectionStatus } from '@tenantry/sdk/model'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import type { Translate } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import { readGmailValues } from './gmail-form-values.ts'
import type { GmailFormValues } from './gmail-form-values.ts'
import type { gmailProviderFormMessages } from './gmail-provider-form.messages.ts'
import { LabelsSkeleton } from './labels-skeleton.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// A new form has no mailbox to choose from.
const LabelsField = lazyPart(async () => (await import('./labels-field.tsx')).LabelsField)

export interface LabelsProps {
  connection: ConnectionSummary | undefined
  control: Control<GmailFormValues>
  readOnly: boolean
  t: Translate<(typeof gmailProviderFormMessages)['messages']>
}

/** What is imported: a hint before there is a mailbox, then a choice of its labels, or what was chosen where that cannot change now. */
export function Labels({ connection, control, readOnly, t }: LabelsProps) {
  if (connection !== undefined && !readOnly && answering.includes(connection.health.status)) {
    return (
      <Suspense fallback={<LabelsSkeleton />}>
        <LabelsField connectionId={connection.id} control={control} />
      </Suspense>
    )
  }
  return (
    <div className="tn-form-fact">
      <span className="tn-field-label">{t('labels')}</span>
      <Text size="small" tone="muted">
        {connection === undefined ? t('labelsBefore') : describeRule(connection, t)}
      </Text>
    </div>
  )
}

// Gmail can be asked only with a sign-in that works.
const answering: readonly ConnectionStatus[] = ['connected', 'degraded', 'error', 'paused']

function describeRule(connection: ConnectionSummary, t: LabelsProps['t']): ReactNode {
  const { labelIds, labelMode } = readGmailValues(connection)
  const names = labelIds.map((id) => (id === 'INBOX' ? t('inbox') : id))
  return t.rich(labelMode, { labels: new Intl.ListFormat(t.locale, { type: 'conjunction' }).format(names) })
}
