import { memo, useId } from 'react'
import { ConnectionEntry } from '../../elements/connection-card/index.ts'
import { useListedConnection } from './listed-connection.controller.ts'
import type { ListedConnectionProps } from './connection-list-props.ts'

/** A connection as a card of the list. */
export const ListedCard = memo(function ListedCard(props: ListedConnectionProps) {
  const { connection, callbacks, actions, setupHref, canSetUp, headingLevel, footer } = props
  const { onOpen, onDiagnose, onAction, onOpenSetup } = callbacks
  const model = useListedConnection({ connection, ...callbacks })
  const headingId = useId()
  return (
    <article aria-labelledby={headingId}>
      <ConnectionEntry
        connection={connection}
        model={model}
        headingId={headingId}
        appNoticeIsAbove
        {...{ actions, setupHref, canSetUp, headingLevel, footer, onOpen, onDiagnose, onAction, onOpenSetup }}
      />
    </article>
  )
})
