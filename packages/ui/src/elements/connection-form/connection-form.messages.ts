import { defineMessages } from '../../locales/message.ts'

export const connectionFormMessages = defineMessages('connectionForm', {
  name: 'Name',
  nameHelp: 'Only your team sees this.',
  nameProblem: 'Enter a name with 1 to 80 characters, on one line.',
  connect: 'Connect with {vendor}',
  save: 'Save changes',
  saveChoice: 'Save',
  saved: 'Saved.',
  unsaved: 'You have unsaved changes',
  cancel: 'Cancel',
  connectedAs: 'Connected as {address}.',
})
