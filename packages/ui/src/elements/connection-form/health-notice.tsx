import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { addressOf } from '../provider-kind/address-of.ts'
import { isOnHostApp } from '../provider-kind/is-on-host-app.ts'
import { MicrosoftRequestId, useFailureWords } from '../failure/index.ts'
import { isSendingRefused } from '../status-looks/is-sending-refused.ts'
import { endedByReset, GoodbyeNote, mayHaveAccess, PermissionsLink, useGoodbyeTitle } from '../goodbye/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { Link } from '../../parts/link/link.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import type { ConnectionFormModel, SetupWay } from './connection-form-model.ts'
import { CalendarToChoose, Resync } from './calendar-notice.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import type { FormPhase } from './form-phase.ts'
import type { ProviderWords } from './provider-words.ts'
import { SetupButton } from './setup-button.tsx'

export interface HealthNoticeProps extends SetupWay {
  model: ConnectionFormModel
  connection: ConnectionSummary
  phase: FormPhase
  words: ProviderWords
  /** Actions of this provider for a problem that is about its settings. */
  wayOut: ((code: ErrorCode) => ReactNode) | undefined
}

/** The one thing about a connection that somebody should act on, with the way out. */
export function HealthNotice(props: HealthNoticeProps) {
  const { connection, phase } = props
  if (phase === 'needs-reauth') return <GrantEnded {...props} />
  if (phase === 'blocked-by-app') return <AppBroken {...props} />
  if (phase === 'error' || phase === 'calendar-deleted') return <NotWorking {...props} />
  if (phase === 'choosing' || phase === 'read-only-calendar') return <CalendarToChoose health={connection.health} />
  if (phase === 'paused') return <Paused {...props} />
  if (phase === 'disconnected' || phase === 'unfinished') return <NotConnected {...props} />
  if (connection.health.signInEndsAt !== null) return <SignInEnds {...props} />
  if (phase === 'resync-running') return <Resync />
  if (phase === 'connected-warning')
    return isProvidersTrouble(connection.health) ? <ProviderTrouble {...props} /> : <NotAnnounced {...props} />
  return null
}

function GrantEnded({ connection, words, model, wayOut }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const { reason, values, since } = connection.health
  const link = reason === null ? null : wayOut?.(reason)
  const mayReconnect = connection.permissions.reconnect
  const action = (mayReconnect || link) && (
    <>
      {mayReconnect && (
        <Button variant="primary" onClick={() => model.reconnect()}>
          {t('reconnect')}
        </Button>
      )}
      {link}
    </>
  )
  return (
    <Callout tone="danger" icon="plug" title={t.rich('reconnectTitle', { address: nameOf(connection) })} actions={action}>
      <div>{t.rich('endedSince', { time: <RelativeTime key="time" iso={since} /> })}</div>
      {reason !== null && <div>{say({ code: reason, values }).detail}</div>}
      <div>{words.notLost}</div>
      <MicrosoftRequestId values={values} />
    </Callout>
  )
}

function AppBroken({ connection, model, wayOut, ...way }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const { reason, values } = connection.health
  const text = reason === null ? null : say({ code: reason, values })
  const link = reason === null ? null : wayOut?.(reason)
  const isHosts = isOnHostApp(connection)
  const action = (model.server.canSetUp || link) && (
    <>
      {model.server.canSetUp && <SetupButton variant="primary" {...way} />}
      {link}
    </>
  )
  return (
    <Callout tone="danger" title={t(isHosts ? 'hostAppBroken' : 'appBroken')} actions={action}>
      {text && (
        <div>
          {text.title}. {!isHosts && text.remedy}
        </div>
      )}
      {isHosts ? <div>{t('askHost')}</div> : !model.server.canSetUp && <div>{t('askAdmin')}</div>}
      <MicrosoftRequestId values={values} />
    </Callout>
  )
}

function NotWorking({ connection, phase, model, words, wayOut }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const { reason, values, nextAttemptAt } = connection.health
  const { title, detail, remedy } = say({ code: reason ?? 'internal', values })
  // A calendar that is gone is replaced in the field below; looking again helps only where it was shared again.
  const isGone = phase === 'calendar-deleted'
  const action = (
    <>
      {connection.permissions.sync && (
        <Button variant={isGone ? 'secondary' : 'primary'} busy={model.server.actions.sync.isPending} onClick={() => void model.syncNow()}>
          {t('tryNow')}
        </Button>
      )}
      {reason !== null && wayOut?.(reason)}
    </>
  )
  return (
    <Callout tone="danger" title={title} actions={action}>
      <div>
        {detail} {remedy}
      </div>
      {nextAttemptAt !== null && <div>{t.rich('nextTry', { time: <RelativeTime key="time" iso={nextAttemptAt} /> })}</div>}
      {!isGone && !isSendingRefused(connection.health) && <div>{words.notLost}</div>}
      <MicrosoftRequestId values={values} />
    </Callout>
  )
}

function Paused({ connection, model }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const action = connection.permissions.update && (
    <Button variant="primary" busy={model.server.actions.update.isPending} onClick={() => void model.resume()}>
      {t('resume')}
    </Button>
  )
  return (
    <Callout tone="neutral" icon="pause" title={t('paused')} actions={action}>
      {t('pausedHelp')}
    </Callout>
  )
}

function NotConnected({ connection, phase, model, words }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const goodbyeTitle = useGoodbyeTitle(connection)
  const isReset = endedByReset(connection.health)
  const reset = isReset ? say({ code: connection.health.reason ?? 'google_reset' }) : null
  const mayReconnect = connection.permissions.reconnect
  const hasLink = mayHaveAccess(connection)
  const action = (mayReconnect || hasLink) && (
    <>
      {mayReconnect && (
        <Button variant="primary" onClick={() => model.reconnect()}>
          {isReset ? t('reconnect') : (words.connect ?? t('connect'))}
        </Button>
      )}
      {hasLink && <PermissionsLink />}
    </>
  )
  if (phase === 'unfinished')
    return (
      <Callout tone="neutral" icon="ring" title={t('unfinished')} actions={action}>
        {t('unfinishedHelp')}
      </Callout>
    )
  const isQuiet = reset === null && goodbyeTitle === null
  return (
    <Callout
      tone={isQuiet ? 'neutral' : 'warning'}
      {...(isQuiet ? { icon: 'ring' as const } : reset && { icon: 'plug' as const })}
      title={reset?.title ?? goodbyeTitle ?? t('disconnected')}
      actions={action}
    >
      {isQuiet ? t('disconnectedHelp') : reset && <div>{reset.detail}</div>}
      <GoodbyeNote connection={connection} />
    </Callout>
  )
}

/** Google's Testing mode ends sign-ins after 7 days: said while there is time to act. */
function SignInEnds({ connection }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const { signInEndsAt } = connection.health
  if (signInEndsAt === null) return null
  const action = (
    <Link look="secondary" href="https://console.cloud.google.com/auth/audience" external={t('console')}>
      {t('audiencePage')}
    </Link>
  )
  return (
    <Callout
      tone="warning"
      title={t.rich('signInEnds', { time: <CalendarDate key="time" iso={signInEndsAt} withTime /> })}
      actions={action}
    >
      {t('signInEndsHelp')}
    </Callout>
  )
}

/** Google is away or slows us down: nobody has to repair anything. */
function ProviderTrouble({ connection, words }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const { values, nextAttemptAt } = connection.health
  const { title, detail } = say({ code: codeOf(connection.health) ?? 'provider_unavailable', values })
  return (
    <Callout tone="warning" title={title}>
      <div>{detail}</div>
      {nextAttemptAt !== null && <div>{t.rich('triedAgain', { time: <RelativeTime key="time" iso={nextAttemptAt} /> })}</div>}
      <div>{words.notLost}</div>
      <MicrosoftRequestId values={values} />
    </Callout>
  )
}

function NotAnnounced({ connection, words, model, ...way }: HealthNoticeProps) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const code = codeOf(connection.health)
  const { values } = connection.health
  const text = code === null ? null : say({ code, values })
  const renew = connection.permissions.sync && (
    <Button busy={model.server.actions.repair.isPending} onClick={() => void model.repair()}>
      {t('renew')}
    </Button>
  )
  const openSetup = model.server.canSetUp && <SetupButton {...way} />
  // Labels are chosen in the field below; a pipe that ended is opened anew; the rest is mended in the setup panel.
  const action = code === null || code === 'unknown_label' ? null : codesOfThePipe.includes(code) ? renew : openSetup
  return (
    <Callout tone="warning" title={words.notAnnounced} actions={action}>
      {text && (
        <div>
          {text.title}. {text.remedy}
        </div>
      )}
      <div>{words.notLost}</div>
      <MicrosoftRequestId values={values} />
    </Callout>
  )
}

const codesOfThePipe: readonly ErrorCode[] = ['push_silent', 'renewal_late', 'watch_lapsed']

function codeOf({ deliveryReason, reason }: Health): ErrorCode | null {
  return deliveryReason ?? reason
}

function isProvidersTrouble(health: Health): boolean {
  const code = codeOf(health)
  return code === 'provider_unavailable' || code === 'throttled'
}

/** How people know the connection: its address, or its name before there is one. */
function nameOf(connection: ConnectionSummary): string {
  return addressOf(connection) ?? connection.name
}
