import { defineMessages } from '../../locales/message.ts'

export const missingSetupMessages = defineMessages('missingSetup', {
  title: '{vendor} is not set up yet',
  admin: 'An admin has to add your organization’s {vendor} app first.',
  member: 'Ask an admin to set up {vendor}.',
  open: 'Open {vendor} setup',
  linkName: 'link to the setup',
  copyLink: 'Copy link',
})
