import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { SecretInput } from './secret-input.tsx'

const saved = { set: true, fingerprint: 'a1b2c3', updatedAt: '2026-11-03T10:00:00Z', updatedBy: 'Dana' } as const

const meta = {
  title: 'Parts/SecretInput',
  component: SecretInput,
  args: { label: 'Client secret', fact: saved, value: { action: 'keep' }, onChange: () => undefined },
  render: function Render(args) {
    const [value, onChange] = useState(args.value)
    return (
      <Root part="story">
        <SecretInput {...args} value={value} onChange={onChange} />
      </Root>
    )
  },
} satisfies Meta<typeof SecretInput>

export default meta

type Story = StoryObj<typeof meta>

/** A fact, never a filled input. */
export const Saved: Story = {
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByText('a1b2c3')).toBeVisible()
    await expect(canvasElement.querySelector('input')).toBeNull()
  },
}

export const NotSet: Story = { args: { fact: { set: false }, help: 'Google shows it only once.' } }

export const Replacing: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Replace Client secret' }))
    await userEvent.paste(' "GOCSPX-EXAMPLE_new_secret" ')
    await expect(canvas.getByLabelText('Client secret')).toHaveValue('GOCSPX-EXAMPLE_new_secret')
    await expect(canvas.getByText('Removed spaces from the pasted value.')).toBeVisible()
  },
}

export const Shown: Story = {
  args: { fact: { set: false } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Client secret'), 'GOCSPX-EXAMPLE_typed')
    await userEvent.click(canvas.getByRole('button', { name: 'Show Client secret' }))
    await expect(canvas.getByLabelText('Client secret')).toHaveAttribute('type', 'text')
  },
}

export const Masked: Story = {
  args: { fact: { set: false } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByLabelText('Client secret'))
    await userEvent.paste('************')
    await expect(canvas.getByText('That looks like a masked value. Paste the full secret.')).toBeVisible()
  },
}

export const Removed: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Remove Client secret' }))
    await expect(canvas.getByText('Will be removed when you save.')).toBeVisible()
  },
}

export const WithError: Story = { args: { fact: { set: false }, error: 'Enter the client secret.' } }

export const ReadOnly: Story = { args: { readOnly: true } }
