import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useEffect, useState } from 'react'
import { setupWayOf } from '../../elements/connection-card/setup-way.ts'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'
import { PartClassNamesScope } from '../../parts/environment/part-class-names.tsx'
import { useConnectionList, useSteadyCallbacks } from './connection-list.controller.ts'
import type { ConnectionListProps } from './connection-list-props.ts'
import { ConnectionListView } from './connection-list.view.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'
import { prefetch } from '../../parts/lazy-part/prefetch.ts'

// They load while the list is read; a page that shows cards needs no rows.
const loaders = { cards: () => import('./listed-card.tsx'), table: () => import('./listed-row.tsx') }
const ListedCard = lazyPart(async () => (await loaders.cards()).ListedCard)
const ListedRow = lazyPart(async () => (await loaders.table()).ListedRow)

/** Everything that the person may see of the tenant's connections: how each does, and the one thing to do about it. */
export function ConnectionList(props: ConnectionListProps) {
  const { view = 'cards', headingLevel = 2, actions, renderCardFooter, classNames } = props
  const model = useConnectionList(props)
  const [removals, setRemovals] = useState(0)
  const onRemove = (connection: ConnectionSummary) => {
    setRemovals((count) => count + 1)
    props.onRemove?.(connection)
  }
  const callbacks = useSteadyCallbacks({ ...props, onRemove })
  useEffect(() => prefetch(loaders[view]), [view])
  const Entry = view === 'table' ? ListedRow : ListedCard
  const renderEntry = (connection: ConnectionSummary) => {
    const entry = (
      <Entry
        key={connection.id}
        connection={connection}
        callbacks={callbacks}
        actions={actions}
        setupHref={setupWayOf(props, kindOf(connection.provider).vendor ?? 'google').setupHref}
        canSetUp={model.canSetUp(connection.provider)}
        headingLevel={(headingLevel + 1) as 2 | 3 | 4 | 5 | 6}
        footer={renderCardFooter?.(connection) ?? null}
      />
    )
    return view === 'table' ? entry : <li key={connection.id}>{entry}</li>
  }
  return (
    <PartClassNamesScope classNames={classNames}>
      <ConnectionListView {...props} model={model} removals={removals} renderEntry={renderEntry} />
    </PartClassNamesScope>
  )
}
