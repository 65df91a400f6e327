import { defineMessages } from '../../locales/message.ts'

export const googleAppRowMessages = defineMessages('googleAppRow', {
  gmail: 'Your organization’s Google app `{client}`',
  same: 'Same client as Gmail, `{client}`',
  separate: 'Calendar client, `{client}`',
  unnamed: 'Your organization’s Google app',
  open: 'Google setup',
})
