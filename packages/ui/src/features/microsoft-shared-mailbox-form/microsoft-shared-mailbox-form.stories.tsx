import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor, within } from 'storybook/test'
import { microsoftConfigured, microsoftSlow, microsoftStoreDown, seenByMailMember } from '../../../../../.storybook/microsoft-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { MicrosoftSharedMailboxForm } from './microsoft-shared-mailbox-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/MicrosoftSharedMailboxForm/New',
  component: MicrosoftSharedMailboxForm,
  args: { setupHref: '/settings/microsoft', onCancel: fn(), onConnect: fn() },
  parameters: { scenario: microsoftConfigured },
} satisfies Meta<typeof MicrosoftSharedMailboxForm>

export default meta

type Story = StoryObj<typeof meta>

export const New: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled()
    const ways = within(canvas.getByRole('group', { name: 'How to send and receive' }))
    await expect(ways.getAllByRole('radio')).toHaveLength(3)
    await expect(await canvas.findByRole('button', { name: 'Copy approval link' })).toBeVisible()
  },
}

const choosing = (name: string | RegExp): Story => ({
  play: async ({ canvas, userEvent }) => {
    const radio = await canvas.findByRole('radio', { name })
    await userEvent.click(radio)
    await expect(radio).toBeChecked()
  },
})

export const ImapAndSmtp: Story = choosing('Microsoft 365 mail (IMAP and SMTP)')

/** Replies leave through the host's own mail API, so nobody has to be allowed to send as the mailbox. */
export const Relay: Story = {
  play: async (context) => {
    await choosing('Receive with Microsoft, send with LeadMail').play?.(context)
    await expect(context.canvas.queryByText('Send As')).toBeNull()
  },
}

export const Graph: Story = choosing('Microsoft Graph')

export const OneWayOnly: Story = {
  args: { transports: ['graph_full'] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('radio', { name: 'Microsoft Graph' })).toBeVisible()
    await expect(canvas.getAllByRole('radio')).toHaveLength(1)
  },
}

/** The deployment has neither mail servers nor a relay: nobody has to choose, also when that is known only after the form is there. */
export const OneWayOffered: Story = {
  parameters: { world: { choices: [{ send: 'graph', receive: 'delta' }] } },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('radio', { name: 'Microsoft Graph' })).toBeChecked())
    await expect(canvas.getAllByRole('radio')).toHaveLength(1)
  },
}

export const Loading: Story = {
  parameters: { scenario: microsoftSlow },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Connect a Microsoft 365 shared mailbox' })).toBeVisible()
    await expect(canvas.queryByLabelText('Shared mailbox address')).toBeNull()
  },
}

export const NotConfiguredAdmin: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Microsoft is not set up yet')).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'Open Microsoft setup' })).toBeVisible()
  },
}

export const NotConfiguredMember: Story = {
  parameters: { scenario: seenByMailMember(notConfigured) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask an admin to set up Microsoft.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Sign in with Microsoft' })).toBeDisabled()
  },
}

export const LoadError: Story = {
  parameters: { scenario: microsoftStoreDown },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Temporarily unavailable', {}, { timeout: 10_000 })).toBeVisible()
  },
}

export const Invalid: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Shared mailbox address'), 'sales')
    await userEvent.click(canvas.getByRole('button', { name: 'Sign in with Microsoft' }))
    await expect(await canvas.findByText(saying('Enter an address like sales@acme.com.'))).toBeVisible()
    await expect(await canvas.findByText('Choose how to send and receive.')).toBeVisible()
  },
}

export const German: Story = {
  globals: { locale: 'de' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Mit Microsoft anmelden' })).toBeVisible()
  },
}

export const Narrow: Story = { globals: { viewport: { value: 'narrow', isRotated: false } } }
