import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import type { Canvas } from 'storybook/internal/csf'
import { configured, inUse, notConfigured, saveAsColleague } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { exampleSecret } from './testing/examples.ts'

const meta = {
  title: 'Panels/GoogleSetupPanel/Saving',
  component: GoogleSetupPanel,
  args: { initialStep: 'client', onShowConnections: fn() },
  parameters: { scenario: configured },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>
type Person = Parameters<NonNullable<Story['play']>>[0]['userEvent']

async function replaceSecret(canvas: Canvas, person: Person): Promise<void> {
  await person.click(await canvas.findByRole('button', { name: 'Replace Client secret' }))
  await person.click(await canvas.findByLabelText('Client secret'))
  await person.paste(exampleSecret)
}

async function save(canvas: Canvas, person: Person): Promise<void> {
  await replaceSecret(canvas, person)
  await person.click(await canvas.findByRole('button', { name: 'Save' }))
}

export const UnsavedChanges: Story = {
  play: async ({ canvas, userEvent }) => {
    await replaceSecret(canvas, userEvent)
    await expect(await canvas.findByText('You have unsaved changes')).toBeVisible()
  },
}

export const Saving: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).surroundings.held = ['PATCH /google']
    await save(canvas, userEvent)
    await expect(canvas.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-busy', 'true')
  },
}

export const Saved: Story = {
  play: async ({ canvas, userEvent }) => {
    await save(canvas, userEvent)
    await expect((await canvas.findAllByText('Saved.'))[0]).toBeInTheDocument()
    await expect(canvas.queryByLabelText('Client secret')).toBeNull()
  },
}

/** Two halves that do not belong together: the missing one is marked, nothing is sent. */
export const SaveFieldErrors: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByLabelText('Client secret'))
    await userEvent.paste(exampleSecret)
    await userEvent.click(await canvas.findByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('Enter the client ID.')).toBeVisible()
  },
}

export const SaveNetworkError: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    await replaceSecret(canvas, userEvent)
    worldOf({ loaded }).surroundings.offline = true
    await userEvent.click(await canvas.findByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('No connection')).toBeVisible()
  },
}

export const SaveStoreDown: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    await replaceSecret(canvas, userEvent)
    worldOf({ loaded }).surroundings.secretsDown = true
    await userEvent.click(await canvas.findByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('Temporarily unavailable')).toBeVisible()
  },
}

/** Kim saved while this form was open; what was typed stays. */
export const Conflict: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    await replaceSecret(canvas, userEvent)
    await saveAsColleague(worldOf({ loaded }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('Someone else changed this')).toBeVisible()
    await expect(canvas.getByLabelText('Client secret')).toHaveValue(exampleSecret)
  },
}

export const SavedNeedsReconnect: Story = {
  args: { initialStep: 'client' },
  parameters: { scenario: inUse },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Replace Client ID' }))
    await userEvent.click(await canvas.findByLabelText('Client ID'))
    await userEvent.paste('999999-example.apps.googleusercontent.com')
    await replaceSecret(canvas, userEvent)
    await userEvent.click(await canvas.findByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('2 connections')).toBeVisible()
  },
}
