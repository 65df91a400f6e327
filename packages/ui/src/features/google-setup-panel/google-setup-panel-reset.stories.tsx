import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, waitFor, within } from 'storybook/test'
import type { Canvas } from 'storybook/internal/csf'
import { googleIsBack, resetGivenUp, resetPartly, sixInUse } from '../../../../../.storybook/goodbye-scenarios.ts'
import { inUse } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { saying } from '../../testing/saying.ts'

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
  parameters: { scenario: sixInUse },
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 503 })
    await openReset(canvas, userEvent)
    await userEvent.click(screen.getByRole('button', { name: 'Disconnect 6 connections' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Disconnected' }, { timeout: 10_000 }))
    await expect(
      dialog.getByText(saying(/6 disconnected. 2 could not be told to stop: .* They stop by themselves within 7 days./)),
    ).toBeVisible()
    await expect(dialog.getByRole('progressbar', { name: '4 of 6 told' })).toBeInTheDocument()
    await expect(dialog.getAllByText(/Trying again (at|in a moment)/)).toHaveLength(2)
    await waitFor(() => expect(dialog.getByText('Close')).toHaveFocus())
  },
}

/** Everything is gone, and Google does not answer: the app’s own topic is left as well. */
export const ResetDeletePartial: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).sandbox.faults.add({ kind: 'status', status: 503 })
    await openReset(canvas, userEvent)
    await userEvent.click(screen.getByRole('radio', { name: 'Disconnect everything and delete the credentials' }))
    await userEvent.type(screen.getByLabelText('Type RESET to confirm'), 'RESET')
    await userEvent.click(screen.getByRole('button', { name: 'Reset Google' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Google was reset' }, { timeout: 15_000 }))
    await expect(dialog.getByText(saying(/^Topic and subscription in the Google Cloud project [a-z\d-]+/))).toBeVisible()
    await expect(dialog.getByRole('progressbar', { name: '0 of 3 told' })).toBeInTheDocument()
  },
}

/** The dialog was closed: the panel says how far it is, and opens it again. */
export const ResetGoesOn: Story = {
  parameters: { scenario: resetPartly },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Google is being told what has ended: 4 of 6 told.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Show details' })).toBeVisible()
  },
}

export const ResetShownAgain: Story = {
  parameters: { scenario: resetPartly },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Telling Google what has ended' }))
    const rows = dialog.getAllByRole('listitem')
    await expect(rows).toHaveLength(2)
    for (const row of rows) await expect(row).toHaveTextContent(/Trying again at 8:\d\d AM\./)
    await waitFor(() => expect(dialog.getByText('Close')).toHaveFocus())
  },
}

/** Google answers again, and the panel notices by itself. */
export const ResetCompleted: Story = {
  parameters: { scenario: resetPartly },
  play: async ({ canvas, loaded }) => {
    await canvas.findByText('Google is being told what has ended: 4 of 6 told.')
    await googleIsBack(worldOf({ loaded }))
    await expect(await canvas.findByText('Google was told what has ended: 6 of 6.')).toBeVisible()
  },
}

/** A week later nobody tries any more. */
export const ResetGivenUp: Story = {
  parameters: { scenario: resetGivenUp },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'What Google was told' }))
    await expect(dialog.getAllByText(/It stops by itself within 7 days\./)).toHaveLength(2)
  },
}

export const ResetPartialNarrow: Story = {
  ...ResetShownAgain,
  globals: { viewport: { value: 'narrow', isRotated: false } },
}

export const ResetPartialDark: Story = { ...ResetShownAgain, globals: { theme: 'dark', direction: 'rtl' } }

export const ResetPartialGerman: Story = {
  parameters: { scenario: resetPartly },
  globals: { locale: 'de' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Einzelheiten' }))
    await expect(await screen.findByRole('dialog', { name: 'Google erfährt, was beendet wurde' })).toBeVisible()
  },
}
