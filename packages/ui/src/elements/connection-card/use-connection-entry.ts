import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import type { MenuItem } from '../../parts/menu/menu-list.tsx'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { readActions, readPrimaryAction } from './connection-action.ts'
import type { ConnectionActionId } from './connection-action.ts'
import { connectionCardMessages } from './connection-card.messages.ts'
import { readCondition } from './connection-condition.ts'
import type { ConnectionCondition } from './connection-condition.ts'
import type { ConnectionEntryOptions } from './connection-model.ts'

export interface ConnectionEntryState {
  readonly condition: ConnectionCondition
  readonly possible: readonly ConnectionActionId[]
  /** Stands outside the menu. */
  readonly primary: ConnectionActionId | null
  readonly menu: readonly MenuItem[]
  /** Does it, or asks first. */
  readonly choose: (action: ConnectionActionId) => void
  /** The dialog that is open. */
  readonly asking: 'disconnect' | 'remove' | null
  readonly stopAsking: () => void
  /** The element that the focus stays in when the pressed button goes away. */
  readonly frame: RefObject<HTMLDivElement | null>
}

/** What one connection's card or row offers, whichever way it looks. */
export function useConnectionEntry(options: ConnectionEntryOptions): ConnectionEntryState {
  const { connection, model, actions: only, onOpen, onDiagnose, onAction } = options
  const t = useMessages(connectionCardMessages)
  const now = useNow()
  const [asking, setAsking] = useState<'disconnect' | 'remove' | null>(null)
  const condition = readCondition(connection.health, now)
  const facts = { condition, canOpen: onOpen !== undefined, canDiagnose: onDiagnose !== undefined, only }
  const possible = readActions(connection, facts)
  const primary = readPrimaryAction(condition, possible)
  const { frame, keepFocus } = useFocusKept([model.running, model.signIn.status, condition])
  const choose = (action: ConnectionActionId) => {
    keepFocus()
    onAction?.(action, connection)
    if (action === 'reconnect') model.reconnect()
    else if (action === 'edit') onOpen?.(connection)
    else if (action === 'diagnostics') onDiagnose?.(connection)
    else if (action === 'disconnect' || action === 'remove') {
      model.dismiss()
      setAsking(action)
    } else void model.run(action)
  }
  const rest = possible.filter((action) => action !== primary)
  const menu = rest.map((action, index) => ({
    id: action,
    label: t(action),
    separated: index > 0 && groupOfAction(action) !== groupOfAction(rest[index - 1] ?? action),
  }))
  return { condition, possible, primary, menu, choose, asking, stopAsking: () => setAsking(null), frame }
}

function groupOfAction(action: ConnectionActionId): 'work' | 'look' | 'end' {
  if (action === 'disconnect' || action === 'remove') return 'end'
  return action === 'edit' || action === 'diagnostics' ? 'look' : 'work'
}

/** A pressed button that goes away with its notice leaves the focus to the menu beside it, or to the name. */
function useFocusKept(changes: readonly unknown[]) {
  const frame = useRef<HTMLDivElement>(null)
  const pressedHere = useRef(false)
  useEffect(() => {
    if (!pressedHere.current || document.activeElement !== document.body) return
    const find = (selector: string) => frame.current?.querySelector<HTMLElement>(selector)
    const next = find('[aria-haspopup="menu"]') ?? find('[data-tn-part="connection-name"]')
    next?.focus()
    // Whatever changed, the question is the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, changes)
  const keepFocus = () => {
    pressedHere.current = frame.current?.contains(document.activeElement) ?? false
  }
  return { frame, keepFocus }
}
