import { useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import { usePart } from '../environment/use-part.ts'
import { MenuList } from './menu-list.tsx'
import type { MenuItem } from './menu-list.tsx'

export interface MenuProps {
  /** The button's name: what the menu acts on. */
  label: string
  items: readonly MenuItem[]
  onSelect: (id: string) => void
  /** Work is under way: the button says so and stays usable. */
  busy?: boolean
}

/** Actions behind one button, as the WAI-ARIA menu button: arrows, Home, End, first letters, Escape. Focus goes back to the button. */
export function Menu({ label, items, onSelect, busy = false }: MenuProps) {
  const part = usePart()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [openAt, setOpenAt] = useState<'first' | 'last' | null>(null)
  const isOpen = openAt !== null
  const close = (returnFocus: boolean) => {
    setOpenAt(null)
    if (returnFocus) button.current?.focus({ preventScroll: true })
  }
  const openByArrow = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setOpenAt(event.key === 'ArrowDown' ? 'first' : 'last')
  }
  return (
    <span {...part('menu')}>
      <IconButton
        ref={button}
        icon={busy ? 'spinner' : 'more'}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-busy={busy || undefined}
        onClick={() => (isOpen ? close(true) : setOpenAt('first'))}
        onKeyDown={openByArrow}
      />
      {isOpen && (
        <MenuList
          id={id}
          label={label}
          items={items}
          anchor={button}
          startAt={openAt}
          onClose={close}
          onSelect={(item) => {
            close(true)
            onSelect(item)
          }}
        />
      )}
    </span>
  )
}
