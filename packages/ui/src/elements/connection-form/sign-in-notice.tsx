import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { ConnectProgress, InAppBrowserNotice } from '../connect-progress/index.ts'
import { FailureBlock } from '../failure/index.ts'
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { useVendor } from '../../locales/vendor.tsx'
import { Link } from '../../parts/link/link.tsx'
import type { ConnectionFormModel, SetupWay } from './connection-form-model.ts'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import { SetupButton } from './setup-button.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// Nine errors and their fixes: loaded when one of them is likely.
const WhatDidGoogleShow = lazyPart(async () => (await import('../what-did-google-show/what-did-google-show.tsx')).WhatDidGoogleShow)

export interface SignInNoticeProps extends SetupWay {
  model: ConnectionFormModel
  /** The same sign-in again. */
  onRetry: () => void
  /** Actions of this provider for a problem that is about its settings. */
  wayOut: ((code: ErrorCode) => ReactNode) | undefined
}

/** What went wrong with an action, the sign-in under way, or why it did not work and what to do about it. */
export function SignInNotice({ model, onRetry, wayOut, ...way }: SignInNoticeProps) {
  const vendor = useVendor()
  const { signIn } = model.server
  // What Microsoft shows it also says when it comes back to us.
  const answers = vendor === 'google' && (
    <Suspense fallback={null}>
      <WhatDidGoogleShow flow={signIn.flow} onRunChecks={way.onOpenSetup} />
    </Suspense>
  )
  const { status } = signIn
  const wayOutOf = (error: Error) => {
    const code = codeOf(error)
    return code === null ? null : wayOut?.(code)
  }
  if (model.actionError !== null) return <FailureBlock error={model.actionError} actions={wayOutOf(model.actionError)} />
  if (status === 'failed' && model.signInError !== null) {
    return (
      <div className="tn-connect-progress">
        <FailureBlock
          error={model.signInError}
          onRetry={onRetry}
          startsAnew
          actions={wayOutOf(model.signInError) ?? <WayOut error={model.signInError} {...way} />}
        />
        {codesSeenAtGoogle.includes(codeOf(model.signInError)) && answers}
      </div>
    )
  }
  if (status === 'idle' || status === 'done' || status === 'failed') return signIn.inAppBrowser ? <InAppBrowserNotice /> : null
  return (
    <ConnectProgress
      status={status}
      hasWindow={signIn.flow === null || signIn.flow.redirectUri !== null}
      inAppBrowser={signIn.inAppBrowser}
      onShowWindow={signIn.focusWindow}
      onCancel={signIn.cancel}
      onRetry={onRetry}
      onContinueHere={signIn.retryInThisTab}
    >
      {answers}
    </ConnectProgress>
  )
}

const codesSeenAtGoogle: readonly (ErrorCode | null)[] = ['access_denied', 'admin_policy', 'oauth_refused', 'state_expired']

const codesOfTheApp: readonly (ErrorCode | null)[] = [
  'app_client_id_invalid',
  'app_client_disabled',
  'app_secret_invalid',
  'app_unauthorized',
  'google_not_configured',
  'microsoft_not_configured',
  'app_secret_expired',
  'directory_not_found',
  'oauth_refused',
  'api_not_enabled',
]

function WayOut({ error, ...way }: SetupWay & { error: Error }) {
  const t = useMessages(connectionDetailsMessages)
  const vendor = useVendor()
  const code = codeOf(error)
  if (codesOfTheApp.includes(code)) return <SetupButton {...way} />
  if (code !== 'needs_consent' || vendor !== 'google') return null
  return (
    <Link look="secondary" href="https://myaccount.google.com/permissions" external={t('account')}>
      {t('permissionsPage')}
    </Link>
  )
}

function codeOf(error: Error): ErrorCode | null {
  return isTenantryError(error) ? error.code : null
}
