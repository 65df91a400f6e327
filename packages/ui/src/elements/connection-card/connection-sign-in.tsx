import { Suspense } from 'react'
import { ConnectProgress } from '../connect-progress/index.ts'
import { FailureBlock } from '../failure/index.ts'
import type { SetupWay } from '../connection-form/connection-form-model.ts'
import { useVendor } from '../../locales/vendor.tsx'
import type { ConnectionModel } from './connection-model.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// Nine errors and their fixes: loaded when one of them is likely.
const WhatDidGoogleShow = lazyPart(async () => (await import('../what-did-google-show/what-did-google-show.tsx')).WhatDidGoogleShow)

export interface ConnectionSignInProps extends SetupWay {
  model: ConnectionModel
}

/** Where a new sign-in stands, or why it did not work. */
export function ConnectionSignIn({ model, onOpenSetup }: ConnectionSignInProps) {
  const vendor = useVendor()
  const { signIn, reconnect } = model
  const { status } = signIn
  if (status === 'idle' || status === 'done') return null
  // What Microsoft shows it also says when it comes back to us.
  const answers = vendor === 'google' && (
    <Suspense fallback={null}>
      <WhatDidGoogleShow flow={signIn.flow} onRunChecks={onOpenSetup} />
    </Suspense>
  )
  if (status === 'failed')
    return (
      <div className="tn-connect-progress">
        <FailureBlock error={signIn.error} onRetry={reconnect} startsAnew />
        {answers}
      </div>
    )
  return (
    <ConnectProgress
      status={status}
      hasWindow={signIn.flow === null || signIn.flow.redirectUri !== null}
      inAppBrowser={signIn.inAppBrowser}
      onShowWindow={signIn.focusWindow}
      onCancel={signIn.cancel}
      onRetry={reconnect}
      onContinueHere={signIn.retryInThisTab}
    >
      {answers}
    </ConnectProgress>
  )
}
