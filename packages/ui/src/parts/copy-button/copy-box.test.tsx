import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CopyBox } from '../index.ts'

const rows = [
  { what: 'Gmail redirect URI', label: 'Gmail', value: 'https://app.example.com/api/auth/google/callback' },
  { what: 'Calendar redirect URI', label: 'Calendar', value: 'https://app.example.com/api/auth/google/calendar/callback' },
]

afterEach(() => vi.useRealTimers())

describe('CopyBox', () => {
  it('shows each value whole and copies it, says so, and stops saying so', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
    render(<CopyBox rows={rows} />)
    expect(screen.getByText(rows[1]?.value ?? '')).toBeVisible()
    const button = screen.getByRole('button', { name: 'Copy Gmail redirect URI' })
    await user.click(button)
    expect(await navigator.clipboard.readText()).toBe(rows[0]?.value)
    expect(button).toHaveTextContent('Copied')
    expect(button).toHaveAccessibleName('Gmail redirect URI copied')
    expect(screen.getByText('Gmail redirect URI copied')).toBeInTheDocument()
    act(() => vi.advanceTimersByTime(2000))
    expect(button).toHaveTextContent('Copy')
    expect(button).toHaveAccessibleName('Copy Gmail redirect URI')
    expect(screen.queryByText('Gmail redirect URI copied')).toBeNull()
  })

  it('copies all, one per line', async () => {
    const user = userEvent.setup()
    render(<CopyBox rows={rows} copyAll="All redirect URIs" />)
    await user.click(screen.getByRole('button', { name: 'Copy All redirect URIs' }))
    expect(await navigator.clipboard.readText()).toBe(rows.map((row) => row.value).join('\n'))
  })

  it('selects the value and names the keys when the clipboard refuses', async () => {
    const user = userEvent.setup()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('refused', 'NotAllowedError'))
    render(<CopyBox rows={rows} />)
    await user.click(screen.getByRole('button', { name: 'Copy Gmail redirect URI' }))
    expect(await screen.findByText('Press Ctrl+C (or Cmd+C) to copy.')).toBeVisible()
    expect(window.getSelection()?.toString()).toBe(rows[0]?.value)
  })
})
