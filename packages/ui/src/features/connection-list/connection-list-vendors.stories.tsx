import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import { microsoftAppBroken, mixedVendors, mixedWhale } from '../../../../../.storybook/mixed-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { ConnectionList } from './connection-list.tsx'

const providers = ['gmail', 'google-calendar', 'microsoft-shared-mailbox']

const meta = {
  title: 'Panels/ConnectionList/Google and Microsoft',
  component: ConnectionList,
  args: { providers, onAdd: fn(), onOpen: fn(), onDiagnose: fn(), setupHref: (vendor) => `/settings/${vendor}` },
  parameters: { scenario: mixedVendors },
} satisfies Meta<typeof ConnectionList>

export default meta

type Story = StoryObj<typeof meta>

/** Each shared mailbox with its own trouble, beside what is Google's. */
export const Mixed: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('6 connections: 3 working, 2 need attention, 1 paused')).toBeVisible()
    await expect(await canvas.findByText('No access to the mailbox')).toBeVisible()
    await expect(canvas.getByText('IMAP signs in but opens no mailbox')).toBeVisible()
  },
}

export const Table: Story = {
  args: { view: 'table' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('rowheader')).toHaveLength(6))
    await expect(canvas.getByText('No access to the mailbox')).toBeVisible()
  },
}

/** One vendor's app is broken: the way out leads to that vendor's setup, and what is the other's works on. */
export const MicrosoftAppBroken: Story = {
  parameters: { scenario: microsoftAppBroken },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('The Microsoft app of your organization is broken.')).toBeVisible()
    await expect(await canvas.findByRole('link', { name: 'Open Microsoft setup' })).toHaveAttribute('href', '/settings/microsoft')
    await expect(canvas.queryByRole('link', { name: 'Open Google setup' })).toBeNull()
  },
}

/** No app at either vendor: each leads to its own setup. */
export const NotConfigured: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Open Google setup' })).toHaveAttribute('href', '/settings/google')
    // The two apps are asked for one by one.
    await expect(await canvas.findByRole('link', { name: 'Open Microsoft setup' })).toHaveAttribute('href', '/settings/microsoft')
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Connect a Microsoft 365 mailbox' })).toBeDisabled())
  },
}

/** Three hundred of every kind: a page of 25, what needs somebody first, and a search over all. */
export const Whale: Story = {
  parameters: { scenario: mixedWhale },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await expect(await canvas.findByText(/^300 connections: /)).toBeVisible()
    await waitFor(() => expect(canvasElement.querySelectorAll('.tn-connection-name')).toHaveLength(25))
    await userEvent.type(canvas.getByRole('searchbox'), 'box-299')
    await waitFor(() => expect(canvasElement.querySelectorAll('.tn-connection-name')).toHaveLength(1))
  },
}

export const Dark: Story = {
  globals: { theme: 'dark' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No access to the mailbox')).toBeVisible()
  },
}

export const Narrow: Story = {
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText('No access to the mailbox')
    const root = canvasElement.querySelector('.tn-connection-list')
    await expect(root?.scrollWidth).toBeLessThanOrEqual(root?.clientWidth ?? 0)
  },
}
