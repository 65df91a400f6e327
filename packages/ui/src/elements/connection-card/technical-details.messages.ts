import { defineMessages } from '../../locales/message.ts'

/** For whoever looks closer; terms that are not here show the server's own name. */
export const technicalDetailsMessages = defineMessages('technicalDetails', {
  details: 'Details',
  id: 'Connection ID',
  topic: 'Topic',
  endpoint: 'Push address',
  channel: 'Channel',
  resource: 'Resource',
  openedAt: 'Opened',
  renewAt: 'Renewal is due',
  expiresAt: 'Ends',
  failures: 'Failed attempts in a row',
  lastNotification: 'Last notification',
  lastCheck: 'Last check',
  silenceCheck: 'Silence is checked',
  none: 'None',
})
