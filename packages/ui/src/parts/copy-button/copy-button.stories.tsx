import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, spyOn } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { CopyBox } from './copy-box.tsx'

const meta = {
  title: 'Parts/CopyButton',
  component: CopyBox,
  args: {
    rows: [
      { value: 'https://app.example.com/api/auth/google/callback', what: 'Gmail redirect URI', label: 'Gmail' },
      { value: 'https://app.example.com/api/auth/google/calendar/callback', what: 'Calendar redirect URI', label: 'Calendar' },
    ],
    copyAll: 'all redirect URIs',
  },
  decorators: [
    (Story) => (
      <Root part="story">
        <Story />
      </Root>
    ),
  ],
} satisfies Meta<typeof CopyBox>

export default meta

type Story = StoryObj<typeof meta>

export const Rows: Story = {}

export const Copied: Story = {
  beforeEach: () => {
    spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Copy Gmail redirect URI' }))
    await expect(await canvas.findByText('Gmail redirect URI copied')).toBeInTheDocument()
  },
}

/** The browser refuses the clipboard: the value is selected, and the keys are named. */
export const Denied: Story = {
  beforeEach: () => {
    spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('refused', 'NotAllowedError'))
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Copy Calendar redirect URI' }))
    await expect(await canvas.findByText('Press Ctrl+C (or Cmd+C) to copy.')).toBeVisible()
    await expect(String(window.getSelection())).toBe('https://app.example.com/api/auth/google/calendar/callback')
  },
}

export const Narrow: Story = { globals: { viewport: { value: 'narrow', isRotated: false } } }
