import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { Menu } from '../index.ts'
import { placeBeside } from './place-beside.ts'
import { createTypeAhead } from './type-ahead.ts'

const items = [
  { id: 'check', label: 'Check now' },
  { id: 'pause', label: 'Pause' },
  { id: 'edit', label: 'Edit' },
  { id: 'disconnect', label: 'Disconnect', separated: true },
]

function renderMenu() {
  const onSelect = vi.fn<(id: string) => void>()
  const user = userEvent.setup()
  render(
    <>
      <Menu label="Actions for Support" items={items} onSelect={onSelect} />
      <button type="button">After</button>
    </>,
  )
  const button = screen.getByRole('button', { name: 'Actions for Support' })
  const item = (name: string) => screen.getByRole('menuitem', { name })
  return { onSelect, user, button, item }
}

describe('Menu', () => {
  it('is a button with a menu, and says which state it is in', async () => {
    const { user, button, item } = renderMenu()
    expect(button).toHaveAttribute('aria-haspopup', 'menu')
    expect(button).toHaveAttribute('aria-expanded', 'false')
    await user.click(button)
    expect(button).toHaveAttribute('aria-expanded', 'true')
    const menu = screen.getByRole('menu', { name: 'Actions for Support' })
    expect(button).toHaveAttribute('aria-controls', menu.id)
    expect(menu.closest('.tn-root')).not.toBeNull()
    expect(item('Check now')).toHaveFocus()
    expect(screen.getAllByRole('separator')).toHaveLength(1)
    await user.click(button)
    expect(screen.queryByRole('menu')).toBeNull()
    expect(button).toHaveFocus()
  })

  it('is walked with arrows, round and round, Home and End', async () => {
    const { user, button, item } = renderMenu()
    button.focus()
    await user.keyboard('{ArrowUp}')
    expect(item('Disconnect')).toHaveFocus()
    await user.keyboard('{ArrowDown}')
    expect(item('Check now')).toHaveFocus()
    await user.keyboard('{ArrowDown}')
    expect(item('Pause')).toHaveFocus()
    await user.keyboard('{End}')
    expect(item('Disconnect')).toHaveFocus()
    await user.keyboard('{Home}{ArrowUp}')
    expect(item('Disconnect')).toHaveFocus()
  })

  it('jumps to what begins with the typed letters', async () => {
    const { user, button, item } = renderMenu()
    button.focus()
    await user.keyboard('{Enter}')
    await user.keyboard('d')
    expect(item('Disconnect')).toHaveFocus()
    await user.keyboard('x')
    expect(item('Disconnect')).toHaveFocus()
  })

  it.each(['{Enter}', ' '])('chooses with %j, closes and gives the focus back', async (key) => {
    const { user, button, onSelect } = renderMenu()
    button.focus()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    await user.keyboard(key)
    expect(onSelect).toHaveBeenCalledExactlyOnceWith('pause')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(button).toHaveFocus()
  })

  it('closes with Escape and gives the focus back; Tab goes on from the button', async () => {
    const { user, button, onSelect } = renderMenu()
    await user.click(button)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(button).toHaveFocus()
    await user.click(button)
    await user.tab()
    expect(screen.queryByRole('menu')).toBeNull()
    expect(screen.getByRole('button', { name: 'After' })).toHaveFocus()
    expect(onSelect).not.toHaveBeenCalled()
  })

  it('closes when somebody presses elsewhere, and leaves the focus there', async () => {
    const { user, button } = renderMenu()
    await user.click(button)
    await user.click(screen.getByRole('button', { name: 'After' }))
    expect(screen.queryByRole('menu')).toBeNull()
    expect(screen.getByRole('button', { name: 'After' })).toHaveFocus()
  })
})

describe('type-ahead', () => {
  const labels = ['Reconnect', 'Renew', 'Edit'].map((label) => ({ label }))

  it('takes letters in quick succession for one word', () => {
    const find = createTypeAhead()
    expect(find('r', 2, labels)).toBe(0)
    expect(find('e', 0, labels)).toBe(0)
    expect(find('n', 0, labels)).toBe(1)
  })

  it('walks on when one letter is repeated, and forgets after half a second', () => {
    vi.useFakeTimers()
    const find = createTypeAhead()
    expect(find('r', 0, labels)).toBe(1)
    expect(find('r', 1, labels)).toBe(0)
    vi.advanceTimersByTime(600)
    expect(find('e', 0, labels)).toBe(2)
    vi.useRealTimers()
  })

  it('leaves keys that are no letters alone', () => {
    const find = createTypeAhead()
    expect(find('F5', 0, labels)).toBeNull()
    expect(find(' ', 0, labels)).toBeNull()
  })
})

describe('placing', () => {
  const at = (element: HTMLElement, rect: Partial<DOMRect>) => {
    element.getBoundingClientRect = () => ({ top: 0, bottom: 0, left: 0, right: 0, width: 0, height: 0, ...rect }) as DOMRect
    return element
  }
  const place = (anchor: Partial<DOMRect>, dir: 'ltr' | 'rtl' = 'ltr') => {
    const list = at(document.createElement('div'), { width: 160, height: 200 })
    placeBeside(list, at(document.createElement('button'), anchor), dir)
    return { top: list.style.top, left: list.style.left }
  }

  it('stands under the end of its button, above where there is no room, and inside the window', () => {
    // jsdom's window is 1024 x 768.
    expect(place({ top: 100, bottom: 126, left: 500, right: 526 })).toEqual({ top: '130px', left: '366px' })
    expect(place({ top: 100, bottom: 126, left: 500, right: 526 }, 'rtl')).toEqual({ top: '130px', left: '500px' })
    expect(place({ top: 700, bottom: 726, left: 500, right: 526 })).toEqual({ top: '496px', left: '366px' })
    expect(place({ top: 100, bottom: 126, left: 0, right: 26 })).toEqual({ top: '130px', left: '8px' })
    expect(place({ top: 100, bottom: 126, left: 990, right: 1016 }, 'rtl')).toEqual({ top: '130px', left: '856px' })
  })
})
