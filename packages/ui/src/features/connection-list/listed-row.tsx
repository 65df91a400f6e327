import { memo } from 'react'
import { useListedConnection } from './listed-connection.controller.ts'
import type { ListedConnectionProps } from './connection-list-props.ts'
import { ConnectionRow } from './connection-row.view.tsx'

/** A connection as a row of the table. */
export const ListedRow = memo(function ListedRow({ connection, callbacks, actions, setupHref }: ListedConnectionProps) {
  const { onOpen, onDiagnose, onAction, onOpenSetup } = callbacks
  const model = useListedConnection({ connection, ...callbacks })
  return <ConnectionRow connection={connection} model={model} {...{ actions, setupHref, onOpen, onDiagnose, onAction, onOpenSetup }} />
})
