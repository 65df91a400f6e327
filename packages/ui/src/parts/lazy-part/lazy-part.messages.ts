import { defineMessages } from '../../locales/message.ts'

export const lazyPartMessages = defineMessages('lazyPart', {
  notLoaded: 'This part of the page could not be loaded.',
  reload: 'Reload the page',
})
