import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useFailureWords } from '../failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import type { Definition } from '../../parts/definition-list/definition-list.tsx'
import { readInterval } from '../../parts/relative-time/read-interval.ts'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import { importsNothing } from './form-phase.ts'
import type { ProviderWords } from './provider-words.ts'

export interface ConnectionFactsProps {
  connection: ConnectionSummary
  words: ProviderWords
}

/** What a live connection does, in terms and values. */
export function ConnectionFacts({ connection, words }: ConnectionFactsProps) {
  const t = useMessages(connectionDetailsMessages)
  const { health, owner } = connection
  const items: Definition[] = []
  if (!importsNothing(health))
    items.push({ term: words.lastItem, value: health.lastItemAt === null ? t('never') : <RelativeTime iso={health.lastItemAt} /> })
  // What is planned for a connection that does not work would read like a promise.
  if ((health.status === 'connected' || health.status === 'degraded') && health.reason !== 'calendar_not_found') {
    items.push({ term: t('delivery'), value: <Delivery connection={connection} words={words} /> })
    if (health.renewBy !== null) items.push({ term: t('renews'), value: <RelativeTime iso={health.renewBy} /> })
    items.push({
      term: t('signIn'),
      value: health.signInEndsAt === null ? t('noEnd') : <CalendarDate iso={health.signInEndsAt} withTime />,
    })
  }
  if (owner.name !== null) items.push({ term: t('by'), value: <bdi>{owner.name}</bdi> })
  return <DefinitionList items={items} />
}

function Delivery({ connection, words }: ConnectionFactsProps): ReactNode {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const { delivery, deliveryReason, lookEveryMs, reason, values } = connection.health
  if (importsNothing(connection.health)) return t('nothingImported')
  if (delivery === 'push') return words.instant
  const { unit, count } = readInterval(lookEveryMs)
  const polled = t(unit === 'hour' ? 'polledHours' : 'polledMinutes', { count })
  // Said above already, or nothing that anybody could change.
  if (deliveryReason === null || deliveryReason === reason || deliveryReason === 'shared_mailbox_polled') return polled
  return (
    <span className="tn-fact">
      {polled}
      <span className="tn-fact-reason">{say({ code: deliveryReason, values }).title}</span>
    </span>
  )
}
