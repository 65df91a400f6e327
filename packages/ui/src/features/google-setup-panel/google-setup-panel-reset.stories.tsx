import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen } from 'storybook/test'
import type { Canvas } from 'storybook/internal/csf'
import { inUse } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleSetupPanel } from './google-setup-panel.tsx'

const meta = {
  title: 'Panels/GoogleSetupPanel/Reset',
  component: GoogleSetupPanel,
  parameters: { scenario: inUse },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>
type Person = Parameters<NonNullable<Story['play']>>[0]['userEvent']

async function openReset(canvas: Canvas, person: Person): Promise<void> {
  const [summary] = await canvas.findAllByText('Reset Google')
  if (summary) await person.click(summary)
  await person.click(await canvas.findByRole('button', { name: 'Reset Google' }))
  await screen.findByRole('dialog', { name: 'Reset Google?' })
}

/** What would be lost is said before anything can be pressed. */
export const DangerZone: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Reset Google', { selector: 'summary' }))
    await expect(await canvas.findByText(/Disconnects 1 mailbox and 1 calendar/)).toBeVisible()
  },
}

export const ResetDialog: Story = {
  play: async ({ canvas, userEvent }) => {
    await openReset(canvas, userEvent)
    await expect(screen.getByRole('button', { name: 'Keep as is' })).toHaveFocus()
  },
}

export const ResetTypeToConfirm: Story = {
  play: async ({ canvas, userEvent }) => {
    await openReset(canvas, userEvent)
    await userEvent.click(screen.getByRole('radio', { name: 'Disconnect everything and delete the credentials' }))
    await expect(screen.getByRole('button', { name: 'Reset Google' })).toBeDisabled()
    await userEvent.type(screen.getByLabelText('Type RESET to confirm'), 'RESET')
    await expect(screen.getByRole('button', { name: 'Reset Google' })).toBeEnabled()
  },
}

export const ResetRunning: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    await openReset(canvas, userEvent)
    worldOf({ loaded }).surroundings.held = ['POST /google/reset']
    await userEvent.click(screen.getByRole('button', { name: 'Disconnect 2 connections' }))
    await expect(await screen.findByText('Disconnecting and telling Google to stop.')).toBeInTheDocument()
  },
}

export const ResetDone: Story = {
  play: async ({ canvas, userEvent }) => {
    await openReset(canvas, userEvent)
    await userEvent.click(screen.getByRole('button', { name: 'Disconnect 2 connections' }))
    await expect(await screen.findByText(/2 disconnected/)).toBeVisible()
  },
}

/** Google is down: disconnected here all the same, and told later. */
export const ResetPartial: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).sandbox.faults.add({ kind: 'status', status: 503 })
    await openReset(canvas, userEvent)
    await userEvent.click(screen.getByRole('button', { name: 'Disconnect 2 connections' }))
    await expect(await screen.findByText(/could not be told to stop/)).toBeVisible()
  },
}
