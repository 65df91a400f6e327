import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import {
  configured,
  forbidden,
  inUse,
  notConfigured,
  partly,
  seenByMember,
  signInEndsSoon,
  slow,
  storeDown,
} from '../../../../../.storybook/scenarios.ts'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Panels/GoogleSetupPanel/Whole panel',
  component: GoogleSetupPanel,
  args: { tenantName: 'Acme', docsUrl: 'https://docs.example.com/google', onConnectGmail: fn(), onConnectCalendar: fn() },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

export const NotConfigured: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Not set up')).toBeVisible()
    await expect(await canvas.findByLabelText('Project ID')).toHaveValue('')
  },
}

export const Loading: Story = {
  parameters: { scenario: slow },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-state="loading"] [aria-busy="true"]')).not.toBeNull())
  },
}

export const InProgress: Story = {
  parameters: { scenario: partly },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('In progress')).toBeVisible()
  },
}

export const Configured: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ready')).toBeVisible()
  },
}

/** With a mailbox and a calendar: what worked is shown as checked. */
export const InUse: Story = {
  parameters: { scenario: inUse },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('6 of 6 steps done')).toBeInTheDocument()
  },
}

/** The secret store does not answer: nothing is said about the setup. */
export const LoadError: Story = {
  parameters: { scenario: storeDown },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Temporarily unavailable', {}, { timeout: 10_000 })).toBeVisible()
    await expect(canvas.queryByText('Not set up')).toBeNull()
  },
}

/** Google has said when the sign-in of a mailbox ends: the app is in Testing. */
export const AttentionExpiringSignIns: Story = {
  args: { initialStep: 'consent' },
  parameters: { scenario: signInEndsSoon },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Needs attention')).toBeVisible()
    await expect(await canvas.findByText(saying(/Google told us the sign-in of Support ends/))).toBeVisible()
  },
}

export const Forbidden: Story = {
  parameters: { scenario: forbidden },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask someone with the manage integrations permission.')).toBeVisible()
  },
}

/** A person who may look and not save. */
export const ReadOnlyByRole: Story = {
  parameters: { scenario: seenByMember(configured) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('You cannot change this')).toBeVisible()
    await expect(canvas.queryByRole('textbox')).toBeNull()
  },
}

export const ReadOnly: Story = {
  args: { readOnly: true },
  parameters: { scenario: configured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('These settings are shown for reading only.')).toBeVisible()
  },
}

export const GmailOnly: Story = { args: { services: ['gmail'] }, parameters: { scenario: partly } }

export const CalendarOnly: Story = {
  args: { services: ['calendar'] },
  parameters: { scenario: partly },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Create the OAuth client')).toBeVisible()
    await expect(canvas.queryByText('Let Gmail notify Helpdesk')).toBeNull()
  },
}

export const WizardLayout: Story = {
  args: { layout: 'wizard' },
  parameters: { scenario: partly },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Back' }))
    await expect(await canvas.findByLabelText('Project ID')).toHaveValue('acme-mail-473210')
  },
}

/** From the project to the API step without a pointer. */
export const KeyboardOnly: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas, userEvent }) => {
    const project = await canvas.findByLabelText('Project ID')
    project.focus()
    await userEvent.keyboard('acme-mail-473210')
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: 'Next step' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(canvas.getByRole('checkbox', { name: /Gmail API/ })).toBeVisible())
    await waitFor(() => expect(canvas.getByRole('button', { name: /Enable the APIs/ })).toHaveFocus())
    await userEvent.keyboard('{ArrowUp}')
    await expect(canvas.getByRole('button', { name: /Choose a Google Cloud project/ })).toHaveFocus()
  },
}

export const Narrow: Story = {
  args: { initialStep: 'client' },
  parameters: { scenario: configured },
  globals: { viewport: { value: 'narrow', isRotated: false } },
}

export const Dark: Story = { args: { initialStep: 'consent' }, parameters: { scenario: configured }, globals: { theme: 'dark' } }

export const German: Story = {
  args: { initialStep: 'notifications' },
  parameters: { scenario: configured },
  globals: { locale: 'de' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Bereit')).toBeVisible()
  },
}
