import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button } from '../button/button.tsx'
import { Root } from '../root/root.tsx'
import { Callout } from './callout.tsx'

const meta = {
  title: 'Parts/Callout',
  component: Callout,
  args: {
    title: (
      <>
        Reconnect <bdi>support@acme.test</bdi>
      </>
    ),
    children: 'Google ended the sign-in 3 hours ago. Messages are not lost.',
  },
  decorators: [
    (Story) => (
      <Root part="story">
        <Story />
      </Root>
    ),
  ],
} satisfies Meta<typeof Callout>

export default meta

type Story = StoryObj<typeof meta>

export const EveryTone: Story = {
  render: (args) => (
    <div style={{ display: 'grid', gap: 12 }}>
      {(['neutral', 'info', 'success', 'warning', 'danger'] as const).map((tone) => (
        <Callout key={tone} {...args} tone={tone} />
      ))}
    </div>
  ),
}

export const WithActions: Story = { args: { tone: 'danger', icon: 'plug', actions: <Button variant="primary">Reconnect</Button> } }

export const TextOnly: Story = { args: { title: undefined } }
