import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, within } from 'storybook/test'
import {
  appDeleted,
  microsoftConfigured,
  microsoftForbidden,
  microsoftInUse,
  microsoftPartly,
  microsoftSlow,
  microsoftStoreDown,
  secretEnding,
  seenByMailMember,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { MicrosoftSetupPanel } from './microsoft-setup-panel.tsx'

const meta = {
  title: 'Setup/MicrosoftSetupPanel',
  component: MicrosoftSetupPanel,
  args: { onConnectMailbox: fn(), onShowConnections: fn() },
  parameters: { scenario: microsoftConfigured },
} satisfies Meta<typeof MicrosoftSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

/** Waits for these words and for the panel to be in a state. */
const shows =
  (state: string, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, canvasElement }) => {
    await expect((await canvas.findAllByText(words, {}, { timeout: 10_000 }))[0]).toBeVisible()
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', state)
  }

export const NotConfigured: Story = {
  parameters: { scenario: notConfigured },
  play: async (context) => {
    await shows('missing', 'Register the app')(context)
    await expect(context.canvas.getByText('https://app.example.com/api/auth/microsoft/callback')).toBeVisible()
  },
}

export const Partly: Story = { parameters: { scenario: microsoftPartly }, play: shows('partial', /Microsoft shows it once/) }

export const Configured: Story = { play: shows('ready', 'Ready') }

export const Loading: Story = { parameters: { scenario: microsoftSlow }, play: shows('loading', 'Microsoft 365') }

export const LoadError: Story = { parameters: { scenario: microsoftStoreDown }, play: shows('error', 'Temporarily unavailable') }

export const Forbidden: Story = { parameters: { scenario: microsoftForbidden }, play: shows('forbidden', 'You cannot change this') }

/** The person may look: facts, and no fields. */
export const Member: Story = {
  parameters: { scenario: seenByMailMember(microsoftConfigured) },
  play: async (context) => {
    await shows('ready', 'You cannot change this')(context)
    await expect(context.canvas.queryByRole('textbox')).toBeNull()
  },
}

export const ReadOnly: Story = { args: { readOnly: true }, play: shows('ready', 'These settings are shown for reading only.') }

export const Wizard: Story = {
  args: { layout: 'wizard' },
  parameters: { scenario: microsoftPartly },
  play: shows('partial', /Certificates & secrets/),
}

/** Each permission once, with the ways that need it, and the link for whoever approves. */
export const Permissions: Story = {
  args: { initialStep: 'permissions' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('IMAP.AccessAsUser.All')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Copy Approval link' })).toBeVisible()
  },
}

/** Only SMTP beside Graph needs one of them, and nobody has to choose that. */
export const PermissionsForLargeMessages: Story = {
  args: { initialStep: 'permissions' },
  parameters: { world: { choices: [{ send: 'graph', receive: 'delta' }] } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('SMTP.Send')).toBeVisible()
    await expect(canvas.getByText('Large messages by SMTP, optional')).toBeVisible()
  },
}

export const Script: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Do all of it with a script instead'))
    await expect(await canvas.findByText(/az ad app create/)).toBeVisible()
  },
}

export const SecretEnding: Story = {
  args: { initialStep: 'secret' },
  parameters: { scenario: secretEnding },
  play: shows('attention', 'The client secret ends soon'),
}

export const ChecksPassed: Story = {
  args: { initialStep: 'verify' },
  parameters: { scenario: microsoftInUse },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByText(/All good|warning/, {}, { timeout: 10_000 })).toBeVisible()
  },
}

export const ChecksFailed: Story = {
  args: { initialStep: 'verify' },
  parameters: { scenario: appDeleted },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByText(/Microsoft does not know the client ID/, {}, { timeout: 10_000 })).toBeVisible()
  },
}

export const Reset: Story = {
  parameters: { scenario: microsoftInUse },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Reset Microsoft', { selector: 'summary' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Reset Microsoft' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Reset Microsoft?' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Disconnect 1 connection' }))
    await expect(await screen.findByText(/1 disconnected\./, {}, { timeout: 10_000 })).toBeVisible()
  },
}

export const Narrow: Story = {
  args: { initialStep: 'permissions' },
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('IMAP.AccessAsUser.All')).toBeVisible()
  },
}
