import { Fragment, useEffect, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { createPortal } from 'react-dom'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import type { IconName } from '../icon/icon-paths.ts'
import { Icon } from '../icon/icon.tsx'
import { Root } from '../root/root.tsx'
import { placeBeside } from './place-beside.ts'
import { createTypeAhead } from './type-ahead.ts'

export interface MenuItem {
  id: string
  label: string
  icon?: IconName
  /** Starts a new group: a line above it. */
  separated?: boolean
}

export interface MenuListProps {
  id: string
  label: string
  items: readonly MenuItem[]
  anchor: RefObject<HTMLElement | null>
  startAt: 'first' | 'last'
  onSelect: (id: string) => void
  onClose: (returnFocus: boolean) => void
}

/** The open menu. It stands at the end of the page, so that no card or table around its button cuts it off. */
export function MenuList({ id, label, items, anchor, startAt, onSelect, onClose }: MenuListProps) {
  const part = usePart()
  const { portalContainer, dir } = usePartEnvironment()
  const list = useRef<HTMLDivElement>(null)
  const typeAhead = useRef(createTypeAhead())
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useLayoutEffect(() => {
    if (!list.current || !anchor.current) return
    placeBeside(list.current, anchor.current, dir)
    const buttons = entriesOf(list.current)
    buttons[startAt === 'first' ? 0 : buttons.length - 1]?.focus({ preventScroll: true })
  }, [anchor, dir, startAt])
  useEffect(() => {
    const leave = ({ type, target }: Event) => {
      const isOurs = target instanceof Node && (list.current?.contains(target) || anchor.current?.contains(target))
      // Whoever presses elsewhere takes the focus there.
      if (!isOurs) close.current(type !== 'pointerdown')
    }
    document.addEventListener('pointerdown', leave, true)
    window.addEventListener('scroll', leave, true)
    window.addEventListener('resize', leave)
    return () => {
      document.removeEventListener('pointerdown', leave, true)
      window.removeEventListener('scroll', leave, true)
      window.removeEventListener('resize', leave)
    }
  }, [anchor])

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    // What a menu hears is not for the dialog or the page around it.
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Tab goes on from the button, as if the menu had not been there.
      if (event.key === 'Escape') event.preventDefault()
      return onClose(true)
    }
    const buttons = entriesOf(event.currentTarget)
    const at = buttons.indexOf(document.activeElement as HTMLElement)
    const next = nextIndex(event.key, at, buttons.length) ?? typeAhead.current(event.key, at, items)
    if (next === null) return
    event.preventDefault()
    buttons[next]?.focus()
  }
  return createPortal(
    <Root part="menu-layer">
      <div ref={list} {...part('menu-list')} id={id} role="menu" aria-label={label} tabIndex={-1} onKeyDown={press}>
        {items.map((item) => (
          <Fragment key={item.id}>
            {item.separated && <hr className="tn-menu-separator" />}
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              {...part('menu-item')}
              onClick={() => onSelect(item.id)}
              onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
            >
              {item.icon && <Icon name={item.icon} />}
              {item.label}
            </button>
          </Fragment>
        ))}
      </div>
    </Root>,
    portalContainer ?? document.body,
  )
}

function entriesOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role="menuitem"]')]
}

function nextIndex(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}
