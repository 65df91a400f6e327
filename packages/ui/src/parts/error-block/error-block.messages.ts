import { defineMessages } from '../../locales/message.ts'

export const errorBlockMessages = defineMessages('errorBlock', {
  title: 'Something went wrong',
  retry: 'Try again',
  reference: 'Reference {reference}',
  referenceName: 'reference',
})
