import { Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { useVendor, VendorScope } from '../../locales/vendor.tsx'
import { isOnHostApp } from '../provider-kind/is-on-host-app.ts'
import { kindOf } from '../provider-kind/provider-kind.ts'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { ConnectionHead } from './connection-head.tsx'
import type { ConnectionEntryOptions } from './connection-model.ts'
import { EndingDialogGate } from './ending-dialog-gate.tsx'
import { setupWayOf } from './setup-way.ts'
import { TechnicalDetails } from './technical-details.tsx'
import { useConnectionEntry } from './use-connection-entry.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'
import { prefetch } from '../../parts/lazy-part/prefetch.ts'

// A connection that works has nothing to say.
const loadNotice = () => import('./connection-notice.tsx')
const ConnectionNotice = lazyPart(async () => (await loadNotice()).ConnectionNotice)
const ConnectionOutcome = lazyPart(async () => (await loadNotice()).ConnectionOutcome)
const VendorWords = lazyPart(async () => (await loadNotice()).VendorWords)
const ConnectionSignIn = lazyPart(async () => (await loadNotice()).ConnectionSignIn)

export interface ConnectionEntryProps extends ConnectionEntryOptions {
  headingId: string
  headingLevel: 1 | 2 | 3 | 4 | 5 | 6
  canSetUp: boolean
  /** What the tenant's app lacks is said above the list. */
  appNoticeIsAbove?: boolean
  /** Opens the technical details. */
  expanded?: boolean | undefined
  footer?: ReactNode
}

/** One connection: who it is, how it does, what to do about it. The frame around it is the mounted component's. */
export function ConnectionEntry(props: ConnectionEntryProps) {
  return (
    <VendorScope vendor={kindOf(props.connection.provider).vendor ?? 'google'}>
      <Entry {...props} />
    </VendorScope>
  )
}

function Entry(props: ConnectionEntryProps) {
  const { connection, model, headingId, headingLevel, appNoticeIsAbove = false, expanded = false, footer } = props
  const part = usePart()
  const way = setupWayOf(props, useVendor())
  const entry = useConnectionEntry(props)
  const { condition, asking, frame } = entry
  const { signIn, outcome } = model
  const isAboutApp = condition === 'app_broken' || condition === 'not_configured'
  const isSigningIn = signIn.status !== 'idle' && signIn.status !== 'done'
  const hasNotice = !isSigningIn && condition !== 'fine' && !(isAboutApp && appNoticeIsAbove && !isOnHostApp(connection))
  const hasOutcome = asking === null && (outcome !== null || signIn.status === 'done')
  // A click is soon to come: what it shows shall be there by then.
  useEffect(() => prefetch(loadNotice), [])
  return (
    <div ref={frame} {...part('connection-entry')} data-condition={condition}>
      <ConnectionHead
        connection={connection}
        entry={entry}
        busy={model.running !== null}
        headingId={headingId}
        headingLevel={headingLevel}
      />
      {isSigningIn && (
        <Suspense fallback={<Skeleton shape="row" />}>
          <VendorWords>
            <ConnectionSignIn model={model} {...way} />
          </VendorWords>
        </Suspense>
      )}
      {hasNotice && (
        <Suspense fallback={<Skeleton shape="row" />}>
          <VendorWords>
            <ConnectionNotice {...props} {...way} entry={entry} />
          </VendorWords>
        </Suspense>
      )}
      <ConnectionFacts connection={connection} />
      <LiveRegion hidden={false} className="tn-connection-outcome">
        {hasOutcome && (
          <Suspense fallback={null}>
            <VendorWords>
              <ConnectionOutcome connection={connection} model={model} />
            </VendorWords>
          </Suspense>
        )}
      </LiveRegion>
      <TechnicalDetails connection={connection} open={expanded} />
      {footer}
      <EndingDialogGate connection={connection} model={model} entry={entry} />
    </div>
  )
}
