import { defineMessages } from '../../locales/message.ts'

export const microsoftRequestIdMessages = defineMessages('microsoftRequestId', {
  shown: 'Microsoft request ID {id}',
  name: 'Microsoft request ID',
})
