import { defineMessages } from '../../locales/message.ts'

/** Of the choices that many forms never show, and of what each of them needs. */
export const mailboxChoicesMessages = defineMessages('mailboxChoices', {
  whoseApp: 'Which Microsoft app signs in',
  ownApp: '**Your organization’s own app**',
  ownAppHelp: 'Set up in the Microsoft panel. Your administrators control it.',
  hostApp: '**{app}’s app**',
  hostAppHelp: 'Nothing to register. An administrator may have to approve it once.',
  switchingApp: 'A sign-in belongs to the app that it was made with. Sign in again to finish.',
  advanced: 'Advanced',
  moreWays: 'More ways to send and receive',
  graphImap: '**Send with Microsoft Graph, receive with IMAP**',
  graphImapHelp: 'For organizations without authenticated SMTP. IMAP must be on for the mailbox.',
  graphWebhook: '**Microsoft announces new mail**',
  graphWebhookHelp:
    'Mail arrives at once. An administrator approves application permissions: the app may then read every mailbox until Exchange limits it.',
  oversize: 'Send by SMTP what is too large for Microsoft Graph',
  oversizeHelp:
    'The person who signs in needs authenticated SMTP, and is asked for one more permission. Without this, such a message is refused.',
  refuseOversize: 'Stop using SMTP for large messages',
  before: 'Before you start',
  fullAccess: 'You sign in as a person who has **Full Access** to the mailbox',
  sendAs: 'The same person has **Send As** on the mailbox',
  approved: 'An administrator of your organization has approved {app}, if only administrators may',
  hour: 'An Exchange administrator gives Full Access and Send As. They can take up to an hour to work.',
  approves: 'You sign in as an administrator, who approves the **application permissions** of the app for your organization',
  everyMailbox: 'No person needs Full Access. Until Exchange limits the app, it can read and send from every mailbox of your organization.',
})
