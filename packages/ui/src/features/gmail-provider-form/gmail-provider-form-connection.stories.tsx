import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, waitFor, within } from 'storybook/test'
import { endedByReset, revokeFails, sharedSignIn } from '../../../../../.storybook/goodbye-scenarios.ts'
import { labelGone, labelled, labelsUnreadable } from '../../../../../.storybook/notification-scenarios.ts'
import {
  apiDisabled,
  blockedByApp,
  connectedGmail,
  disconnected,
  googleDown,
  needsReauth,
  notAnnounced,
  paused,
  pollingGmail,
  seenByMember,
  settingUp,
  signInEndsSoon,
  testingExpired,
  unfinished,
} from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GmailProviderForm } from './gmail-provider-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/GmailProviderForm/Connection',
  component: GmailProviderForm,
  args: { setupHref: '/settings/google' },
  parameters: { scenario: connectedGmail, connectionProp: 'connection' },
} satisfies Meta<typeof GmailProviderForm>

export default meta

type Story = StoryObj<typeof meta>

/** Waits for the card to be in a state, and expects these words in it. */
const reaches =
  (phase: string, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, canvasElement }) => {
    await expect((await canvas.findAllByText(saying(words)))[0]).toBeVisible()
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', phase)
  }

export const Connected: Story = { play: reaches('connected', 'Instant') }

/** Signed in a moment ago: the watch and the first import are under way. */
export const SettingUp: Story = { parameters: { scenario: settingUp }, play: reaches('setting-up', 'Setting up') }

export const Polling: Story = { parameters: { scenario: pollingGmail }, play: reaches('connected-polling', /Checked every/) }

export const ConnectedWatchFailed: Story = {
  parameters: { scenario: notAnnounced },
  play: reaches('connected-warning', 'Connected, but new mail is not announced yet.'),
}

export const TestingTrap: Story = { parameters: { scenario: signInEndsSoon }, play: reaches('connected', /The sign-in ends/) }

export const NeedsReauth: Story = { parameters: { scenario: needsReauth }, play: reaches('needs-reauth', 'Reconnect support@acme.test') }

/** The seven days of Testing are over. */
export const TestingExpired: Story = { parameters: { scenario: testingExpired }, play: reaches('needs-reauth', /Testing/) }

/** Reconnecting a dead grant, through to connected. */
export const Reconnected: Story = {
  parameters: { scenario: needsReauth },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Reconnect' }))
    await expect(await canvas.findByText(saying('Connected as support@acme.test.'), {}, { timeout: 10_000 })).toBeInTheDocument()
    await waitFor(() => expect(canvasElement.querySelector('.tn-card')).not.toHaveAttribute('data-state', 'needs-reauth'))
  },
}

export const BlockedByApp: Story = { parameters: { scenario: blockedByApp }, play: reaches('blocked-by-app', /is broken/) }

export const BlockedByAppMember: Story = {
  parameters: { scenario: seenByMember(blockedByApp) },
  play: reaches('blocked-by-app', 'Ask an admin to repair the Google setup.'),
}

export const GoogleDown: Story = { parameters: { scenario: googleDown }, play: reaches('connected-warning', /Google did not answer/) }

export const GmailApiDisabled: Story = { parameters: { scenario: apiDisabled }, play: reaches('error', /Gmail API is not enabled/) }

export const Paused: Story = { parameters: { scenario: paused }, play: reaches('paused', 'Nothing is imported until you resume.') }

export const Resumed: Story = {
  parameters: { scenario: paused },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Resume' }))
    await expect(await canvas.findByText('Connected', { exact: true })).toBeVisible()
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', 'connected')
  },
}

export const Unfinished: Story = { parameters: { scenario: unfinished }, play: reaches('unfinished', 'The sign-in was not finished.') }

export const Disconnected: Story = { parameters: { scenario: disconnected }, play: reaches('disconnected', 'Not connected') }

export const DisconnectDialog: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Disconnect' }))
    await screen.findByRole('dialog', { name: 'Disconnect support@acme.test?' })
    await expect(screen.getByRole('button', { name: 'Keep connected' })).toHaveFocus()
  },
}

/** The calendar of the same account would end with it, so the access stays. */
export const DisconnectSharedSignIn: Story = {
  parameters: { scenario: sharedSignIn },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Disconnect' }))
    await expect(await screen.findByText('Other connections use this sign-in. Google would end those too.')).toBeVisible()
    await expect(screen.getByRole('checkbox', { name: /Also remove/ })).toBeDisabled()
  },
}

/** Disconnected here; Google did not say that it took the access back. */
export const DisconnectRevokeFailed: Story = {
  parameters: { scenario: revokeFails },
  play: async (context) => {
    const { canvas, userEvent } = context
    await userEvent.click(await canvas.findByRole('button', { name: 'Disconnect' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await expect(await canvas.findByText('Disconnected here', {}, { timeout: 10_000 })).toBeVisible()
    await expect(canvas.getByText(saying('Google has not confirmed yet. It is tried again in a moment.'))).toBeVisible()
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Connect with Google' })).toHaveFocus())
  },
}

/** An admin reset Google: this mailbox has to be connected anew. */
export const EndedByReset: Story = {
  parameters: { scenario: endedByReset },
  play: async (context) => {
    await reaches('disconnected', 'An admin reset Google')(context)
    await expect(context.canvas.getByRole('button', { name: 'Reconnect' })).toHaveAttribute('data-variant', 'primary')
  },
}

export const UnsavedName: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Name'), ' EU')
    await expect(await canvas.findByText('You have unsaved changes')).toBeVisible()
  },
}

/** The mailbox's real labels, searched, in their folders. */
export const EditLabels: Story = {
  parameters: { scenario: labelled },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('checkbox', { name: 'Inbox' })).toBeChecked()
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Search' }), 'globex')
    await userEvent.click(await canvas.findByRole('checkbox', { name: 'Clients/Globex/Urgent' }))
    await userEvent.clear(canvas.getByRole('searchbox', { name: 'Search' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await expect(await canvas.findByText('Saved.')).toBeVisible()
    await expect(canvas.getByRole('checkbox', { name: /^Clients\/Globex\/ ?Urgent$/ })).toBeChecked()
  },
}

/** A label that is no longer in the mailbox: nothing is imported until it is chosen again. */
export const LabelsError: Story = {
  parameters: { scenario: labelGone },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByText('No longer in the mailbox')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Choose again' }))
    await expect(canvas.queryByText('No longer in the mailbox')).toBeNull()
    await expect(canvas.getByRole('group', { name: /^Labels/ })).toHaveFocus()
    await expect(canvas.getByRole('button', { name: 'Save changes' })).toBeEnabled()
  },
}

/** Gmail does not answer for now. */
export const LabelsUnreadable: Story = {
  parameters: { scenario: labelsUnreadable },
  play: async ({ canvas, userEvent, loaded }) => {
    const retry = await canvas.findByRole('button', { name: 'Try again' }, { timeout: 10_000 })
    worldOf({ loaded }).sandbox.faults.clear()
    await userEvent.click(retry)
    await expect(await canvas.findByRole('checkbox', { name: 'Inbox' })).toBeChecked()
  },
}

export const Saving: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    const world = worldOf({ loaded })
    await userEvent.type(await canvas.findByLabelText('Name'), ' EU')
    world.surroundings.held = [`PATCH /connections/${String(loaded['connectionId'])}`]
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await expect(canvas.getByRole('button', { name: 'Save changes' })).toHaveAttribute('aria-busy', 'true')
  },
}

export const Saved: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Name'), ' EU')
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await expect(await canvas.findByText('Saved.')).toBeVisible()
    await expect(await canvas.findByRole('heading', { name: 'Support EU' })).toBeVisible()
  },
}
