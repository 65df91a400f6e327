import { defineMessages } from '../../locales/message.ts'

/** The dialog before a connection is forgotten. */
export const connectionEndingMessages = defineMessages('connectionEnding', {
  title: 'Remove {name}?',
  text: '{app} forgets this connection and its settings. Imported items stay. You cannot undo this.',
  keep: 'Keep it',
  remove: 'Remove',
})
