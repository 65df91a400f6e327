import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import {
  approvalTakenBack,
  connectedBy,
  connectedMailbox,
  imapOff,
  isGroup,
  mailboxBlockedByApp,
  mailboxNeedsReauth,
  mailboxPaused,
  noFullAccess,
  noSendAs,
  otherDirectory,
  relayImapOff,
  smtpOff,
  smtpOffForOversize,
  unlicensed,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { answerSignIn } from '../../../../../.storybook/sign-in-window.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { MicrosoftSharedMailboxForm } from './microsoft-shared-mailbox-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/MicrosoftSharedMailboxForm/Connection',
  component: MicrosoftSharedMailboxForm,
  args: { setupHref: '/settings/microsoft' },
  parameters: { scenario: connectedMailbox, connectionProp: 'connection' },
} satisfies Meta<typeof MicrosoftSharedMailboxForm>

export default meta

type Story = StoryObj<typeof meta>

/** Waits for the card to be in a state, and expects these words in it. */
const reaches =
  (phase: string, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, canvasElement }) => {
    await expect((await canvas.findAllByText(saying(words)))[0]).toBeVisible()
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', phase)
  }

export const Connected: Story = { play: reaches('connected-polling', 'Signed in as dana@acme.test for sales@acme.test') }

export const ConnectedByImapAndSmtp: Story = {
  parameters: { scenario: connectedBy({ send: 'smtp', receive: 'imap' }) },
  play: reaches('connected-polling', 'Signed in as dana@acme.test for sales@acme.test'),
}

export const NoFullAccess: Story = {
  parameters: { scenario: noFullAccess },
  play: reaches('error', /dana@acme\.test cannot open sales@acme\.test/),
}

export const NotAMailbox: Story = { parameters: { scenario: isGroup }, play: reaches('error', /team@acme\.test/) }

export const OtherDirectory: Story = {
  parameters: { scenario: otherDirectory },
  play: reaches('error', /sales@elsewhere\.test/),
}

export const Unlicensed: Story = {
  parameters: { scenario: unlicensed },
  play: async (context) => {
    await reaches('error', 'Graph cannot open this mailbox')(context)
    await expect(await context.canvas.findByRole('button', { name: 'Switch to IMAP and SMTP' })).toBeVisible()
  },
}

/** One click, one sign-in, and the mailbox works by Graph. */
export const SmtpOffSwitchedToGraph: Story = {
  parameters: { scenario: smtpOff },
  play: async (context) => {
    const { canvas, userEvent, loaded, canvasElement } = context
    const world = worldOf({ loaded })
    await reaches('error', 'Authenticated SMTP is off')(context)
    answerSignIn(world, 'agree')
    await userEvent.click(await canvas.findByRole('button', { name: 'Switch to Graph' }))
    await expect(await canvas.findByText(saying('Connected as sales@acme.test.'), {}, { timeout: 10_000 })).toBeInTheDocument()
    await waitFor(() => expect(canvasElement.querySelector('.tn-card')).not.toHaveAttribute('data-state', 'error'))
    await expect(canvas.getByRole('radio', { name: 'Microsoft Graph' })).toBeChecked()
  },
}

export const SmtpOff: Story = { parameters: { scenario: smtpOff }, play: reaches('error', 'Authenticated SMTP is off') }

const stopSmtp = 'Stop using SMTP for large messages'

/** The mailbox sends by Graph, and SMTP is for large messages only. */
export const SmtpOffForLargeMessages: Story = {
  parameters: { scenario: smtpOffForOversize },
  play: async (context) => {
    await reaches('error', 'Authenticated SMTP is off')(context)
    await expect(await context.canvas.findByRole('button', { name: stopSmtp })).toBeVisible()
    await expect(context.canvas.queryByRole('button', { name: 'Switch to Graph' })).toBeNull()
    // It is about what goes out.
    await expect(context.canvas.queryByText(/Messages are not lost/)).toBeNull()
  },
}

/** One click and no sign-in. */
export const SmtpOffGivenUp: Story = {
  parameters: { scenario: smtpOffForOversize },
  play: async (context) => {
    const { canvas, userEvent } = context
    await reaches('error', 'Authenticated SMTP is off')(context)
    await userEvent.click(await canvas.findByRole('button', { name: stopSmtp }))
    await expect(await canvas.findByText('Saved.')).toBeVisible()
    await waitFor(() => expect(canvas.getByRole('checkbox', { name: /^Send by SMTP/, hidden: true })).not.toBeChecked())
  },
}

export const ImapOff: Story = {
  parameters: { scenario: imapOff },
  play: async (context) => {
    await reaches('error', 'IMAP signs in but opens no mailbox')(context)
    await expect(await context.canvas.findByRole('button', { name: 'Switch to Graph' })).toBeVisible()
  },
}

/** IMAP is off and the relay works: replies still go out. */
export const SendOnly: Story = {
  parameters: { scenario: relayImapOff },
  play: async (context) => {
    await reaches('error', 'IMAP signs in but opens no mailbox')(context)
    await expect(context.canvas.getByText('Sending only until receiving works')).toBeVisible()
  },
}

/** The approval was taken back: the link for whoever gives it again. */
export const ConsentRequired: Story = {
  parameters: { scenario: approvalTakenBack },
  play: async (context) => {
    await reaches('needs-reauth', /Nobody has agreed to the permissions/)(context)
    await expect(await context.canvas.findByRole('button', { name: 'Copy approval link' })).toBeVisible()
  },
}

export const SendAsDenied: Story = { parameters: { scenario: noSendAs }, play: reaches('error', 'May not send as the mailbox') }

export const Paused: Story = { parameters: { scenario: mailboxPaused }, play: reaches('paused', 'Nothing is imported until you resume.') }

export const NeedsReauth: Story = {
  parameters: { scenario: mailboxNeedsReauth },
  play: reaches('needs-reauth', /Microsoft ended the sign-in/),
}

export const BlockedByApp: Story = {
  parameters: { scenario: mailboxBlockedByApp },
  play: reaches('blocked-by-app', 'The Microsoft app of your organization is broken.'),
}

/** A new name is saved, and nothing else is sent. */
export const Edited: Story = {
  play: async ({ canvas, userEvent }) => {
    const name = await canvas.findByLabelText('Name')
    await userEvent.clear(name)
    await userEvent.type(name, 'Offers')
    await expect(await canvas.findByText('You have unsaved changes')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await expect(await canvas.findByRole('heading', { name: 'Offers' })).toBeVisible()
  },
}

/** Another way needs other permissions: the button signs in again, and saves nothing before. */
export const SwitchPending: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: 'Microsoft 365 mail (IMAP and SMTP)' }))
    await expect(await canvas.findByText('Switching asks for different permissions. Sign in again to finish.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled()
  },
}

/** A way that needs fewer permissions is saved at once. */
export const SwitchedWithoutSignIn: Story = {
  parameters: { scenario: connectedBy({ send: 'smtp', receive: 'imap' }) },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: 'Receive with Microsoft, send with LeadMail' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await expect(await canvas.findByText('Saved.')).toBeVisible()
  },
}

/** The only proof that a mailbox may be sent from by Graph. */
export const TestMessageSent: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Send a test message' }))
    await expect(await canvas.findByText(saying(/Sent to dana@acme\.test/))).toBeVisible()
    await expect(worldOf({ loaded }).sandbox.microsoft.inbox('dana@acme.test')).toHaveLength(1)
  },
}

export const TestMessageRefused: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).sandbox.microsoft.revokeAccess({ mailbox: 'sales@acme.test', from: 'dana@acme.test', sendAs: true })
    await userEvent.click(await canvas.findByRole('button', { name: 'Send a test message' }))
    await expect(await canvas.findByText('May not send as the mailbox')).toBeVisible()
  },
}
