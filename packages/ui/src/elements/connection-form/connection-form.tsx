import { Suspense, useEffect, useId, useRef } from 'react'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ReactNode } from 'react'
import { addressOf } from '../provider-kind/address-of.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Card, CardSection } from '../../parts/card/card.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { ConnectionFormModel, SetupWay } from './connection-form-model.ts'
import { connectionFormMessages } from './connection-form.messages.ts'
import { FormFooter } from './form-footer.tsx'
import { readFormPhase } from './form-phase.ts'
import type { FormPhase } from './form-phase.ts'
import type { ProviderWords } from './provider-words.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'
import { prefetch } from '../../parts/lazy-part/prefetch.ts'

// What a new form does not show loads on its own.
const loadDetails = () => import('./connection-details.tsx')
const ConnectionDetails = lazyPart(async () => (await loadDetails()).ConnectionDetails)
const FailureBlock = lazyPart(async () => (await loadDetails()).FailureBlock)
const HealthChip = lazyPart(async () => (await loadDetails()).HealthChip)
const SignInNotice = lazyPart(async () => (await loadDetails()).SignInNotice)
const VendorWords = lazyPart(async () => (await loadDetails()).VendorWords)

export interface ConnectionFormProps extends SetupWay {
  /** Name of the mounted component, such as `gmail-provider-form`. */
  part: string
  /** Which of the tenant's own apps the connection uses. */
  appRow: ReactNode
  /** The choice between several apps, which stays while the tenant's own is missing. */
  appField?: ReactNode
  /** Actions of this provider for a problem that is about its settings. */
  wayOut?: ((code: ErrorCode) => ReactNode) | undefined
  /** More to do with a live connection. */
  extraActions?: ReactNode
  model: ConnectionFormModel
  words: ProviderWords
  /** The provider's own fields and the host's. */
  children: ReactNode
  onCancel?: (() => void) | undefined
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined
  className?: string | undefined
  classNames?: PartClassNames | undefined
}

/** The form of one connection, whatever its provider: what is missing, what is wrong, what it does, its fields, one primary action. */
export function ConnectionForm(props: ConnectionFormProps) {
  const { part, model, words, headingLevel = 2, className, classNames } = props
  const { connection, loadError, retryLoad, signIn } = model.server
  const phase = readFormPhase({ ...model.server, loadFailed: loadError !== null, signIn: signIn.status })
  // A click is soon to come: what it shows shall be there by then.
  useEffect(() => prefetch(loadDetails), [])
  return (
    <PartClassNamesScope classNames={classNames}>
      <Card
        part={part}
        title={connection?.name ?? words.title}
        subtitle={connection === undefined ? words.subtitle : (words.identity ?? addressOf(connection))}
        aside={
          connection && (
            <Suspense fallback={<Skeleton shape="chip" />}>
              <HealthChip health={connection.health} />
            </Suspense>
          )
        }
        headingLevel={headingLevel}
        state={phase}
        className={className}
      >
        {loadError === null ? (
          <Loading busy={phase === 'loading'} skeleton={<FormSkeleton />}>
            <LoadedForm {...props} phase={phase} />
          </Loading>
        ) : (
          <Suspense fallback={<FormSkeleton />}>
            <CardSection>
              <FailureBlock error={loadError} onRetry={retryLoad} />
            </CardSection>
          </Suspense>
        )}
      </Card>
    </PartClassNamesScope>
  )
}

function LoadedForm({ phase, ...props }: ConnectionFormProps & { phase: FormPhase }) {
  const { appRow, appField, model, words, children, setupHref, onOpenSetup, onCancel, wayOut, extraActions } = props
  const t = useMessages(connectionFormMessages)
  const { connection, signIn } = model.server
  const missingId = useId()
  const form = useRef<HTMLFormElement>(null)
  const way = { setupHref, onOpenSetup }
  const isMissing = phase === 'not-configured' || phase === 'no-permission'
  const hasNotice = !isMissing && (model.actionError !== null || signIn.status !== 'idle' || signIn.inAppBrowser)
  const retry = () => (connection === undefined ? form.current?.requestSubmit() : model.reconnect())
  const address = connection && addressOf(connection)
  return (
    <form ref={form} className="tn-connection-form" noValidate onSubmit={model.submit}>
      <LiveRegion>{signIn.status === 'done' && address && t('connectedAs', { address })}</LiveRegion>
      <CardSection>
        {connection === undefined && appField}
        {(connection || isMissing) && (
          <Suspense fallback={<Skeleton shape="block" />}>
            <VendorWords>
              <ConnectionDetails
                model={model}
                phase={phase}
                words={words}
                missingId={missingId}
                wayOut={wayOut}
                extraActions={extraActions}
                {...way}
              />
            </VendorWords>
          </Suspense>
        )}
        {connection !== undefined && appField}
        <fieldset className="tn-fields" disabled={isMissing} aria-describedby={isMissing ? missingId : undefined}>
          {children}
        </fieldset>
        {!isMissing && appRow}
        {hasNotice && (
          <Suspense fallback={null}>
            <VendorWords>
              <SignInNotice model={model} onRetry={retry} wayOut={wayOut} {...way} />
            </VendorWords>
          </Suspense>
        )}
      </CardSection>
      <FormFooter model={model} phase={phase} connect={words.connect} onCancel={onCancel} />
    </form>
  )
}

function FormSkeleton() {
  return (
    <CardSection>
      <Skeleton shape="control" />
      <Skeleton shape="control" />
      <Skeleton shape="text" />
    </CardSection>
  )
}
