import { defineMessages } from '../../locales/message.ts'

export const missingSetupMessages = defineMessages('missingSetup', {
  title: 'Google is not set up yet',
  admin: 'An admin has to add your organization’s Google app first.',
  member: 'Ask an admin to set up Google.',
  open: 'Open Google setup',
  linkName: 'link to the setup',
  copyLink: 'Copy link',
})
