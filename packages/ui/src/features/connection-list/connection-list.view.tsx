import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { Suspense, useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { connectionCardMessages } from '../../elements/connection-card/connection-card.messages.ts'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { Root } from '../../parts/root/root.tsx'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { Text } from '../../parts/text/text.tsx'
import { AddButtons, ListSummary } from './list-head.view.tsx'
import { connectionListMessages } from './connection-list.messages.ts'
import { noPersonsFilter } from './arrange-connections.ts'
import type { ConnectionListModel } from './connection-list.controller.ts'
import { ownProviders } from './connection-list-props.ts'
import type { ConnectionListProps } from './connection-list-props.ts'
import { ConnectionTable } from './connection-table.view.tsx'
import { ListPager } from './list-pager.view.tsx'
import { ListToolbar } from './list-toolbar.view.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// A list in which nothing is wrong needs none of these.
const loadNotice = () => import('./list-notice.tsx')
const ListNotice = lazyPart(async () => (await loadNotice()).ListNotice)
const FailureBlock = lazyPart(async () => (await loadNotice()).FailureBlock)

// Fewer than these are found at a glance.
const MANY = 8

export interface ConnectionListViewProps extends ConnectionListProps {
  model: ConnectionListModel
  /** How many a person has removed here. */
  removals: number
  renderEntry: (connection: ConnectionSummary) => ReactNode
}

/** Everything that is connected, what needs attention first. */
export function ConnectionListView(props: ConnectionListViewProps) {
  const { model, headingLevel = 2, className, onAdd, providers, emptyAction } = props
  const part = usePart()
  const t = useMessages(connectionListMessages)
  const titleId = useId()
  const title = useRef<HTMLHeadingElement>(null)
  const Heading = `h${headingLevel}` as const
  const state = readState(model)
  const isDisabled = (provider: string) => model.apps.some((app) => app.isMissing && app.vendor === kindOf(provider).vendor)
  const focusTitle = () => title.current?.focus()
  const { removals } = props
  useEffect(() => {
    // The entry took the focus along.
    if (removals > 0 && document.activeElement === document.body) title.current?.focus()
  }, [removals])
  return (
    <Root
      part="connection-list"
      as="section"
      className={['tn-card', className].filter(Boolean).join(' ')}
      aria-labelledby={titleId}
      data-state={state}
    >
      <div {...part('card-head')}>
        <div className="tn-card-titles">
          <Heading ref={title} id={titleId} tabIndex={-1} {...part('title')}>
            {t('title')}
          </Heading>
          <ListSummary model={model} />
        </div>
        {onAdd && state !== 'loading' && state !== 'error' && !(state === 'empty' && emptyAction !== undefined) && (
          <AddButtons providers={providers} onAdd={onAdd} isDisabled={isDisabled} />
        )}
      </div>
      {model.error !== null ? (
        <CardSection>
          <Suspense fallback={<Skeleton shape="block" />}>
            <FailureBlock error={model.error} onRetry={model.retry} retrying={model.isRetrying} />
          </Suspense>
        </CardSection>
      ) : (
        <Loading busy={model.isLoading} skeleton={<ListSkeleton />}>
          <LoadedList {...props} titleId={titleId} onMoved={focusTitle} />
        </Loading>
      )}
    </Root>
  )
}

function readState({ error, isLoading, hasAny, matching, staleSince }: ConnectionListModel): string {
  if (error !== null) return 'error'
  if (isLoading) return 'loading'
  if (!hasAny) return 'empty'
  if (matching === 0) return 'filtered-empty'
  return staleSince === null ? 'ready' : 'stale'
}

function LoadedList(props: ConnectionListViewProps & { titleId: string; onMoved: () => void }) {
  const { model, view = 'cards', renderEntry, setupHref, onOpenSetup, titleId, onMoved } = props
  const t = useMessages(connectionListMessages)
  const shared = useMessages(connectionCardMessages)
  const { apps, visible, paging } = model
  const hasNotice = apps.some(({ isMissing, blockedHealth }) => isMissing || blockedHealth !== null)
  const goTo = (page: number) => {
    model.goTo(page)
    onMoved()
  }
  const entries = visible.map(renderEntry)
  return (
    <>
      {(hasNotice || model.staleSince !== null || model.isReadOnly || model.total > MANY || visible.length === 0) && (
        <CardSection>
          {hasNotice && (
            <Suspense fallback={<Skeleton shape="row" />}>
              <ListNotice apps={apps} setupHref={setupHref} onOpenSetup={onOpenSetup} />
            </Suspense>
          )}
          {model.staleSince !== null && (
            <Text size="meta" tone="muted">
              {shared.rich('stale', { time: <RelativeTime key="time" iso={model.staleSince} /> })}
            </Text>
          )}
          {model.isReadOnly && (
            <Text size="small" tone="muted">
              {t('readOnly')}
            </Text>
          )}
          {model.total > MANY && <ListToolbar wanted={model.wanted} onWant={model.want} />}
          {visible.length === 0 && (model.hasAny ? <NoMatch {...props} /> : <Empty {...props} />)}
        </CardSection>
      )}
      {visible.length > 0 && (
        <Suspense fallback={<WaitingList />}>
          {view === 'table' ? (
            <ConnectionTable labelledBy={titleId}>{entries}</ConnectionTable>
          ) : (
            <ul className="tn-connection-entries" aria-labelledby={titleId}>
              {entries}
            </ul>
          )}
        </Suspense>
      )}
      {paging.pages > 1 && <ListPager paging={paging} onGoTo={goTo} />}
    </>
  )
}

function Empty({ model, onAdd, providers = ownProviders, emptyAction }: ConnectionListViewProps) {
  const t = useMessages(connectionListMessages)
  if (model.apps.some(({ isMissing }) => isMissing)) return null
  const words = providers.some((provider) => kindOf(provider).brings === 'mail') ? 'emptyText' : 'emptyCalendar'
  return (
    <div className="tn-list-empty">
      <Text className="tn-section-title">{t('emptyTitle')}</Text>
      <Text size="small" tone="muted">
        {t(onAdd || emptyAction ? words : 'emptyReadOnly')}
      </Text>
      {emptyAction}
    </div>
  )
}

function NoMatch({ model, onClearFilter }: ConnectionListViewProps) {
  const t = useMessages(connectionListMessages)
  const isOwn = model.wanted.text !== '' || model.wanted.group !== 'all'
  const clear = isOwn ? () => model.want(noPersonsFilter) : onClearFilter
  return (
    <div className="tn-list-empty">
      <output>{t('noMatch')}</output>
      {clear && (
        <Button size="sm" onClick={clear}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}

function WaitingList() {
  return (
    <div aria-busy="true">
      <ListSkeleton />
    </div>
  )
}

function ListSkeleton() {
  return (
    <ul className="tn-connection-entries" aria-hidden="true">
      {[0, 1, 2].map((entry) => (
        <li key={entry} className="tn-connection-entry">
          <Skeleton shape="control" />
          <Skeleton shape="text" count={4} />
        </li>
      ))}
    </ul>
  )
}
