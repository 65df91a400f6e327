import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { StepList } from '../index.ts'
import type { Step } from '../index.ts'

const steps: Step[] = [
  { id: 'project', title: 'Choose a project', state: 'done', summary: 'acme-mail', content: <input aria-label="Project ID" /> },
  { id: 'apis', title: 'Enable APIs', state: 'active', content: 'Three APIs' },
  { id: 'verify', title: 'Check and connect', state: 'locked', content: 'Checks' },
]

function Panel() {
  const [open, setOpen] = useState<string | null>('apis')
  return <StepList label="Steps" steps={steps} open={open} onOpenChange={setOpen} />
}

const header = (name: RegExp) => screen.getByRole('button', { name })

describe('StepList', () => {
  it('names each header with position, title and state, and marks the current step', () => {
    render(<Panel />)
    expect(header(/^Step 1 of 3, Choose a project, done acme-mail$/)).toHaveAttribute('aria-expanded', 'false')
    expect(header(/Enable APIs/)).toHaveAttribute('aria-expanded', 'true')
    const current = screen.getAllByRole('listitem').filter((item) => item.getAttribute('aria-current') === 'step')
    expect(current).toHaveLength(1)
    expect(within(current[0] as HTMLElement).getByText('Three APIs')).toBeVisible()
  })

  it('opens by keyboard, and arrows, Home and End move between headers', async () => {
    const user = userEvent.setup()
    render(<Panel />)
    await user.tab()
    expect(header(/Choose a project/)).toHaveFocus()
    await user.keyboard('{ArrowDown}')
    expect(header(/Enable APIs/)).toHaveFocus()
    await user.keyboard('{Home}')
    expect(header(/Choose a project/)).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(screen.getByLabelText('Project ID')).toBeVisible()
    expect(screen.getByText('Three APIs')).not.toBeVisible()
  })

  it('keeps what was typed in a step that is closed', async () => {
    const user = userEvent.setup()
    render(<Panel />)
    await user.click(header(/Choose a project/))
    await user.type(screen.getByLabelText('Project ID'), 'acme-mail')
    await user.click(header(/Enable APIs/))
    await user.click(header(/Choose a project/))
    expect(screen.getByLabelText('Project ID')).toHaveValue('acme-mail')
  })

  it('does not open a locked step', async () => {
    const user = userEvent.setup()
    render(<Panel />)
    expect(header(/Check and connect/)).toBeDisabled()
    await user.click(header(/Check and connect/))
    expect(screen.queryByText('Checks')).toBeNull()
  })
})
