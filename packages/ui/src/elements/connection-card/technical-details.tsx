import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { readInterval } from '../../parts/relative-time/read-interval.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { connectionCardMessages } from './connection-card.messages.ts'
import { technicalDetailsMessages } from './technical-details.messages.ts'

const named = ['topic', 'endpoint', 'channel', 'resource', 'openedAt', 'renewAt', 'expiresAt'] as const

/** What a technician asks for: names at Google, times, counts. On demand. */
export function TechnicalDetails({ connection, open }: { connection: ConnectionSummary; open: boolean }) {
  const t = useMessages(technicalDetailsMessages)
  const shared = useMessages(connectionCardMessages)
  const { id, health, technical } = connection
  const { unit, count } = readInterval(health.lookEveryMs)
  const names = Object.entries(technical).map(([name, value]) => {
    const known = named.find((candidate) => candidate === name)
    return { term: known ? t(known) : name, value: name.endsWith('At') ? <CalendarDate iso={value} withTime /> : asIs(value) }
  })
  const items = [
    ...names,
    { term: t('lastNotification'), value: whenOr(health.lastPushAt, t('none')) },
    { term: t('lastCheck'), value: whenOr(health.lastSyncAt, t('none')) },
    { term: t('silenceCheck'), value: shared(unit === 'hour' ? 'everyHours' : 'everyMinutes', { count }) },
    { term: t('failures'), value: new Intl.NumberFormat(t.locale).format(health.failures) },
    { term: t('id'), value: asIs(id) },
  ]
  return (
    <Disclosure summary={t('details')} defaultOpen={open} className="tn-connection-details">
      <DefinitionList items={items} className="tn-connection-technical" />
    </Disclosure>
  )
}

function asIs(value: string): ReactNode {
  return (
    <code className="tn-code" dir="ltr">
      {value}
    </code>
  )
}

function whenOr(iso: string | null, none: string): ReactNode {
  return iso === null ? none : <RelativeTime iso={iso} />
}
