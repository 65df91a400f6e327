import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { Button, Dialog } from '../index.ts'

function Page({ dismissible = true }: { dismissible?: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Reset</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Reset Google" description="You cannot undo this." dismissible={dismissible}>
        <Button onClick={() => setOpen(false)}>Keep as is</Button>
      </Dialog>
    </>
  )
}

describe('Dialog', () => {
  it('is named, described and modal, and injects no style tag', async () => {
    const user = userEvent.setup()
    const styles = document.querySelectorAll('style').length
    render(<Page />)
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    const dialog = screen.getByRole('dialog', { name: 'Reset Google' })
    expect(dialog).toHaveAccessibleDescription('You cannot undo this.')
    expect(dialog.closest('.tn-root')).not.toBeNull()
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull()
    expect(document.querySelectorAll('style')).toHaveLength(styles)
    expect(document.documentElement).toHaveClass('tn-scroll-lock')
  })

  it.each([
    ['Escape', (user: ReturnType<typeof userEvent.setup>) => user.keyboard('{Escape}')],
    ['the cross', (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole('button', { name: 'Close' }))],
    ['its button', (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole('button', { name: 'Keep as is' }))],
  ])('gives the focus back to its opener when %s closes it', async (_, close) => {
    const user = userEvent.setup()
    render(<Page />)
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    await close(user)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('button', { name: 'Reset' })).toHaveFocus()
    expect(document.documentElement).not.toHaveClass('tn-scroll-lock')
  })

  it('stays open on Escape when it may not be dismissed', async () => {
    const user = userEvent.setup()
    render(<Page dismissible={false} />)
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    await user.keyboard('{Escape}')
    expect(screen.getByRole('dialog')).toBeVisible()
  })
})
