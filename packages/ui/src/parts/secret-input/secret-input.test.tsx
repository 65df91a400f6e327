import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { SecretInput } from '../index.ts'
import type { SecretChange, SecretFact, SecretInputProps } from '../index.ts'

const saved: SecretFact = { set: true, fingerprint: 'a1b2c3', updatedAt: '2026-11-03T10:00:00Z', updatedBy: 'Dana' }
const secret = 'GOCSPX-EXAMPLE_secret'

function renderSecret(fact: SecretFact, more: Partial<SecretInputProps> = {}) {
  const onChange = vi.fn<(change: SecretChange) => void>()
  function Form() {
    const [value, setValue] = useState<SecretChange>({ action: 'keep' })
    const change = (next: SecretChange) => {
      onChange(next)
      setValue(next)
    }
    return <SecretInput label="Client secret" fact={fact} value={value} onChange={change} {...more} />
  }
  return { onChange, user: userEvent.setup(), ...render(<Form />) }
}

describe('SecretInput', () => {
  it('shows a saved secret as a fact, with no input in the document', () => {
    const { container } = renderSecret(saved)
    expect(container).toHaveTextContent('Saved, fingerprint a1b2c3')
    expect(container).toHaveTextContent('Added Nov 3, 2026 by Dana.')
    expect(container.querySelector('input')).toBeNull()
  })

  it('replaces: an empty password input takes the focus, and what is typed is reported', async () => {
    const { user, onChange } = renderSecret(saved)
    await user.click(screen.getByRole('button', { name: 'Replace Client secret' }))
    const input = screen.getByLabelText('Client secret')
    expect(input).toHaveFocus()
    expect(input).toHaveAttribute('type', 'password')
    expect(input).toHaveValue('')
    await user.paste(secret)
    expect(onChange).toHaveBeenLastCalledWith({ action: 'replace', value: secret })
  })

  it('shows and hides only what was typed', async () => {
    const { user } = renderSecret({ set: false })
    const show = screen.getByRole('button', { name: 'Show Client secret' })
    await user.click(show)
    expect(screen.getByLabelText('Client secret')).toHaveAttribute('type', 'text')
    expect(show).toHaveTextContent('Hide')
    expect(show).toHaveAccessibleName('Hide Client secret')
    await user.click(show)
    expect(screen.getByLabelText('Client secret')).toHaveAttribute('type', 'password')
    expect(show).toHaveAccessibleName('Show Client secret')
  })

  it('drops what was typed when the saved one is kept, and gives the focus back', async () => {
    const { user, onChange, container } = renderSecret(saved)
    await user.click(screen.getByRole('button', { name: 'Replace Client secret' }))
    await user.paste(secret)
    await user.click(screen.getByRole('button', { name: 'Keep the saved one' }))
    expect(onChange).toHaveBeenLastCalledWith({ action: 'keep' })
    expect(container.innerHTML).not.toContain(secret)
    expect(screen.getByRole('button', { name: 'Replace Client secret' })).toHaveFocus()
  })

  it('removes on demand and takes it back', async () => {
    const { user, onChange, container } = renderSecret(saved)
    await user.click(screen.getByRole('button', { name: 'Remove Client secret' }))
    expect(onChange).toHaveBeenLastCalledWith({ action: 'remove' })
    expect(container).toHaveTextContent('Will be removed when you save.')
    await user.click(screen.getByRole('button', { name: 'Keep the saved one' }))
    expect(onChange).toHaveBeenLastCalledWith({ action: 'keep' })
  })

  it.each([
    [` ${secret}\n`, secret],
    [`"${secret}"`, secret],
    [`\u200B${secret.slice(0, 6)} ${secret.slice(6)}`, secret],
    ['ＧＯＣＳＰＸ-EXAMPLE', 'GOCSPX-EXAMPLE'],
  ])('cleans the pasted %j and says so', async (pasted, clean) => {
    const { user, onChange, container } = renderSecret({ set: false })
    await user.click(screen.getByLabelText('Client secret'))
    await user.paste(pasted)
    expect(onChange).toHaveBeenLastCalledWith({ action: 'replace', value: clean })
    expect(container).toHaveTextContent('Removed spaces from the pasted value.')
  })

  it.each(['••••••••', '********', '● ● ● ●'])('refuses the mask %s and never reports it', async (mask) => {
    const { user, onChange } = renderSecret({ set: false })
    await user.click(screen.getByLabelText('Client secret'))
    await user.paste(mask)
    expect(onChange).toHaveBeenLastCalledWith({ action: 'replace', value: '' })
    const input = screen.getByLabelText('Client secret')
    expect(input).toHaveAttribute('aria-invalid', 'true')
    expect(input).toHaveAccessibleDescription('That looks like a masked value. Paste the full secret.')
  })

  it('forgets what was typed when it goes away', async () => {
    const { user, onChange, unmount } = renderSecret({ set: false })
    await user.click(screen.getByLabelText('Client secret'))
    await user.paste(secret)
    unmount()
    expect(onChange).toHaveBeenLastCalledWith({ action: 'keep' })
  })

  it('offers no change when read only', () => {
    renderSecret(saved, { readOnly: true })
    expect(screen.queryByRole('button')).toBeNull()
  })
})
