import { defineMessages } from '../../locales/message.ts'

/** Loaded with the dialog. */
export const disconnectDialogMessages = defineMessages('disconnectDialog', {
  title: 'Disconnect {name}?',
  mailText: '{app} stops reading this mailbox, tells {vendor} to stop notifications and deletes its sign-in. Imported items stay.',
  calendarText: '{app} stops reading this calendar, tells {vendor} to stop notifications and deletes its sign-in. Imported items stay.',
  revoke: 'Also remove {app}’s access in the {vendor} account',
  shared: 'Other connections use this sign-in. {vendor} would end those too.',
  keep: 'Keep connected',
  disconnect: 'Disconnect',
  running: 'Disconnecting.',
})
