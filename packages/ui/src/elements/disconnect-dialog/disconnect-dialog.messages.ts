import { defineMessages } from '../../locales/message.ts'

/** Loaded with the dialog. */
export const disconnectDialogMessages = defineMessages('disconnectDialog', {
  title: 'Disconnect {name}?',
  mailText: '{app} stops reading this mailbox, tells Google to stop notifications and deletes its sign-in. Imported items stay.',
  calendarText: '{app} stops reading this calendar, tells Google to stop notifications and deletes its sign-in. Imported items stay.',
  revoke: 'Also remove {app}’s access in the Google account',
  shared: 'Other connections use this sign-in. Google would end those too.',
  keep: 'Keep connected',
  disconnect: 'Disconnect',
  running: 'Disconnecting.',
})
