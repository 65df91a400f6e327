import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { RelativeTime } from './relative-time.tsx'

const meta = {
  title: 'Parts/RelativeTime',
  component: RelativeTime,
  decorators: [
    (Story) => (
      <Root part="story">
        <Story />
      </Root>
    ),
  ],
} satisfies Meta<typeof RelativeTime>

export default meta

type Story = StoryObj<typeof meta>

const says = (iso: string, words: string): Story => ({
  args: { iso },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(words)).toHaveAttribute('datetime', iso)
  },
})

export const MinutesAgo: Story = says('2026-11-21T07:56:00Z', '4 minutes ago')

export const InDays: Story = says('2026-11-24T08:00:00Z', 'in 3 days')

export const German: Story = { ...says('2026-11-21T05:00:00Z', 'vor 3 Stunden'), globals: { locale: 'de' } }
