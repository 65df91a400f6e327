import { defineMessages } from '../../locales/message.ts'

export const scopeListMessages = defineMessages('scopeList', {
  all: 'All scopes',
  restricted: 'Restricted',
  sensitive: 'Sensitive',
  open: 'Non-sensitive',
  gmailRead: 'Read Gmail messages',
  gmailSend: 'Send mail as this address',
  calendar: 'See and edit calendars',
  pubsub: 'Set up notifications',
  identity: 'Know which account connected',
  other: 'Permission',
})
