import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import {
  connectedBy,
  connectedMailbox,
  imapOff,
  isGroup,
  mailboxNeedsReauth,
  mailboxPaused,
  noFullAccess,
  noSendAs,
  otherDirectory,
  smtpOff,
  unlicensed,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { DiagnosticsReport } from './diagnostics-report.tsx'
import type { DiagnosticsReportProps } from './report-props.ts'

const OfMailbox = ({ connectionId, ...props }: Omit<DiagnosticsReportProps, 'scope'> & { connectionId: string }) => (
  <DiagnosticsReport scope={{ connectionId }} {...props} />
)

const meta = {
  title: 'Panels/DiagnosticsReport/Shared mailbox',
  component: OfMailbox,
  args: { connectionId: '', autoRun: true, onFix: fn() },
  parameters: { scenario: connectedMailbox, connectionProp: 'connectionId' },
} satisfies Meta<typeof OfMailbox>

export default meta

type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const comesTo = async ({ canvas }: Parameters<Play>[0], words: string | RegExp) =>
  waitFor(() => expect(canvas.getAllByRole('status')[0]).toHaveTextContent(words))

/** Waits for the count, and expects a check to have failed with its remedy. */
const failing =
  (check: string, remedy: string | RegExp): Play =>
  async (context) => {
    await comesTo(context, /to fix/)
    const row = context.canvas.getByText(check, { selector: 'strong' }).closest('li')
    await expect(row).toHaveAttribute('data-status', 'fail')
    await expect(row).toHaveTextContent(remedy)
    // A place without a value would be one.
    await expect(context.canvasElement).not.toHaveTextContent('…')
  }

/** Nobody can ask whether a person may send by Graph: a test message shows it. */
export const Connected: Story = {
  play: async (context) => {
    await comesTo(context, '1 warning')
    await expect(context.canvas.getByText(/Send a test message\./)).toBeVisible()
  },
}

/** SMTP can be asked. */
export const ConnectedBySmtp: Story = {
  parameters: { scenario: connectedBy({ send: 'smtp', receive: 'imap' }) },
  play: (context) => comesTo(context, 'All good'),
}

/** Microsoft's support asks for the id first. */
export const NoFullAccess: Story = {
  parameters: { scenario: noFullAccess },
  play: failing(
    'Mailbox opens',
    /Give .?dana@acme\.test.? Full Access to the mailbox in the Exchange admin center\..*Microsoft request ID [0-9a-f-]{36}/,
  ),
}

export const NotAMailbox: Story = {
  parameters: { scenario: isGroup },
  play: failing('Mailbox opens', 'Enter the address of a shared mailbox.'),
}

export const OtherDirectory: Story = {
  parameters: { scenario: otherDirectory },
  play: failing('Mailbox opens', /Enter the address of a mailbox in your own organization/),
}

export const Unlicensed: Story = { parameters: { scenario: unlicensed }, play: failing('Mailbox opens', /Graph cannot open this mailbox/) }

export const ImapOff: Story = {
  parameters: { scenario: imapOff },
  play: failing('Mailbox opens', /turn IMAP on for the mailbox in the Exchange admin center/),
}

export const SmtpOff: Story = { parameters: { scenario: smtpOff }, play: failing('May send', /Send by Microsoft Graph only/) }

export const SendAsDenied: Story = {
  parameters: { scenario: noSendAs },
  play: failing('May send', /Give .?dana@acme\.test.? the permission “Send as”/),
}

export const SignInEnded: Story = {
  parameters: { scenario: mailboxNeedsReauth },
  play: async (context) => {
    await failing('Sign-in valid', /Sign in again|Reconnect/)(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Reconnect: Sign-in valid' }))
    await expect(context.args.onFix).toHaveBeenCalledWith('grant', 'reconnect')
  },
}

/** What a paused mailbox does not do is not checked. */
export const Paused: Story = { parameters: { scenario: mailboxPaused }, play: (context) => comesTo(context, /All good|warning/) }

/** What was seen is named in words, not by its key. */
export const Details: Story = {
  play: async (context) => {
    await comesTo(context, '1 warning')
    const { canvas, userEvent } = context
    await userEvent.click(canvas.getByText('Details of May send'))
    await expect(canvas.getByText('Sends by')).toBeVisible()
  },
}

export const Narrow: Story = {
  parameters: { scenario: noFullAccess },
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: failing('Mailbox opens', /Full Access/),
}
