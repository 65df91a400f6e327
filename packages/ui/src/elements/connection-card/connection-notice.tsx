import type { ReactNode } from 'react'
import { useFailureWords } from '../failure/index.ts'
import { GoodbyeNote, mayHaveAccess, PermissionsLink, useGoodbyeTitle } from '../goodbye/index.ts'
import { MissingSetupCallout } from '../missing-setup/missing-setup-callout.tsx'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import type { CalloutProps } from '../../parts/callout/callout.tsx'
import { Link } from '../../parts/link/link.tsx'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { readInterval } from '../../parts/relative-time/read-interval.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { addressOf } from '../provider-kind/address-of.ts'
import { AppBrokenNotice } from './app-broken-notice.tsx'
import { connectionCardMessages } from './connection-card.messages.ts'
import { nameOfPrimary } from './connection-action.ts'
import type { ConnectionCondition } from './connection-condition.ts'
import type { ConnectionEntryOptions } from './connection-model.ts'
import { connectionNoticeMessages } from './connection-notice.messages.ts'
import type { SetupWay } from '../connection-form/connection-form-model.ts'
import { isOnHostApp } from '../provider-kind/is-on-host-app.ts'
import { kindOf } from '../provider-kind/provider-kind.ts'
import type { ConnectionEntryState } from './use-connection-entry.ts'

export { VendorWords } from '../failure/vendor-words.tsx'
export { GoodbyeNote } from '../goodbye/index.ts'
export { ConnectionOutcome } from './connection-outcome.tsx'
export { ConnectionSignIn } from './connection-sign-in.tsx'

export interface ConnectionNoticeProps extends Omit<ConnectionEntryOptions, keyof SetupWay>, SetupWay {
  entry: ConnectionEntryState
  /** The person may repair the app. */
  canSetUp: boolean
}

/** The one thing to know about a connection, and the way out. */
export function ConnectionNotice(props: ConnectionNoticeProps) {
  const { condition } = props.entry
  const isAboutApp = condition === 'not_configured' || condition === 'app_broken'
  if (isAboutApp && isOnHostApp(props.connection)) return <AppBrokenNotice health={props.connection.health} canSetUp={false} isHosts />
  if (condition === 'not_configured') {
    const { canSetUp, setupHref, onOpenSetup } = props
    return <MissingSetupCallout canSetUp={canSetUp} setupHref={setupHref} onOpenSetup={onOpenSetup} />
  }
  if (condition === 'app_broken') {
    const { connection, canSetUp, setupHref, onOpenSetup } = props
    return <AppBrokenNotice health={connection.health} canSetUp={canSetUp} setupHref={setupHref} onOpenSetup={onOpenSetup} />
  }
  if (condition === 'fine') return null
  return <OwnNotice {...props} condition={condition} />
}

type OwnCondition = Exclude<ConnectionCondition, 'not_configured' | 'app_broken' | 'fine'>

function OwnNotice(props: ConnectionNoticeProps & { condition: OwnCondition }) {
  const { entry, condition } = props
  const t = useMessages(connectionCardMessages)
  const { tone, icon, title, text, action, link } = useNoticeWords(props)
  const { primary } = entry
  const isUrgent =
    condition === 'grant_dead' ||
    condition === 'failing' ||
    condition === 'choose_calendar' ||
    condition === 'watch_expired' ||
    condition === 'reset' ||
    condition === 'paused'
  const offersChecks = tone !== 'neutral' && !needsNoChecks.includes(condition) && entry.possible.includes('diagnostics')
  const busy = props.model.running !== null && props.model.running === primary
  const actions = (primary !== null || link || offersChecks) && (
    <>
      {primary !== null && (
        <Button variant={isUrgent ? 'primary' : 'secondary'} busy={busy} onClick={() => entry.choose(primary)}>
          {action ?? t(nameOfPrimary(primary, condition))}
        </Button>
      )}
      {link}
      {offersChecks && <Button onClick={() => entry.choose('diagnostics')}>{t('diagnostics')}</Button>}
    </>
  )
  return (
    <Callout tone={tone} title={title} actions={actions} className="tn-connection-notice" {...(icon && { icon })}>
      {text}
    </Callout>
  )
}

// Who was asked to connect once more is not helped by checks.
const needsNoChecks: readonly OwnCondition[] = ['sign_in_ending', 'reset', 'disconnected']

interface NoticeWords {
  readonly tone: NonNullable<CalloutProps['tone']>
  readonly icon?: CalloutProps['icon']
  readonly title: ReactNode
  readonly text: ReactNode
  /** The primary action's own words here. */
  readonly action?: string
  readonly link?: ReactNode
}

function useNoticeWords({ connection, condition, model }: ConnectionNoticeProps & { condition: OwnCondition }): NoticeWords {
  const t = useMessages(connectionNoticeMessages)
  const say = useFailureWords()
  const goodbyeTitle = useGoodbyeTitle(connection)
  const { health } = connection
  const kind = kindOf(connection.provider)
  const isMail = kind.brings === 'mail'
  const reason = health.reason === null ? null : say({ code: health.reason, values: health.values })
  const name = addressOf(connection) ?? connection.name
  const time = (iso: string) => ({ time: <RelativeTime key="time" iso={iso} /> })
  const later = <div>{t(isMail ? 'mailLater' : 'changesLater')}</div>
  const nextTry = health.nextAttemptAt !== null && (
    <div>{t.rich('nextTry', { ...time(health.nextAttemptAt), attempt: health.failures + 1 })}</div>
  )
  switch (condition) {
    case 'grant_dead':
      return {
        tone: 'danger',
        icon: 'plug',
        title: t.rich('reconnectTitle', { name }),
        text: (
          <>
            <div>{t.rich(kind.vendor === null ? 'endedBy' : 'ended', time(endOfSignIn(health)))}</div>
            {reason && <div>{reason.detail}</div>}
            <div>{t(isMail ? 'mailAfterReconnect' : 'changesAfterReconnect')}</div>
          </>
        ),
      }
    case 'failing': {
      const { title, detail, remedy } = reason ?? say({ code: 'internal' })
      return { tone: 'danger', title, text: <Lines of={[`${detail} ${remedy}`, nextTry, later]} />, action: t('tryNow') }
    }
    case 'choose_calendar': {
      const { title, detail } = reason ?? say({ code: 'calendar_not_chosen' })
      return { tone: health.reason === 'calendar_not_found' ? 'danger' : 'info', title, text: detail, action: t('chooseCalendar') }
    }
    case 'read_only': {
      const { title, detail, remedy } = reason ?? say({ code: 'calendar_read_only' })
      return {
        tone: 'warning',
        title,
        text: `${detail} ${remedy}`,
        action: t(health.reason === 'calendar_not_readable' ? 'chooseCalendar' : 'changeDirection'),
      }
    }
    case 'sign_in_ending':
      return {
        tone: 'warning',
        title: t.rich('signInEnds', {
          date: health.signInEndsAt === null ? '' : <CalendarDate key="date" iso={health.signInEndsAt} withTime />,
        }),
        text: kind.vendor === 'google' ? t('signInEndsHelp') : null,
        link: kind.vendor === 'google' && (
          <Link look="secondary" href="https://console.cloud.google.com/auth/audience" external={t('console')}>
            {t('audiencePage')}
          </Link>
        ),
      }
    case 'watch_expired': {
      const ended = health.renewBy === null ? t('watchEndedUnknown') : t.rich('watchEnded', time(health.renewBy))
      return {
        tone: 'warning',
        title: t(isMail ? 'mailNotAnnounced' : 'changesNotAnnounced'),
        text: <Lines of={[ended, nextTry, later]} />,
      }
    }
    case 'renewal_late': {
      const ends = health.renewBy === null ? null : t.rich('watchEnds', time(health.renewBy))
      return { tone: 'warning', title: reason?.title, text: <Lines of={[reason?.detail, ends, nextTry]} /> }
    }
    case 'delayed': {
      const { title, detail } = reason ?? say({ code: 'provider_unavailable' })
      return { tone: 'warning', title, text: <Lines of={[detail, nextTry, later]} />, action: t('tryNow') }
    }
    case 'polling_fallback': {
      const why = health.deliveryReason === null ? null : say({ code: health.deliveryReason, values: health.values })
      const { unit, count } = readInterval(health.lookEveryMs)
      const isTheOnlyWay = health.deliveryReason === 'push_not_possible' || health.deliveryReason === 'push_not_supported'
      return {
        tone: isTheOnlyWay ? 'info' : 'warning',
        title: t(unit === 'hour' ? 'polledHours' : 'polledMinutes', { count }),
        text: why && <div>{isTheOnlyWay ? `${why.title}. ${why.detail}` : `${why.title}. ${why.remedy}`}</div>,
        action: t('tryNotifications'),
      }
    }
    case 'paused': {
      const isFresh = model.outcome?.command === 'pause' && model.outcome.error === null
      return { tone: 'neutral', icon: 'pause', title: t('paused'), text: t('pausedHelp'), ...(isFresh && { action: t('undo') }) }
    }
    case 'unfinished':
      return { tone: 'neutral', icon: 'ring-dashed', title: t('unfinished'), text: t('unfinishedHelp') }
    case 'reset': {
      const { title, detail } = reason ?? say({ code: 'google_reset' })
      const text = (
        <>
          <div>{detail}</div>
          <GoodbyeNote connection={connection} />
        </>
      )
      return { tone: 'warning', icon: 'plug', title, text, link: mayHaveAccess(connection) && <PermissionsLink /> }
    }
    case 'disconnected':
      return goodbyeTitle === null
        ? { tone: 'neutral', icon: 'ring', title: t('disconnected'), text: t('disconnectedHelp') }
        : {
            tone: 'warning',
            title: goodbyeTitle,
            text: <GoodbyeNote connection={connection} />,
            link: mayHaveAccess(connection) && <PermissionsLink />,
          }
    case 'quarantined':
      return {
        tone: 'warning',
        title: t(isMail ? 'mailSetAside' : 'changesSetAside', { count: health.quarantined }),
        text: t('setAsideHelp'),
        action: t('tryAgain'),
      }
    default:
      return condition satisfies never
  }
}

// A paused connection's sign-in ends unnoticed by the server, at the time that was known before.
function endOfSignIn({ status, since, signInEndsAt }: ConnectionEntryOptions['connection']['health']): string {
  return status === 'needs_reauth' ? since : (signInEndsAt ?? since)
}

function Lines({ of: lines }: { of: readonly ReactNode[] }) {
  return lines.map((line, index) => (typeof line === 'string' ? <div key={index}>{line}</div> : <Line key={index}>{line}</Line>))
}

function Line({ children }: { children: ReactNode }) {
  return children ? <div>{children}</div> : null
}
