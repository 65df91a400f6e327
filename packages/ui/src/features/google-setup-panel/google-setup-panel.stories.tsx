import type { Meta, StoryObj } from '@storybook/react-vite'
import { GoogleSetupPanel } from './google-setup-panel.tsx'

const meta = { title: 'Panels/GoogleSetupPanel', component: GoogleSetupPanel } satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

export const NotConfigured: Story = {
  play: async ({ canvas }) => {
    await canvas.findByText('Not set up')
  },
}
