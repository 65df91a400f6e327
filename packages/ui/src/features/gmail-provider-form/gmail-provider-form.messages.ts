import { defineMessages } from '../../locales/message.ts'

export const gmailProviderFormMessages = defineMessages('gmailProviderForm', {
  title: 'Connect Gmail',
  subtitle: 'Mail that arrives in this mailbox comes into {app}.',
  mailbox: 'Gmail address',
  mailboxHelp: 'We ask Google to sign in with this address. If another account signs in, nothing is saved.',
  mailboxProblem: 'Enter an address like support@acme.com.',
  duplicate: 'This mailbox is already connected: {name}.',
  openIt: 'Open it',
  labels: 'What to import',
  labelsBefore: 'Mail in the inbox is imported. You can choose labels after you connect.',
  labelsRequired: 'Choose at least one label.',
  include: 'Mail that has these labels: {labels}',
  exclude: 'Mail that does not have these labels: {labels}',
  inbox: 'Inbox',
  lastItem: 'Last mail',
  instant: 'Instant',
  taskWatch: 'Start Gmail watch',
  notAnnounced: 'Connected, but new mail is not announced yet.',
  notLost: 'Messages are not lost: they stay in the mailbox and are imported as soon as it works again.',
})
