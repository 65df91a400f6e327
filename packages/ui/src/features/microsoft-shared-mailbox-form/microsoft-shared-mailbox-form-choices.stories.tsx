import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import { connectedBy, microsoftConfigured, withoutOwnApp } from '../../../../../.storybook/microsoft-scenarios.ts'
import { MicrosoftSharedMailboxForm } from './microsoft-shared-mailbox-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/MicrosoftSharedMailboxForm/Choices',
  component: MicrosoftSharedMailboxForm,
  args: { setupHref: '/settings/microsoft', onConnect: fn() },
  parameters: { scenario: microsoftConfigured, world: { hostApp: true } },
} satisfies Meta<typeof MicrosoftSharedMailboxForm>

export default meta

type Story = StoryObj<typeof meta>

/** What a form shows is filled in a moment after it is drawn. */
const reachesChecked = (find: () => HTMLElement) => waitFor(() => expect(find()).toBeChecked(), { timeout: 5_000 })

const hostApp = 'Helpdesk’s app'
const ownApp = 'Your organization’s own app'
const announced = 'Microsoft announces new mail'

/** The product has an app of its own. It is never chosen silently. */
export const HostAppOffered: Story = {
  play: async ({ canvas }) => {
    await reachesChecked(() => canvas.getByRole('radio', { name: ownApp }))
    await expect(canvas.getByRole('radio', { name: hostApp })).not.toBeChecked()
  },
}

/** The organization has registered nothing, which is in the way of its own app alone. */
export const WithoutOwnSetup: Story = {
  parameters: { scenario: withoutOwnApp },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Microsoft is not set up yet')).toBeVisible()
    await expect(await canvas.findByRole('radio', { name: hostApp })).toBeEnabled()
    await expect(canvas.getByRole('button', { name: 'Sign in with Microsoft' })).toBeDisabled()
  },
}

export const HostAppChosenWithoutOwnSetup: Story = {
  parameters: { scenario: withoutOwnApp },
  play: async ({ canvas, userEvent, args }) => {
    const radio = await canvas.findByRole('radio', { name: hostApp })
    await userEvent.click(radio)
    await expect(radio).toHaveFocus()
    await expect(canvas.queryByText('Microsoft is not set up yet')).toBeNull()
    await expect(await canvas.findByText('Signs in with Helpdesk’s app')).toBeVisible()
    await userEvent.type(canvas.getByLabelText('Name'), 'Sales')
    await userEvent.type(canvas.getByLabelText('Shared mailbox address'), 'sales@acme.test')
    await userEvent.click(canvas.getByRole('radio', { name: 'Microsoft Graph' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Sign in with Microsoft' }))
    await expect(await canvas.findByText(saying('Signed in as dana@acme.test for sales@acme.test'), {}, { timeout: 10_000 })).toBeVisible()
    await waitFor(() => expect(args.onConnect).toHaveBeenCalledOnce())
  },
}

export const PinnedToHostApp: Story = {
  parameters: { scenario: connectedBy({ app: 'host' }), connectionProp: 'connection' },
  play: async ({ canvas }) => {
    await reachesChecked(() => canvas.getByRole('radio', { name: hostApp }))
    await expect(canvas.getByText('Signs in with Helpdesk’s app')).toBeVisible()
  },
}

/** Moving over takes a sign-in with the other app. */
export const MovingToOwnApp: Story = {
  parameters: { scenario: connectedBy({ app: 'host' }), connectionProp: 'connection' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: ownApp }))
    await expect(await canvas.findByText(/^A sign-in belongs to the app that it was made with/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled()
  },
}

export const Advanced: Story = {
  parameters: { world: {} },
  play: async ({ canvas, userEvent }) => {
    const summary = await canvas.findByText('Advanced')
    await expect(canvas.getByText(announced)).not.toBeVisible()
    await userEvent.click(await canvas.findByRole('radio', { name: 'Microsoft Graph' }))
    await userEvent.click(summary)
    await userEvent.click(await canvas.findByRole('radio', { name: announced }))
    await expect(canvas.getByRole('radio', { name: 'Microsoft Graph' })).not.toBeChecked()
    await expect(await canvas.findByText(/^You sign in as an administrator/)).toBeVisible()
  },
}

const large = 'Send by SMTP what is too large for Microsoft Graph'

/** What Graph does not take goes out by SMTP. */
export const LargeBySmtp: Story = {
  parameters: { world: { hostApp: false } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: 'Microsoft Graph' }))
    await userEvent.click(await canvas.findByText('Advanced'))
    const box = await canvas.findByRole('checkbox', { name: large })
    await userEvent.click(box)
    await expect(box).toBeVisible()
    await reachesChecked(() => box)
  },
}

/** There are no more ways to send and receive, and this all the same. */
export const LargeBySmtpAlone: Story = {
  parameters: { world: { hostApp: false, choices: [{ send: 'graph', receive: 'delta' }] } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Advanced'))
    await expect(await canvas.findByRole('checkbox', { name: large })).toBeVisible()
    await expect(canvas.getAllByRole('radio')).toHaveLength(1)
  },
}

export const LargeBySmtpInForce: Story = {
  parameters: { scenario: connectedBy({ oversize: 'smtp' }), connectionProp: 'connection', world: { hostApp: false } },
  play: async ({ canvas, userEvent }) => {
    const box = await canvas.findByRole('checkbox', { name: large })
    await expect(box).toBeVisible()
    await reachesChecked(() => box)
    await userEvent.click(box)
    // Turned off, it asks nobody to sign in.
    await expect(await canvas.findByRole('button', { name: 'Save changes' })).toBeEnabled()
  },
}

export const LargeBySmtpNarrow: Story = {
  parameters: { scenario: connectedBy({ oversize: 'smtp' }), connectionProp: 'connection', world: { hostApp: false } },
  globals: { locale: 'de', viewport: { value: 'narrow', isRotated: false } },
  play: async ({ canvas }) => {
    await reachesChecked(() => canvas.getByRole('checkbox', { name: 'Mit SMTP senden, was für Microsoft Graph zu groß ist' }))
  },
}

export const WebhookConnected: Story = {
  parameters: { scenario: connectedBy({ receive: 'webhook' }), connectionProp: 'connection' },
  play: async ({ canvas, canvasElement }) => {
    const radio = await canvas.findByRole('radio', { name: announced })
    await expect(radio).toBeVisible()
    await reachesChecked(() => radio)
    await expect(canvas.getByText('Instant')).toBeVisible()
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', 'connected')
  },
}

export const German: Story = {
  parameters: { scenario: connectedBy({ receive: 'webhook' }), connectionProp: 'connection' },
  globals: { locale: 'de' },
  play: async ({ canvas }) => {
    await reachesChecked(() => canvas.getByRole('radio', { name: 'Microsoft meldet neue E-Mails' }))
    await expect(await canvas.findByRole('radio', { name: 'Die App von Helpdesk' })).not.toBeChecked()
  },
}

export const Narrow: Story = {
  parameters: { scenario: connectedBy({ app: 'host', receive: 'imap' }), connectionProp: 'connection' },
  globals: { viewport: { value: 'narrow', isRotated: false } },
}
