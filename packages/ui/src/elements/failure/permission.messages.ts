import { defineMessages } from '../../locales/message.ts'

/** What Google's scopes let us do, in words. */
export const permissionMessages = defineMessages('permission', {
  gmail: 'Read Gmail messages',
  calendar: 'See and edit calendars',
  identity: 'Know which account connected',
})
