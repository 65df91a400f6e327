import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import { connectProgressMessages } from './connect-progress.messages.ts'

export interface ConnectProgressProps {
  status: 'opening' | 'waiting' | 'blocked' | 'window_gone'
  /** There is a window that can be brought to the front. */
  hasWindow: boolean
  /** Why the window is not opened at all: this page stands in an app's own browser. */
  inAppBrowser: boolean
  onShowWindow: () => void
  onCancel: () => void
  onRetry: () => void
  onContinueHere: () => void
  /** Under the words of a window that is gone. */
  children?: ReactNode
}

/** Where a sign-in in the provider's window stands, and what the person can do meanwhile. */
export function ConnectProgress({ status, children, ...props }: ConnectProgressProps) {
  if (status === 'blocked')
    return props.inAppBrowser ? <InAppBrowserNotice onContinueHere={props.onContinueHere} /> : <Blocked {...props} />
  if (status === 'window_gone') return <WindowGone {...props}>{children}</WindowGone>
  return <UnderWay status={status} {...props} />
}

type ViewProps = Omit<ConnectProgressProps, 'status' | 'children'>

function UnderWay({ status, hasWindow, onShowWindow, onCancel }: ViewProps & { status: 'opening' | 'waiting' }) {
  const t = useMessages(connectProgressMessages)
  const actions = (
    <>
      {status === 'waiting' && hasWindow && (
        <Button size="sm" onClick={onShowWindow}>
          {t('show')}
        </Button>
      )}
      <Button size="sm" variant="quiet" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </>
  )
  return (
    <Callout live="status" icon="spinner" actions={actions}>
      {t(status === 'waiting' && !hasWindow ? 'returning' : status)}
    </Callout>
  )
}

function Blocked({ onRetry, onContinueHere }: ViewProps) {
  const t = useMessages(connectProgressMessages)
  const actions = (
    <>
      <Button size="sm" onClick={onRetry}>
        {t('tryAgain')}
      </Button>
      <Button size="sm" onClick={onContinueHere}>
        {t('continueHere')}
      </Button>
    </>
  )
  return (
    <Callout tone="warning" live="alert" title={t('blocked')} actions={actions}>
      {t('blockedHelp')}
    </Callout>
  )
}

function WindowGone({ onRetry, onCancel, children }: ViewProps & { children: ReactNode }) {
  const t = useMessages(connectProgressMessages)
  const actions = (
    <>
      <Button size="sm" onClick={onRetry}>
        {t('tryAgain')}
      </Button>
      <Button size="sm" variant="quiet" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </>
  )
  return (
    <div className="tn-connect-progress">
      <Callout tone="warning" live="status" title={t('gone')} actions={actions}>
        {t('goneHelp')}
      </Callout>
      {children}
    </div>
  )
}

/** Known before anything is pressed, so it can be said before. */
export function InAppBrowserNotice({ onContinueHere }: { onContinueHere?: () => void }) {
  const t = useMessages(connectProgressMessages)
  const actions = (
    <>
      <CopyButton value={window.location.href} what={t('pageLink')}>
        {t('copyLink')}
      </CopyButton>
      {onContinueHere && (
        <Button size="sm" variant="quiet" onClick={onContinueHere}>
          {t('continueHere')}
        </Button>
      )}
    </>
  )
  return (
    <Callout tone="warning" live="status" title={t('inApp')} actions={actions}>
      {t('inAppHelp')}
    </Callout>
  )
}
