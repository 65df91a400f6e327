import { defineMessages } from '../../locales/message.ts'

/** What a provider still has to be told after a connection has ended here. */
export const goodbyeMessages = defineMessages('goodbye', {
  retriedAt: '{vendor} has not confirmed yet. Trying again at {time}.',
  retriedSoon: '{vendor} has not confirmed yet. It is tried again in a moment.',
  ended: 'Disconnected here',
  unconfirmed: 'Disconnected here. {vendor} did not confirm.',
  unconfirmedHelp: 'Remove the access of {app} in the {vendor} account.',
  stopsByItself: '{vendor} could not be told to stop the notifications. They stop by themselves within 7 days.',
  permissionsPage: 'Open {vendor} account permissions',
  account: 'your {vendor} account',
})
