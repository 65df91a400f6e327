import { defineMessages } from '../../locales/message.ts'

/** The dialogs before a connection is ended or forgotten. */
export const connectionEndingMessages = defineMessages('connectionEnding', {
  disconnectTitle: 'Disconnect {name}?',
  disconnectText: '{app} stops reading, tells Google to stop notifications and deletes its sign-in. Imported items stay.',
  revokeText: 'Its access is removed in the Google account too, unless another connection uses it.',
  keep: 'Keep connected',
  disconnect: 'Disconnect',
  removeTitle: 'Remove {name}?',
  removeText: '{app} forgets this connection and its settings. Imported items stay. You cannot undo this.',
  keepEntry: 'Keep it',
  remove: 'Remove',
})
