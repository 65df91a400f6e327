import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import type { Definition } from '../../parts/definition-list/definition-list.tsx'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { readInterval } from '../../parts/relative-time/read-interval.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { calendarNameOf } from './calendar-name-of.ts'
import { connectionCardMessages } from './connection-card.messages.ts'
import { readRenewalTone } from './connection-condition.ts'
import { kindOf } from '../provider-kind/provider-kind.ts'

type Say = Translate<(typeof connectionCardMessages)['messages']>

/** What a connection does, in terms and values. */
export function ConnectionFacts({ connection }: { connection: ConnectionSummary }) {
  const t = useMessages(connectionCardMessages)
  const now = useNow()
  const { health, owner, createdAt } = connection
  const { brings, isShared } = kindOf(connection.provider)
  const items: Definition[] = [{ term: t(brings === 'mail' ? 'lastMail' : 'lastChange'), value: sayLastItem(health, t) }]
  // What is planned for a connection that does not work would read like a promise.
  if ((health.status === 'connected' || health.status === 'degraded') && health.reason !== 'calendar_not_found') {
    items.push({ term: t('delivery'), value: sayDelivery(health, t) })
    if (health.renewBy !== null) items.push(renewal(health.renewBy, now, t))
  }
  if (hasSignIn(health)) {
    // With notifications the app acts for itself: nobody is signed in.
    if (isShared && connection.address !== null && connection.settings['receive'] !== 'webhook')
      items.push({ term: t('signedInAs'), value: <bdi>{connection.address}</bdi> })
    const ends = health.signInEndsAt
    items.push({ term: t('signIn'), value: ends === null ? t('noEnd') : t.rich('ends', { date: <CalendarDate key="date" iso={ends} /> }) })
  }
  const filter = sayFilter(connection, t)
  if (filter !== null) items.push(filter)
  if (health.quarantined > 0)
    items.push({
      term: t('setAside'),
      value: t(brings === 'mail' ? 'messages' : 'changes', { count: health.quarantined }),
      tone: 'warning',
    })
  if (owner.name !== null)
    items.push({ term: t('by'), value: t.rich('byOn', { name: owner.name, date: <CalendarDate key="date" iso={createdAt} /> }) })
  return <DefinitionList items={items} className="tn-connection-facts" />
}

function hasSignIn({ status }: Health): boolean {
  return status === 'connected' || status === 'degraded' || status === 'error' || status === 'paused'
}

/** When something last came in. */
export function sayLastItem({ lastItemAt }: Health, t: Say): ReactNode {
  return lastItemAt === null ? t('never') : <RelativeTime iso={lastItemAt} />
}

/** Instant, or how often it is looked at. */
export function sayDelivery({ delivery, deliveryReason, lookEveryMs }: Health, t: Say): string {
  if (deliveryReason === 'direction_to_google') return t('nothingImported')
  if (delivery === 'push') return t('instant')
  const { unit, count } = readInterval(lookEveryMs)
  return t(unit === 'hour' ? 'everyHours' : 'everyMinutes', { count })
}

function renewal(renewBy: string, now: number | null, t: Say): Definition {
  const tone = readRenewalTone(renewBy, now)
  const time = <RelativeTime key="time" iso={renewBy} />
  return { term: t('renews'), value: tone === 'danger' ? t.rich('expired', { time }) : time, ...(tone && { tone }) }
}

function sayFilter(connection: ConnectionSummary, t: Say): Definition | null {
  if (connection.provider === 'gmail') return sayLabels(connection.settings, t)
  if (connection.provider === 'microsoft-shared-mailbox') return sayTransport(connection.settings, t)
  if (connection.provider !== 'google-calendar') return null
  return { term: t('calendar'), value: <bdi>{calendarNameOf(connection, t('primary')) ?? t('notChosen')}</bdi> }
}

// A label's id says nothing to people, and its name is known to Gmail only.
function sayLabels({ labelIds, labelMode }: ConnectionSummary['settings'], t: Say): Definition | null {
  if (!Array.isArray(labelIds) || labelIds.length === 0) return null
  const others = labelIds.filter((id) => id !== 'INBOX').length
  const named = [...(labelIds.includes('INBOX') ? [t('inbox')] : []), ...(others > 0 ? [t('moreLabels', { count: others })] : [])]
  const labels = new Intl.ListFormat(t.locale, { type: 'conjunction' }).format(named)
  return { term: t('labels'), value: labelMode === 'exclude' ? t('allBut', { labels }) : labels }
}

/** How a shared mailbox sends and receives; a pair that has no name of its own shows nothing. */
function sayTransport({ send, receive, oversize }: ConnectionSummary['settings'], t: Say): Definition | null {
  const name = transportNames[`${String(send)}+${String(receive)}`]
  if (name === undefined) return null
  return { term: t('transport'), value: oversize === 'smtp' ? t('largeBySmtp', { way: t(name) }) : t(name) }
}

const transportNames: Readonly<Record<string, 'graph' | 'graphPush' | 'graphImap' | 'imapSmtp' | 'imapRelay'>> = {
  'graph+delta': 'graph',
  'graph+webhook': 'graphPush',
  'graph+imap': 'graphImap',
  'smtp+imap': 'imapSmtp',
  'relay+imap': 'imapRelay',
}
